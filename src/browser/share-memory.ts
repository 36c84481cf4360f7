import type { Seen } from '../custody/follow.ts';
import type { Answered, Register } from '../custody/judge.ts';
import { emptyRegister } from '../custody/register.ts';
import { trustShape } from '../custody/trust.ts';
import { fromBase64url } from '../kernel/bytes.ts';

/** What a trustee's browser remembers, as a custodian's program does in its state file: one memory for each share of a council. */
export interface ShareMemory {
  readonly seen: Seen;
  readonly register: Register;
  readonly answered: Answered;
  /** tasks it gave a share for */
  readonly given: readonly string[];
  /** the latest moment this machine's clock has shown */
  readonly clock: string | null;
}

const fresh: ShareMemory = { seen: { size: 0, root: '' }, register: emptyRegister, answered: {}, given: [], clock: null };
const memoryKey = (council: string, trustee: number): string => `yangguang-share/${council}/${trustee}`;
const trustKey = 'yangguang-share-trust';

export function readMemory(council: string, trustee: number): ShareMemory {
  const text = localStorage.getItem(memoryKey(council, trustee));
  return text === null ? fresh : { ...fresh, ...(JSON.parse(text) as ShareMemory) };
}

/** Throws when the browser keeps nothing: a share must not leave where it would not be remembered. */
export function keepMemory(council: string, trustee: number, memory: ShareMemory): void {
  localStorage.setItem(memoryKey(council, trustee), JSON.stringify(memory));
}

export type TrustFile = ReturnType<typeof trustShape.parse>;

/** The trust file chosen now, or the one kept from before; undefined when there is none or it is unreadable. */
export function trustFrom(text: string | null): TrustFile | undefined {
  const given = text ?? localStorage.getItem(trustKey);
  if (given === null) return undefined;
  try {
    const read = trustShape.safeParse(JSON.parse(given));
    if (!read.success) return undefined;
    if (text !== null) localStorage.setItem(trustKey, text);
    return read.data;
  } catch {
    return undefined; // not JSON
  }
}

export const trustKept = (): boolean => localStorage.getItem(trustKey) !== null;

/** Whether the seen root can be read back; a damaged memory is no first day. */
export const memoryIsWhole = ({ seen }: ShareMemory): boolean => seen.size === 0 || fromBase64url(seen.root)?.length === 32;
