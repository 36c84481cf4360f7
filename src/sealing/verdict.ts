import { type Problem, problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';

/** A check that failed, by name. `problem` is what an act throws; `reason` is what a program branches on. */
export interface Refuted<Reason extends string> {
  readonly ok: false;
  readonly reason: Reason;
  readonly problem: Problem;
}

/** What a verifier answers: the facts it established, or the one named reason it refuses. It never throws on bad input. */
export type Verdict<Facts, Reason extends string> = ({ readonly ok: true } & Facts) | Refuted<Reason>;

/** Declares the closed list of reasons of one verifier; the answer makes a refutation of one of them. */
export function reasons<const Name extends string>(
  table: Readonly<Record<Name, Words>>,
): <One extends Name>(name: One, says?: Words) => Refuted<One> {
  const makers = new Map<string, ReturnType<typeof problem>>();
  for (const [name, words] of Object.entries<Words>(table)) makers.set(name, problem(name, 'refused', words.zh, words.en));
  return (name, says) => {
    const make = makers.get(name);
    if (make === undefined) throw new TypeError(`'${name}' is not a declared reason`);
    return { ok: false, reason: name, problem: make(says === undefined ? {} : { says }) };
  };
}
