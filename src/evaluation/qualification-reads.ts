import type { EntityManager } from '@mikro-orm/postgresql';
import type { Bid } from '../bids/bid.ts';
import { lotHeadOf } from '../experts/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { OpeningItem } from '../openings/schema.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import type { QualificationAnswer } from './answers.ts';
import { Qualification } from './schema.ts';

/** The bids of a lot that the host found not qualified, with its reasons; none where the panel looks at the qualification. */
export async function disqualified(em: EntityManager, lot: string): Promise<ReadonlyMap<string, string>> {
  const rows = await em.find(Qualification, { lot, pass: false });
  return new Map(rows.map(({ submission, reason }) => [submission, reason ?? '']));
}

/** Why a bidder that is not qualified is out. */
export const notQualified = (reason: string): Words => ({ zh: `资格审查不合格：${reason}`, en: `not qualified: ${reason}` });

/** Has the host looked at the qualification? */
export const qualificationChecked = async (em: EntityManager, lot: string): Promise<boolean> =>
  (await em.count(Qualification, { lot })) > 0;

/** The page of the qualification: what was found, public once it is; to the host before, what it is to look at. */
export async function qualificationPage(em: EntityManager, by: Actor, id: string): Promise<QualificationAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.recordClosedAt || termsOf(lot).qualifiedBy !== 'host') throw notFound();
  const terms = termsOf(lot);
  const rows = await em.find(Qualification, { lot: id });
  const mayCheck = hosts(by, project) && allows('check-qualification', lot.phase);
  const items = await em.find(
    OpeningItem,
    { lot: id, part: currentPart(lot), state: 'opened' },
    { orderBy: { readOrder: 'asc', id: 'asc' } },
  );
  return {
    lot: lotHeadOf(lot),
    conditions: [...terms.qualification],
    least: terms.minimumBids,
    checkedAt: rows[0]?.checkedAt ?? null,
    bids: items.map((item) => {
      const { submission, bidder, bidderName: name } = item;
      const row = rows.find((each) => each.submission === submission);
      const files = mayCheck ? papersOf(item, terms).map(({ name: file, size, sha256 }) => ({ name: file, bytes: size, sha256 })) : [];
      return { submission, bidder, name, pass: row?.pass ?? null, reason: row?.reason ?? null, files };
    }),
    mayCheck,
  };
}

/** A qualification paper of a bid, for the host that looks at it; for anyone else there is no such file. */
export async function qualificationFile(em: EntityManager, by: Actor, id: string, submission: string, index: number) {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.recordClosedAt || !hosts(by, project) || termsOf(lot).qualifiedBy !== 'host') throw notFound();
  const item = await em.findOne(OpeningItem, { lot: id, part: currentPart(lot), state: 'opened', submission });
  const file = item && papersOf(item, termsOf(lot))[index];
  if (!item?.packageKey || !file) throw notFound();
  return { ...file, packageKey: item.packageKey, submission, blind: false };
}

/** The files of a bid that belong to its qualification. */
function papersOf(item: OpeningItem, { bidForm }: LotTerms) {
  const own = new Set(bidForm.filter(({ part }) => part === 'qualification').map(({ key }) => key));
  return ((item.bid as Bid | null)?.files ?? [])
    .filter(({ field }) => own.has(field))
    .map(({ field, name, bytes: size, sha256 }) => ({ field, name, size, sha256 }));
}
