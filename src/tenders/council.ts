import type { Call } from '../kernel/act.ts';

type EntityManager = Call['em'];

/** Finds the opening council that seals the tenders published now; null when none has been formed. */
export type CouncilFinder = (em: EntityManager) => Promise<{ readonly id: string; readonly name: string } | null>;

let finder: CouncilFinder = async () => null;

/** The opening room, which forms councils, says here which one is in use. A tender pins it when it is published. */
export function provideCouncil(find: CouncilFinder): void {
  finder = find;
}

export const councilInUse: CouncilFinder = (em) => finder(em);
