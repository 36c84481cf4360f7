import type { AnyEndpoint, Visit } from '../kernel/endpoint.ts';
import { behindClosedDoors } from '../tenders/problems.ts';
import { isWithin } from '../tenders/reads.ts';

/**
 * What is asked of a lot that is opened to its group alone is refused to everybody else until the result, whatever it is, unless its endpoint says that
 * it shows nothing of it: so that a page nobody thought of tells nothing either.
 */
export async function keepDoors(endpoint: AnyEndpoint, { em, by }: Visit, params: unknown): Promise<void> {
  const { lot } = params as { readonly lot?: unknown };
  if (endpoint.outdoors || !endpoint.path.startsWith('/lots/:lot') || typeof lot !== 'string') return;
  if (!(await isWithin(em, by, lot))) throw behindClosedDoors();
}
