import type { Words } from '../kernel/words.ts';
import type { DayString } from '../kernel/working-days.ts';

/**
 * A dated text of a line's rules. A tender pins the edition in force on the day it is published and keeps it to its end:
 * a change of law never moves a running tender.
 */
export interface Edition {
  /** `<line>/<first day>`, as pinned by tenders and named in the journal */
  readonly id: string;
  readonly inForceFrom: DayString;
  /** first day on which new tenders may no longer start under it */
  readonly inForceTo: DayString | null;
  readonly title: Words;
}

export interface Editioned<E extends Edition> {
  readonly id: string;
  readonly editions: readonly E[];
}

/** The edition in force on a day. Throws RangeError when the line has none. */
export function editionInForce<E extends Edition>(line: Editioned<E>, on: DayString): E {
  const edition = line.editions.find((each) => each.inForceFrom <= on && (each.inForceTo === null || on < each.inForceTo));
  if (edition === undefined) throw new RangeError(`line '${line.id}' has no edition in force on ${on}`);
  return edition;
}

/** The edition a tender has pinned. Throws RangeError for an id the line does not know. */
export function editionById<E extends Edition>(line: Editioned<E>, id: string): E {
  const edition = line.editions.find((each) => each.id === id);
  if (edition === undefined) throw new RangeError(`line '${line.id}' has no edition '${id}'`);
  return edition;
}
