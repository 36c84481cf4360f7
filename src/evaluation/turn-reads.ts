import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { OpeningItem } from '../openings/schema.ts';
import { runsFrom } from '../openings/suspension.ts';
import { holderOf } from '../parties/certify.ts';
import { isLast, partTitle } from '../tenders/envelopes.ts';
import type { DeskTurn } from './answers.ts';
import type { Standing } from './desk-reads.ts';
import { failedWords, maskWords } from './mask.ts';
import { type PartInputs, partOutcome } from './part-result.ts';
import { judgedPart } from './part-work.ts';
import { PartResult, PartSignature } from './schema.ts';
import { signUntil } from './sign-until.ts';

/** How far the envelope at hand has come, for those inside; null with the last one, whose result is the ranking. */
export async function turnOf(em: EntityManager, by: Actor, { lot, terms, work, own }: Standing): Promise<DeskTurn | null> {
  const part = judgedPart(lot);
  if (!lot.judgedPart || isLast(terms.parts, part)) return null;
  const row = await em.findOne(PartResult, { lot: lot.id, part });
  const left = work.bids.length - (work.progress.out?.size ?? 0);
  const given = await em.find(PartSignature, { lot: lot.id, part });
  const signed = own !== null && given.some((word) => word.member === own.id);
  return {
    part,
    title: partTitle(part),
    inDoubt: row === null && work.progress.out !== null && left > 0 && left < terms.minimumBids,
    result: row && (await resultIn(em, row, lot.id, terms.items)),
    reported: Boolean(row?.reportedAt),
    signed,
    refusals: given.flatMap(({ member, reason }) => {
      const seat = work.members.find((each) => each.id === member);
      return seat && reason ? [{ mask: maskWords(seat.mask), reason }] : [];
    }),
    sign:
      own && row && !row.reportedAt && !signed
        ? { sha256: row.sha256, member: own.id, holder: holderOf(by).holder, until: signUntil(await runsFrom(em, lot.id, row.concludedAt)) }
        : null,
  };
}

async function resultIn(em: EntityManager, row: PartResult, lot: string, items: Standing['terms']['items']): Promise<DeskTurn['result']> {
  const inputs = row.result as PartInputs;
  const verdict = partOutcome(inputs);
  if (!verdict.ok) throw new Error(`a stored result has no outcome: ${verdict.about}`);
  const session = await em.find(OpeningItem, { lot, part: row.part });
  const nameOf = (bid: string): string => session.find((item) => item.submission === bid)?.bidderName ?? bid;
  const { outcome, passed, failed } = verdict.value;
  return {
    sha256: row.sha256,
    outcome,
    passed: passed.map(nameOf),
    failed: failed.map(({ bid, reason }) => ({ name: nameOf(bid), reason: failedWords(reason, items) })),
    competition: inputs.competition,
  };
}
