import type { Call } from '../kernel/act.ts';
import { Prequalification } from './schema.ts';

type EntityManager = Call['em'];

/** Is this lot open to those alone who were invited? */
export const isByInvitation = async (em: EntityManager, lot: string): Promise<boolean> => (await em.count(Prequalification, { lot })) > 0;
