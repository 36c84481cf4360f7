import { holderOfSignature, sheetSubmission } from '../evaluation/member-sheet.ts';
import {
  inOrder,
  type ListedSheet,
  type Round,
  revealedInTurn,
  sheetsDue,
  type Told,
  wronglyReplaced,
} from '../evaluation/sheet-rounds.ts';
import { canonical, canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import type { TaskEvidence } from '../openings/tasks.ts';
import { checkLabelProof } from '../sealing/envelope.ts';
import type { Part } from '../sealing/shapes.ts';
import { sheetContext, sheetPoints } from '../sealing/sheet-opening.ts';
import { verifyDetached } from '../sealing/signature.ts';
import type { Placed, Trust } from './judge.ts';
import type { BlindNotice } from './pseudonyms.ts';
import { Refusal } from './refusal.ts';

/**
 * Score sheets are opened together and not before: the notice has them sealed, the evaluation of this envelope has begun, nobody has left the panel since
 * it was formed, every seat's sheet is in, and exactly the newest of those not opened before are asked. Nobody lost a seat but by the rule of the notice.
 */
export function checkSheets(
  events: readonly Placed[],
  { lot, sheets }: TaskEvidence,
  trust: Trust,
  notice: BlindNotice & { readonly sheets?: { readonly hours: number }; readonly parts?: readonly string[] },
): readonly string[] {
  if (!sheets) throw new Refusal('no-list', lot);
  const { part, round, items } = sheets;
  if (!notice.sheets) throw new Refusal('sheets-not-sealed', part);
  if (!(notice.parts ?? ['whole']).includes(part)) throw new Refusal('part-unknown', part);
  const told = events.map(({ index, event }): Told => ({ index, type: event.type, at: event.at, data: event.data }));
  laidOpenInTurn(told, part, notice);
  const rounds = told.filter(({ type, data }) => type === 'sheets.complete' && (data as Round).part === part);
  const asked = rounds[round - 1];
  if (!asked || rounds.some(({ data }, at) => (data as Round).round !== at + 1)) throw new Refusal('sheets-round', `${part} ${round}`);
  const due = sheetsDue(told, part, asked.index);
  if (!due.ok) throw new Refusal(due.reason === 'sheet-missing' ? 'sheet-missing' : 'sheets-too-early', `${due.reason} ${due.about}`);
  const wronged = wronglyReplaced(told, part, notice.sheets.hours, asked.index);
  if (wronged !== null) throw new Refusal('member-replaced-without-rule', wronged);
  const list = inOrder(items).map(({ wrappedKey: _, ...item }) => item);
  if (canonical(due.list) !== canonical((asked.data as Round).list) || canonical(due.list) !== canonical(list))
    throw new Refusal('sheets-list-differs', `${due.list.length} due, ${items.length} asked`);
  for (const item of items) {
    const verdict = checkLabelProof(item, trust.council.id, sheetContext({ lot, part: part as Part }, item));
    if (!verdict.ok) throw new Refusal('label', `${item.member} ${verdict.reason}`);
  }
  return sheetPoints(items);
}

/** Pseudonyms are laid open where the notice has them, once, and no sooner than every blind sheet is open: else what was sealed as blind may not have been. */
function laidOpenInTurn(told: readonly Told[], part: string, { blind }: BlindNotice): void {
  const revealed = told.some(({ type, data }) => type === 'pseudonyms.revealed' && (data as { part: string }).part === part);
  if (revealed && blind?.part !== part) throw new Refusal('blind-not-announced', part);
  if (!revealedInTurn(told, part)) throw new Refusal('pseudonyms-too-early', part);
}

/**
 * Whether every sheet that is asked was handed in by the holder of its seat: signed by a certificate of whoever confirmed its identity for that seat. A
 * platform that invented the missing sheet could have the others opened to it.
 */
export async function checkSheetSigners({ kind, lot, sheets, events }: TaskEvidence): Promise<void> {
  if (kind !== 'sheets') return;
  const told = events.map(({ event }) => event);
  for (const { member, version } of sheets?.items ?? []) {
    const handedIn = told.find(
      ({ type, data }) => type === 'sheet.sealed' && (data as ListedSheet).member === member && (data as ListedSheet).version === version,
    );
    const confirmed = told.find(({ type, data }) => type === 'identity.confirmed' && (data as ListedSheet).member === member);
    const { statement, signature, ...listed } = (handedIn?.data ?? {}) as ListedSheet & {
      part: string;
      statement: { at: string };
      signature: string;
    };
    const expected = statement && sheetSubmission({ ...listed, lot, at: statement.at });
    const der = fromBase64(signature ?? '');
    const verdict = der && expected && (await verifyDetached(der, canonicalBytes(expected), 'any-certificate'));
    const holder = holderOfSignature((confirmed?.data as { signature?: string } | undefined)?.signature ?? '');
    if (!verdict?.ok || holder === undefined || canonical(statement) !== canonical(expected) || holderOfSignature(signature) !== holder)
      throw new Refusal('sheet-signer', member);
  }
}
