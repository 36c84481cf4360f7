import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import type { RuledLimit, TimeLimit } from '../rulebook/figure-rule.ts';
import type { Ground } from '../rulebook/ground.ts';
import { cite, tenderingRegulation } from '../rulebook/law.ts';
import type { TimeLimits } from '../tenders/line.ts';
import { countedIn, limitAfterPauses, type Pause } from '../tenders/pause.ts';

/** What of a lot decides which clocks run. */
export interface ClockedLot {
  /** when everything about it stood still */
  readonly pauses: readonly Pause[];
  readonly publishedAt: Instant | null;
  /** what its notice pinned of figures set for its line and region */
  readonly local: Ground['local'];
  readonly deadline: Instant | null;
  readonly deadlineReachedAt: Instant | null;
  /** the time of the panel that works now, or worked last */
  readonly evaluation: { readonly from: Instant; readonly until: Instant; readonly done: Instant | null } | null;
  /** when the bids cease to bind; null before the notice */
  readonly validUntil: Instant | null;
  readonly reportedAt: Instant | null;
  readonly candidatesAt: Instant | null;
  readonly publicityUntil: Instant | null;
  readonly awardedAt: Instant | null;
  readonly notifiedAt: Instant | null;
  readonly contractedAt: Instant | null;
  readonly reportFiledAt: Instant | null;
  /** the contract: the start of the day it was signed on, and when its copy was filed */
  readonly signedAt: Instant | null;
  readonly copyFiledAt: Instant | null;
  /** milestones that were accepted: by when they are to be paid, and when they were, in full */
  readonly payments: readonly { readonly title: string; readonly from: Instant; readonly until: Instant; readonly done: Instant | null }[];
  /** a lot that failed or was ended owes nothing more of what follows an evaluation */
  readonly endedAt: Instant | null;
  readonly objections: readonly { readonly raisedAt: Instant; readonly answerUntil: Instant | null; readonly answeredAt: Instant | null }[];
}

/** One clock of a lot. A `duty` that is late is a breach; a `period` merely ends. */
export interface Clock {
  readonly kind: 'duty' | 'period';
  readonly label: Words;
  readonly from: Instant;
  /** the first moment too late, or after the period */
  readonly until: Instant;
  readonly done: Instant | null;
  readonly ground: Words;
  /** the figure in the public rulebook */
  readonly rule: string | null;
  readonly otherwise: Words | null;
}

const words = (zh: string, en: string): Words => ({ zh, en });

/** Every clock of a lot that has started, in the order in which they start. */
export function clocksOf(lot: ClockedLot, limits: TimeLimits): readonly Clock[] {
  const ground: Ground = { on: dayOf(lot.publishedAt ?? ('1970-01-01T00:00:00.000Z' as Instant)), local: lot.local };
  const duty = (
    label: Words,
    limit: TimeLimit | undefined,
    from: Instant | null,
    done: Instant | null,
    until?: Instant | null,
  ): Clock[] => {
    if (from === null || limit === undefined) return [];
    const over = lot.endedAt !== null && done === null;
    if (over) return [];
    const ruled = limit.by(ground);
    const end = until ?? limitAfterPauses(from, ruled.due(from).due, lot.pauses, countedIn(limit.key, ground));
    return [{ kind: 'duty', label, from, until: end, done, ground: why(ruled), rule: limit.key, otherwise: limit.otherwise }];
  };
  const period = (label: Words, from: Instant | null, until: Instant | null, done: Instant | null, ground: Words): Clock[] =>
    from === null || until === null || (lot.endedAt !== null && lot.endedAt < until && done === null)
      ? []
      : [{ kind: 'period', label, from, until, done, ground, rule: null, otherwise: null }];
  const validity = (): Clock[] => {
    if (lot.validUntil === null || !limits.determineAward) return [];
    const until = limits.determineAward.by(ground).before(lot.validUntil);
    return duty(words('投标有效期内定标', 'Award within bid validity'), limits.determineAward, lot.deadlineReachedAt, lot.awardedAt, until);
  };
  return [
    ...period(words('投标期间', 'Bidding'), lot.publishedAt, lot.deadline, lot.deadlineReachedAt, words('招标公告', 'the notice')),
    ...lot.objections.flatMap((each) =>
      duty(words('答复异议', 'Answer to an objection'), limits.answerObjection, each.raisedAt, each.answeredAt, each.answerUntil),
    ),
    ...evaluationClock(lot),
    ...validity(),
    ...duty(words('确定中标人', 'Determination of the winner'), limits.decideAward, lot.reportedAt, lot.awardedAt),
    ...duty(words('公告中标结果', 'Notice of the result'), limits.publishResult, lot.awardedAt, lot.notifiedAt),
    ...duty(words('公示中标候选人', 'Publication of the candidates'), limits.publishCandidates, lot.reportedAt, lot.candidatesAt),
    ...period(
      words('候选人公示期', 'Publicity'),
      lot.candidatesAt,
      lot.publicityUntil,
      lot.awardedAt,
      words('候选人公示', 'the candidates’ notice'),
    ),
    ...duty(words('订立书面合同', 'Contract'), limits.signContract, lot.notifiedAt, lot.contractedAt),
    ...duty(words('提交书面报告', 'Report to the supervisor'), limits.fileReport, lot.awardedAt, lot.reportFiledAt),
    ...duty(words('合同副本备案', 'Filing of the contract'), limits.fileContract, lot.signedAt, lot.copyFiledAt),
    ...lot.payments.map(paymentClock),
  ];
}

/** Payment is due by the contract itself, from the acceptance on. */
const paymentClock = ({ title, from, until, done }: ClockedLot['payments'][number]): Clock => ({
  kind: 'duty',
  label: words(`支付合同价款：${title}`, `Payment: ${title}`),
  from,
  until,
  done,
  ground: words('双方签署的合同', 'the contract both sides signed'),
  rule: 'contract.payment.max',
  otherwise: words('逾期付款的，应当支付逾期利息', 'late payment bears interest'),
});

/** The tenderee sets the time and more than a third of the panel extends it; its end loses nobody's work, and is seen here. */
const evaluationClock = ({ evaluation, endedAt }: ClockedLot): Clock[] =>
  evaluation === null || (endedAt !== null && evaluation.done === null)
    ? []
    : [
        {
          kind: 'duty',
          label: words('评标', 'Evaluation'),
          from: evaluation.from,
          until: evaluation.until,
          done: evaluation.done,
          ground: cite(tenderingRegulation, '48'),
          rule: 'op.evaluation.limit',
          otherwise: words('评标继续进行，已提交的评审和签署不受影响', 'the work goes on; what is given and signed stands'),
        },
      ];

const why = ({ source, says }: RuledLimit): Words => ({ zh: `${source.zh}：${says.zh}`, en: `${source.en}: ${says.en}` });

export const isOverdue = (clock: Clock, now: Instant): boolean => clock.kind === 'duty' && (clock.done ?? now) >= clock.until;

/** The running clock that ends first; null when none runs. A period that has ended runs no more, a duty runs until it is done. */
export function nextClock(clocks: readonly Clock[], now: Instant): Clock | null {
  const running = clocks.filter((clock) => clock.done === null && (clock.kind === 'duty' || now < clock.until));
  return running.reduce<Clock | null>((first, clock) => (first === null || clock.until < first.until ? clock : first), null);
}
