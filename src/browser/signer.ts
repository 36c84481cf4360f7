import { Problem } from '../kernel/problem.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { signerFromKeyFile } from '../sealing/key-file.ts';
import type { Signer } from '../sealing/signer.ts';
import { tellIn } from './desk-parts.ts';
import { keptKeys, keptSigner } from './kept-keys.ts';
import { ask } from './platform.ts';

/** The working side of `signerPart` (views/parts/signer.ts). */
export interface SignerChoice {
  /** The chosen key as a signer, or null after having said beside the field what is missing. The key stays in this browser. */
  signer(): Promise<Signer | null>;
}

/** Makes a page's key choice work: offers what this browser keeps and reads key files. */
export async function signerChoice(part: HTMLElement): Promise<SignerChoice> {
  const find = <E extends HTMLElement>(what: string): E => {
    const found = part.querySelector<E>(what);
    if (found === null) throw new Error(`the key choice has no ${what}`);
    return found;
  };
  const kept = find<HTMLElement>('[data-signer-kept]');
  const choice = find<HTMLSelectElement>('[data-signer-key]');
  const fromFile = find<HTMLElement>('[data-signer-file]');
  const wrong = find<HTMLElement>('[data-signer-wrong]');
  const radios = [...part.querySelectorAll<HTMLInputElement>('input[name="signer-from"]')];
  const from = (): string => radios.find((radio) => radio.checked)?.value ?? 'file';
  const show = (): void => {
    fromFile.hidden = from() !== 'file';
    choice.hidden = from() !== 'kept';
  };
  const say = (text: string): null => {
    tellIn(wrong, text);
    return null;
  };

  const standing = (await keptKeys(part.dataset.holder ?? '')).filter((key) => key.notAfter > (part.dataset.now ?? ''));
  for (const key of standing)
    choice.add(new Option(`${key.name} · ${key.fingerprint.slice(0, 12)}… · ${key.notAfter.slice(0, 10)}`, key.fingerprint));
  kept.hidden = standing.length === 0;
  for (const radio of radios) {
    radio.checked = radio.value === (standing.length > 0 ? 'kept' : 'file');
    radio.addEventListener('change', show);
  }
  show();

  async function chosen(): Promise<Signer | null> {
    if (from() === 'kept') return (await keptSigner(choice.value)) ?? null;
    const file = find<HTMLInputElement>('#signer-file').files?.[0];
    if (file === undefined) return say(part.dataset.noFile ?? '');
    const read = await signerFromKeyFile(new Uint8Array(await file.arrayBuffer()), find<HTMLInputElement>('#signer-passphrase').value);
    if (!read.ok) return say(read.problem.title[part.dataset.lang === 'en' ? 'en' : 'zh']);
    return read.signer;
  }

  return {
    async signer() {
      say('');
      const signer = await chosen().catch((error: unknown) => {
        if (error instanceof Problem) return say(error.title[part.dataset.lang === 'en' ? 'en' : 'zh']);
        throw error;
      });
      if (signer === null) return null;
      const wanted = part.dataset.holder ?? '';
      const fits =
        wanted === ''
          ? signer.certificate.code !== undefined
          : holderIn(signer.certificate) === wanted || (await isRegistered(signer.certificate, wanted));
      if (!fits) return say(part.dataset.wrongHolder ?? '');
      const now = part.dataset.now ?? '';
      if (now < signer.certificate.notBefore || now > signer.certificate.notAfter) return say(part.dataset.expired ?? '');
      return signer;
    },
  };
}

/** Whose certificate it is: the organisation's code, or the user's id. */
export const holderIn = ({ code, subject }: Certificate): string | undefined => code ?? subject.serialNumber;

/** An outside authority may write the code where only the platform's register knows to look: what is registered to the wanted holder is its own. */
async function isRegistered({ fingerprint }: Certificate, wanted: string): Promise<boolean> {
  const own = await ask<Registered>('/certificates').catch(() => null);
  return own?.holder.id === wanted && own.certificates.some((each) => each.fingerprint === fingerprint);
}
interface Registered {
  readonly holder: { readonly id: string };
  readonly certificates: readonly { readonly fingerprint: string }[];
}
