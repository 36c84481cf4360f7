import { appraiseExpert } from '../src/appraisal/appraise-expert.ts';
import { confirmFees } from '../src/appraisal/confirm-fees.ts';
import { contestExpertYear } from '../src/appraisal/contest-expert-year.ts';
import { expertDimensions } from '../src/appraisal/dimensions.ts';
import { enterConduct } from '../src/appraisal/enter-conduct.ts';
import { judgeExpertYear } from '../src/appraisal/judge-expert-year.ts';
import { openAnnualReview } from '../src/appraisal/open-annual-review.ts';
import { payFees } from '../src/appraisal/pay-fees.ts';
import { type Frame, perform } from '../src/kernel/act.ts';
import type { Actor } from '../src/kernel/actor.ts';
import { dayOf } from '../src/kernel/working-days.ts';
import { actorOf } from './actors.ts';

interface Seat {
  readonly lot: string;
  readonly member: string;
  readonly expert: string;
  readonly login: string;
}

/** What followed the evaluation of one tender of the demonstration: its host's appraisals, points of one expert, fees confirmed and paid. */
export async function seedAftermath(frame: Frame, lot: string, tell: (line: string) => void): Promise<void> {
  const [host, regulator] = [await actorOf(frame, 'tenderee'), await actorOf(frame, 'regulator')];
  const seats = await seatsOf(frame, lot);
  for (const [at, seat] of seats.entries()) await appraised(frame, host, seat, at === pointed ? 3 : 5 - (at % 2));
  await perform(frame, enterConduct, regulator, {
    lot,
    member: seats[pointed]?.member ?? '',
    code: 'left',
    ground: '评标期间未经组长同意离开评标室二十五分钟。',
    evidence: '评标室监控录像 14:05 至 14:30；评标台离席记录。',
  });
  const { at } = await perform(frame, confirmFees, host, { lot });
  await perform(frame, payFees, host, { lot, paidOn: dayOf(at), reference: '4200-0117-000352' });
  tell('评价、记分与劳务报酬 appraisals, points and fees');
}

/** which of the experts of the panel has points */
const pointed = 1;

/** An annual review under way: one verdict told, one under a recheck, the others still to be given. */
export async function seedReview(frame: Frame, tell: (line: string) => void): Promise<void> {
  const em = frame.fork();
  if ((await em.execute('select 1 from annual_review limit 1')).length > 0) return;
  const [entry] = await em.execute<{ lot: string }[]>('select lot from conduct_entry order by entered_at limit 1');
  const seats = entry ? await seatsOf(frame, entry.lot) : [];
  const [good, basic] = [seats[0], seats[pointed]];
  if (!good || !basic) return;
  const centre = await actorOf(frame, 'centre');
  await perform(frame, openAnnualReview, centre, {});
  await judged(frame, centre, good, 'good', '按时到场，评分有据，所受评价良好。');
  const contested = await judged(frame, centre, basic, 'basic', '考核期内因擅离职守记4分。');
  await perform(frame, contestExpertYear, await actorOf(frame, basic.login), {
    entry: contested,
    text: '离开评标室系突发身体不适，已口头向组长说明，请求复核。',
  });
  tell('专家年度考核 annual review of experts, one verdict under a recheck');
}

const seatsOf = (frame: Frame, lot: string): Promise<Seat[]> =>
  frame.fork().execute<Seat[]>(
    `select m.lot, m.id as member, m.expert, u.login from panel_member m join membership s on s.expert = m.expert
     join platform_user u on u.id = s."user" where m.left_at is null and m.lot = ? order by m.seat`,
    [lot],
  );

async function appraised(frame: Frame, by: Actor, { lot, member }: Seat, mark: number): Promise<void> {
  const scores = Object.fromEntries(expertDimensions.map(({ id }) => [id, mark])) as Record<
    (typeof expertDimensions)[number]['id'],
    number
  >;
  await perform(frame, appraiseExpert, by, { lot, member, scores, comment: mark < 4 ? '评审期间有离席。' : '评审认真，独立客观。' });
}

async function judged(frame: Frame, by: Actor, { expert }: Seat, verdict: 'good' | 'basic', reason: string): Promise<string> {
  const [row] = await frame.fork().execute<{ id: string }[]>('select id from expert_year where expert = ?', [expert]);
  if (!row) throw new Error('the expert is in no annual review');
  await perform(frame, judgeExpertYear, by, { entry: row.id, verdict, reason });
  return row.id;
}
