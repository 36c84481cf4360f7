import type { Words } from '../kernel/words.ts';
import type { LineEdition } from '../tenders/line.ts';

/** What a paper states besides its events: how this node is called and found, the edition its lot is bound to, and where the journal stood. */
export interface Names {
  readonly platform: Words;
  readonly sandbox: boolean;
  /** name of the journal (C2SP origin) */
  readonly origin: string;
  /** where people reach this node, without a slash at the end */
  readonly address: string;
  readonly edition: LineEdition;
  /** the first checkpoint that covers the source: every later look finds the same one */
  readonly checkpoint: { readonly size: number; readonly root: string };
  /** H(salt, event) of the source as it stands in the tree, base64url */
  readonly commitment: string;
}

export const platformName: Words = { zh: '阳光公共资源交易平台', en: 'Yangguang public resource trading platform' };

let known: string | null = null;

/** Tells this process under which address its node is found; main does it. A node keeps one address, because papers name it. */
export function usePaperAddress(address: string): void {
  known = address.replace(/\/+$/, '');
}

/** The address papers name: as told, else the host in the journal's name. */
export const paperAddress = (origin: string): string => known ?? `https://${origin.split('/')[0]}`;
