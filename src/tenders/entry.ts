import type { Instant } from '../kernel/clock.ts';
import { problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import { type FieldRule, fieldRule, figureRule } from '../rulebook/figure-rule.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { type Dated, period, type UniformKeyOf } from '../rulebook/parameters.ts';
import { earliest, lastsAtLeast } from './timetable.ts';

/**
 * Who may bid, where not everybody may (邀请招标): suppliers apply after a notice of prequalification, the host judges who qualifies, and the council draws
 * from them whom it invites. A line whose procedure has this has its phases too.
 */
export interface EntryPlan {
  /** when the law allows to invite; the notice names one and says why it holds */
  readonly grounds: readonly EntryGround[];
  /** asked of the notice of prequalification */
  readonly notice: readonly FieldRule<PrequalificationFacts>[];
  /** asked when suppliers are drawn */
  readonly draw: readonly FieldRule<InvitationFacts>[];
}

export interface EntryGround {
  readonly id: string;
  readonly title: Words;
  readonly source: Words;
}

/** What a notice of prequalification is judged by. */
export interface PrequalificationFacts extends Dated {
  readonly now: Instant;
  /** until when applications are taken */
  readonly until: Instant;
  /** how many of the qualified are invited */
  readonly invited: number;
}

/** What a draw of suppliers is judged by. */
export interface InvitationFacts extends Dated {
  readonly qualified: number;
  readonly invited: number;
  /** how many of the host's staff watch */
  readonly witnesses: number;
}

export const applicationsTooShort = problem(
  'applications-too-short',
  'refused',
  '资格预审申请时间太短。',
  'The time for applications is too short.',
);
export const tooFewInvited = problem('too-few-invited', 'refused', '邀请的家数不足。', 'Too few are to be invited.');
export const tooFewWitnesses = problem('too-few-witnesses', 'refused', '在场监督的人员不足。', 'Too few people watch the draw.');
export const tooFewToDrawFrom = problem(
  'too-few-to-draw-from',
  'refused',
  '资格预审合格的供应商不足拟邀请的家数。',
  'Fewer qualify than are to be invited.',
);

const onNotice = { acts: ['publish-prequalification'] } as const;
const onDraw = { acts: ['draw-invitations'] } as const;

/** From the notice to the end of applications, e.g. ≥ 5 working days. */
export const applicationsAtLeast = (id: string, key: UniformKeyOf<'workday'>): FieldRule<PrequalificationFacts> =>
  figureRule<PrequalificationFacts, UniformKeyOf<'workday'>>({
    ...onNotice,
    id,
    key,
    field: 'until',
    problem: applicationsTooShort,
    refuses(facts) {
      const span = period(key, facts);
      if (lastsAtLeast(facts.now, facts.until, span)) return false;
      const [today, first] = [dayOf(facts.now), earliest(facts.now, span)];
      return { zh: `${today}发布，申请截止时间最早为${first}`, en: `Published on ${today}, applications end on ${first} at the earliest.` };
    },
  });

/** How many are invited, e.g. ≥ 3. */
export const invitedAtLeast = (id: string, key: UniformKeyOf<'count'>): FieldRule<PrequalificationFacts> =>
  figureRule<PrequalificationFacts, UniformKeyOf<'count'>>({
    ...onNotice,
    id,
    key,
    field: 'invited',
    problem: tooFewInvited,
    refuses: ({ invited }, least) => invited < least,
  });

/** Who stands by when the council is asked, e.g. ≥ 2 of the buyer's staff. */
export const witnessesAtLeast = (id: string, key: UniformKeyOf<'count'>): FieldRule<InvitationFacts> =>
  figureRule<InvitationFacts, UniformKeyOf<'count'>>({
    ...onDraw,
    id,
    key,
    field: 'witnesses',
    problem: tooFewWitnesses,
    refuses: ({ witnesses }, least) => witnesses < least,
  });

/** Nobody draws four from three. */
export const enoughToDrawFrom = (id: string): FieldRule<InvitationFacts> =>
  fieldRule<InvitationFacts>({
    ...onDraw,
    id,
    certainty: 'D',
    source: cite(platformRule),
    says: {
      zh: '抽取以前，资格预审合格的供应商不得少于公告载明的邀请家数',
      en: 'at least as many suppliers qualify as the notice says will be invited',
    },
    problem: tooFewToDrawFrom,
    field: 'invited',
    refuses: ({ qualified, invited }) => qualified < invited && { field: 'invited' },
  });
