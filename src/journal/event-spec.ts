import type { z } from 'zod';
import type { Words } from '../kernel/words.ts';

/** Moments of a lot from which an event may be shown. A lot has reached a moment when its column of that name is set. */
export type Moment = 'now' | 'applied' | 'published' | 'opened' | 'reported' | 'candidates' | 'resulted';

/** Readers of a lot. `self` = the party named in `subject.party` (or the user in `subject.actor`); `host` = tenderee, its agent and the centre's staff. */
export type Audience = 'public' | 'self' | 'host' | 'panel' | 'bidders' | 'regulator' | 'administrator';

export type Shown = Partial<Record<Audience, Moment>>;

/** What a type of event must say of itself. */
export interface EventSpec {
  readonly data: z.ZodType;
  readonly shown: Shown;
  /** told also outside the doors of a lot that is opened to its group alone: it names nobody who takes part; of some, by what it carries */
  readonly outdoors?: true | ((data: unknown) => boolean);
  readonly says: Words;
  /** its row in the journal's table is sealed (veil.ts) */
  readonly veiled?: true;
}
