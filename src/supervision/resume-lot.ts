import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { idField } from '../kernel/ids.ts';
import { SuspensionOrder } from '../openings/schema.ts';
import { orderInForce } from '../openings/suspension.ts';
import type { ParameterKey } from '../rulebook/parameters.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { type Counted, countedIn, endAfterPause, type Pause, type PausedPeriod } from '../tenders/pause.ts';
import { allow, phaseOf } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { liftOrder } from './ordering.ts';
import { notSuspendedNow, resumeFields } from './resume-opening.ts';

/**
 * The order is lifted, signed, and the lot goes on in the phase that was interrupted. Every period that was running gets its time back (tenders/pause.ts) in the same
 * transaction: there is no moment in which a deadline that was not yet due has passed.
 */
export const resumeLot = act({
  name: 'resume-lot',
  by: ['regulator'],
  says: { zh: '解除暂停，恢复招标投标活动', en: 'Lift the order; the proceedings go on' },
  takes: resumeFields.extend({ lot: idField }),
  async run(call, { lot: id, ...signed }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    allow('resume-lot', lot.phase);
    const order = await orderInForce(call, lot.id);
    if (!order || !lot.suspendedFrom) throw notSuspendedNow();
    const { authorityName, told: lifted } = await liftOrder(call, order, signed);
    const { reason } = signed;
    const { suspendedAt } = order;
    const [phase, previousDeadline] = [phaseOf(lot.suspendedFrom), lot.deadline];
    const periods = await giveBack(call, lot, { from: suspendedAt, until: call.now });
    // counted while this order does not say yet that it gave the deadline back: how often the deadline was reckoned again, this time included
    const number = 1 + (await call.em.count(SuspensionOrder, { lot: lot.id, liftedAt: { $ne: null }, deadlineGivenBack: true }));
    const moved = periods.some(({ period }) => period === 'deadline');
    order.deadlineGivenBack = moved;
    Object.assign(lot, { phase, suspendedFrom: null });
    const resumed = fact('lot.resumed', { lot: lot.id }, { order: order.id, reason, authorityName, phase, suspendedAt, periods });
    const { deadline } = lot;
    if (!moved || !deadline || !previousDeadline) return { result: { order: order.id, periods }, facts: [lifted, resumed] };
    const change = fact('deadline.resumed', { lot: lot.id }, { deadline, previousDeadline, number, order: order.id, suspendedAt });
    return { result: { order: order.id, periods }, facts: [lifted, change, resumed] };
  },
});

/** Moves the ends of what was running, and answers each with its end before and now. */
async function giveBack(call: Call, lot: Lot, pause: Pause) {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const edition = editionOf(lot, project, call.now);
  const ground = groundOf(lot, call.now);
  const unitOf = (key: ParameterKey | undefined): Counted => (key === undefined ? 'day' : countedIn(key, ground));
  const running: readonly { readonly period: PausedPeriod; readonly end: Instant | null | undefined; readonly counted: Counted }[] = [
    { period: 'documents', end: lot.documentsUntil, counted: 'day' },
    { period: 'deadline', end: lot.deadline, counted: 'day' },
    { period: 'publicity', end: lot.publicityUntil, counted: unitOf(edition.result?.noticePeriod) },
    { period: 'contract', end: lot.contractUntil, counted: unitOf(edition.limits.signContract.key) },
  ];
  const periods = running.flatMap(({ period, end, counted }) =>
    end && end > pause.from ? [{ period, counted, was: end, until: endAfterPause(end, pause, counted) }] : [],
  );
  const until = (which: PausedPeriod) => periods.find(({ period }) => period === which)?.until;
  lot.documentsUntil = until('documents') ?? lot.documentsUntil ?? null;
  lot.deadline = until('deadline') ?? lot.deadline ?? null;
  lot.publicityUntil = until('publicity') ?? lot.publicityUntil ?? null;
  lot.contractUntil = until('contract') ?? lot.contractUntil ?? null;
  return periods;
}
