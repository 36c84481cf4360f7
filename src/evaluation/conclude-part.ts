import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { OpeningItem } from '../openings/schema.ts';
import { sha256 } from '../sealing/digest.ts';
import { isLast } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import type { PanelWork } from './bundle-reads.ts';
import { finishedWork } from './finished-work.ts';
import { ownSeat } from './member-reads.ts';
import { type PartInputs, partOutcome, partResultFormat } from './part-result.ts';
import { asksOf, judgedPart } from './part-work.ts';
import { competitionUnsaid, notThisPart, sheetClosed, workIncomplete } from './problems.ts';
import { PartResult } from './schema.ts';

export const partFields = z.object({
  /** asked only where fewer bids go on than the law wants for a tender */
  lacking: z.preprocess(
    (given) => (given === 'true' ? true : given === 'false' ? false : given === '' ? undefined : given),
    z.boolean().optional(),
  ),
  reason: z.string().trim().max(1000).optional(),
});

/**
 * Closes the sheets of an envelope before the last and says who goes on. Where few are left the panel decides whether competition is lacking
 * (Order 12 art. 27). The members then sign its hash, and only with their signatures may the next envelopes be opened.
 */
export const concludePart = act({
  name: 'conclude-part',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '汇总本信封评审结果', en: 'Conclude the result of an envelope' },
  takes: partFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const terms = termsOf(lot);
    const part = judgedPart(lot);
    allow('conclude-part', lot.phase);
    await ownSeat(call.em, call.by, lot.id);
    if (isLast(terms.parts, part)) throw notThisPart();
    if ((await call.em.count(PartResult, { lot: lot.id, part })) > 0) throw sheetClosed();
    const inputs = await inputsOf(call, lot, await finishedWork(call, lot));
    const { competition, outcome } = decided(inputs, command);
    const result = { ...inputs, competition };
    const hash = base64url(sha256(canonicalBytes(result)));
    call.em.create(PartResult, { lot: lot.id, part, result, sha256: hash, outcome: outcome.outcome, concludedAt: call.now });
    return {
      result: { sha256: hash, outcome: outcome.outcome, passed: outcome.passed.length },
      facts: [fact('part.concluded', { lot: lot.id }, { part, result, sha256: hash })],
    };
  },
});

function decided(inputs: PartInputs, given: { readonly lacking?: boolean | undefined; readonly reason?: string | undefined }) {
  const plain = partOutcome(inputs);
  if (plain.ok) return { competition: null, outcome: plain.value };
  if (plain.about !== 'competition') throw workIncomplete({ says: { zh: plain.about, en: plain.about } });
  if (given.lacking === undefined || !given.reason) throw competitionUnsaid();
  const competition = { lacking: given.lacking, reason: given.reason };
  const spoken = partOutcome({ ...inputs, competition });
  if (!spoken.ok) throw workIncomplete({ says: { zh: spoken.about, en: spoken.about } });
  return { competition, outcome: spoken.value };
}

async function inputsOf(call: Call, lot: Lot, { members, reviews, scores, progress }: PanelWork): Promise<PartInputs> {
  const terms = termsOf(lot);
  const part = judgedPart(lot);
  const { items, criteria } = asksOf(terms, part);
  const session = await call.em.find(OpeningItem, { lot: lot.id, part }, { orderBy: { id: 'asc' } });
  const scored = new Set(progress.scored);
  const judged = new Set(session.filter((item) => item.state === 'opened').map((item) => item.submission));
  return {
    format: partResultFormat,
    lot: lot.id,
    part,
    at: call.now,
    items: terms.method.items.filter((item) => items.has(item)),
    criteria: terms.method.criteria.filter((criterion) => criteria.has(criterion.id)),
    minimum: terms.minimumBids,
    bids: session.map((item) => ({
      id: item.submission,
      bidder: item.bidder,
      invalid: item.state === 'opened' ? null : (item.reason ?? item.state),
    })),
    reviewers: members.map((member) => member.id),
    reviews: reviews
      .filter((row) => items.has(row.item) && judged.has(row.submission))
      .map(({ member, submission, item, pass }) => ({ reviewer: member, bid: submission, item, pass })),
    sheets: scores
      .filter((row) => criteria.has(row.criterion) && scored.has(row.submission))
      .map(({ member, submission, criterion, score }) => ({ reviewer: member, bid: submission, criterion, score })),
    competition: null,
  };
}
