import type { EntityManager } from '@mikro-orm/postgresql';
import type { FixedVerdict } from '../evaluation/fixed-verdict.ts';
import { provideFixedVerdicts } from '../evaluation/fixed-verdict-reads.ts';
import type { Lot } from '../tenders/schema.ts';
import { askedBy } from './lodging.ts';
import { LotSecurity } from './schema.ts';
import { isComputed, statedReasons } from './stated-reasons.ts';

/** What the review says of each bid's security, where it was lodged with the platform: as it was stated. A guarantee that no program could check is for the panel. */
export async function verdictsOnSecurities(em: EntityManager, lot: Lot): Promise<readonly FixedVerdict[]> {
  const asked = askedBy(lot);
  if (!asked) return [];
  const rows = await em.find(LotSecurity, { lot: lot.id }, { orderBy: { bidder: 'asc' } });
  return rows.flatMap(({ submission, counts, reason }) => {
    if (!isComputed(reason)) return [];
    const { zh, en } = statedReasons[reason];
    return [{ bid: submission, item: asked.lodging.item, pass: counts, reason: { zh: `投标保证金：${zh}`, en: `Bid security: ${en}` } }];
  });
}
provideFixedVerdicts(verdictsOnSecurities);
