import type { Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';

type EntityManager = Call['em'];

export interface StoodVersion {
  readonly until: Instant;
  readonly reportedAt: Instant;
  readonly candidatesAt: Instant | null;
}

/**
 * Who a lot's people are, as later rooms know them. Until a room has said so, a lot has none: nobody is shown anything by default.
 * `bidders` must answer nobody before the opening: counting is seeing.
 */
export interface People {
  /** codes of those whose bids were opened */
  bidders(em: EntityManager, lot: string): Promise<readonly string[]>;
  /** expert record ids and user ids of the panel */
  panel(em: EntityManager, lot: string): Promise<readonly string[]>;
  /** whose seat of the panel is whose: member id → expert record id, or user id of a representative */
  seats(em: EntityManager, lot: string): Promise<ReadonlyMap<string, string>>;
  /** evaluations of the lot that were done again: until when each stood, and which of its moments it had reached */
  versions(em: EntityManager, lot: string): Promise<readonly StoodVersion[]>;
  /** has this organisation collected the tender documents? Asked only about the reader's own organisation. */
  collected(em: EntityManager, lot: string, code: string): Promise<boolean>;
  /** may this organisation make an offer here? Asked only about the reader's own; no where last offers are made by others. */
  mayOffer(em: EntityManager, lot: string, code: string): Promise<boolean>;
  /** was this organisation drawn and invited? Asked only about the reader's own organisation, of a lot to which suppliers are invited. */
  invited(em: EntityManager, lot: string, code: string): Promise<boolean>;
}

const people: People = {
  bidders: async () => [],
  panel: async () => [],
  seats: async () => new Map(),
  versions: async () => [],
  collected: async () => false,
  mayOffer: async () => true,
  invited: async () => false,
};

/** A later room says who these people are; each may be given by another room. */
export function providePeople(known: Partial<People>): void {
  Object.assign(people, known);
}

export const peopleOf: People = {
  bidders: (em, lot) => people.bidders(em, lot),
  panel: (em, lot) => people.panel(em, lot),
  seats: (em, lot) => people.seats(em, lot),
  versions: (em, lot) => people.versions(em, lot),
  collected: (em, lot, code) => people.collected(em, lot, code),
  mayOffer: (em, lot, code) => people.mayOffer(em, lot, code),
  invited: (em, lot, code) => people.invited(em, lot, code),
};
