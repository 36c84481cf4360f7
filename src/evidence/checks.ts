import type { Words } from '../kernel/words.ts';

/** One thing that was checked, in words for anybody. `why` stands beside a check that failed. */
export interface Check {
  readonly says: Words;
  readonly ok: boolean;
  readonly why?: Words;
}

/** What a verifier answers: every check up to the first that failed. `notes` are what a reader must know besides. */
export type Verification =
  | { readonly result: 'verified'; readonly checks: readonly Check[]; readonly notes: readonly Words[] }
  | { readonly result: 'refuted'; readonly checks: readonly Check[]; readonly notes: readonly Words[]; readonly why: Words }
  | { readonly result: 'unreadable'; readonly checks: readonly Check[]; readonly notes: readonly Words[]; readonly why: Words };

class Stop extends Error {
  readonly result: 'refuted' | 'unreadable';
  readonly why: Words;
  constructor(result: 'refuted' | 'unreadable', why: Words) {
    super(why.en);
    this.result = result;
    this.why = why;
  }
}

/** The list being worked through. A failed check ends it: what follows would rest on something untrue. */
export class Checklist {
  readonly checks: Check[] = [];
  readonly notes: Words[] = [];
  private readonly tell: (check: Check) => void;
  private readonly stated = new Set<string>();

  constructor(tell: (check: Check) => void = () => {}) {
    this.tell = tell;
  }

  /** States a check and its outcome; a failure stops the verification. One that passed in several steps is stated once. */
  that(says: Words, ok: boolean, why?: Words): asserts ok {
    if (ok && this.stated.has(says.en)) return;
    this.stated.add(says.en);
    const check: Check = ok || why === undefined ? { says, ok } : { says, ok, why };
    this.checks.push(check);
    this.tell(check);
    if (!ok) throw new Stop('refuted', why ?? says);
  }

  /** The input cannot be judged at all. */
  unreadable(why: Words): never {
    throw new Stop('unreadable', why);
  }

  note(says: Words): void {
    this.notes.push(says);
  }
}

/** Works through the checks that `body` states. Faults that are no verdict (a bug, a broken machine) propagate. */
export async function verification(body: (list: Checklist) => void | Promise<void>, tell?: (check: Check) => void): Promise<Verification> {
  const list = new Checklist(tell);
  const { checks, notes } = list;
  try {
    await body(list);
    return { result: 'verified', checks, notes };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { result: error.result, checks, notes, why: error.why };
  }
}
