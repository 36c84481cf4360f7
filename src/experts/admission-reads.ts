import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { ageOn, bornOn } from '../parties/person.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameter, parameterInForce } from '../rulebook/parameters.ts';
import { type MembershipState, type PoolLine, poolLine, poolLines, type Step, steps, type TitleLevel, titleLevels } from './admission.ts';
import type { ApplicationAnswer, ApplyAnswer, QueueAnswer, RecommendationsAnswer } from './admission-answers.ts';
import { type ProofKind, proofKinds } from './application.ts';
import { shippedSpecialties, specialtyName } from './classification.ts';
import { clearIdentityOf } from './identity-reads.ts';
import { ownExpert } from './record-reads.ts';
import { Expert, ExpertMembership, Proof, Specialty } from './schema.ts';
import { specialtyTree } from './specialty-reads.ts';

const levelNames: Readonly<Record<TitleLevel, Words>> = {
  junior: { zh: '初级', en: 'junior' },
  intermediate: { zh: '中级', en: 'intermediate' },
  senior: { zh: '高级（含正高级）', en: 'senior' },
};
export const proofNames: Readonly<Record<ProofKind, Words>> = {
  title: { zh: '职称证书', en: 'Certificate of title' },
  years: { zh: '从业经历证明', en: 'Proof of years in the field' },
  recommendation: { zh: '单位推荐函（盖章）', en: 'Employer’s stamped letter' },
  other: { zh: '其他', en: 'Other' },
};
export const proofChoices = proofKinds.map((value) => ({ value, label: proofNames[value] }));

const lineTitle = (id: string): Words => poolLine(id)?.title ?? { zh: id, en: id };
const mayStep = (step: Step, state: MembershipState): boolean => (steps[step].from as readonly MembershipState[]).includes(state);

/** What a line asks, as the rulebook says it today. */
export function asksOf(line: PoolLine, on: DayString): ApplicationAnswer['asks'] {
  const keys = [
    ...line.ways.flatMap(({ title, years }) => (years === null ? [title] : [title, years])),
    line.ageMax,
    ...(line.recommendation === null ? [] : [line.recommendation]),
    'op.expert.cleanRecord' as const,
    'op.expert.specialties.max' as const,
    line.pass,
    line.term,
  ];
  return keys.map((key) => {
    const row = parameterInForce(key, on);
    return { says: sentence(row), source: row.source };
  });
}

/** One application, for whoever may read it: the applicant its own, the centre and the regulator all. */
export async function applicationOf(em: EntityManager, by: Actor, id: string, now: Instant): Promise<ApplicationAnswer> {
  const row = await em.findOne(ExpertMembership, { id });
  if (!row || (by.role === 'expert' && row.expert !== by.expert)) throw notFound();
  const expert = await em.findOneOrFail(Expert, { id: row.expert });
  const on = dayOf(now);
  const line = poolLine(row.line);
  const tree = await specialtyTree(em);
  const { idNumber } = await clearIdentityOf(em, expert.id);
  const born = idNumber === null ? undefined : bornOn(idNumber);
  const proofs = await em.find(Proof, { application: row.id }, { orderBy: { attachedAt: 'asc', id: 'asc' } });
  const { qualification } = row;
  const own = by.expert === expert.id;
  return {
    id: row.id,
    expert: { id: expert.id, name: expert.name, employer: expert.employer, employerName: expert.employerName },
    line: lineTitle(row.line),
    kind: row.kind,
    state: row.state,
    over: row.state === 'admitted' && (row.until ?? '') < on,
    appliedAt: row.appliedAt,
    qualification: qualification ? { ...qualification, levelTitle: levelNames[qualification.titleLevel] } : null,
    specialties: row.specialties.map((code) => ({ code, title: specialtyName(tree, code) })),
    age: born === undefined ? null : ageOn(born, on),
    asks: line ? asksOf(line, on) : [],
    recommendation:
      row.recommendedBy && row.recommendedAt ? { by: row.recommendedBy, text: row.recommendation ?? '', at: row.recommendedAt } : null,
    needsRecommendation: line !== undefined && line.recommendation !== null,
    review: row.reviewedAt ? { reason: row.reviewReason ?? null, at: row.reviewedAt } : null,
    test: row.testedAt && line ? { score: row.testScore ?? 0, pass: parameter(line.pass, dayOf(row.testedAt)), at: row.testedAt } : null,
    term: row.from && row.until ? { from: row.from, until: row.until } : null,
    proofs: proofs.map(({ id: proof, kind, name, bytes, sha256, attachedAt }) => ({
      id: proof,
      kind: proofNames[kind as ProofKind],
      name,
      bytes,
      sha256,
      attachedAt,
    })),
    may: {
      correct: own && mayStep('correct', row.state),
      withdraw: own && mayStep('withdraw', row.state),
      review: by.role === 'centre' && mayStep('accept', row.state),
      test: by.role === 'centre' && mayStep('pass', row.state),
      admit: by.role === 'regulator' && mayStep('admit', row.state),
    },
  };
}

/** The form of an application, with what each line asks; filled with what stands when it is put right. */
export async function applyFormOf(em: EntityManager, by: Actor, now: Instant, standing: string | null): Promise<ApplyAnswer> {
  const expert = await ownExpert(em, by);
  const on = dayOf(now);
  const added = await em.find(Specialty, {}, { orderBy: { code: 'asc' } });
  const entries = [...shippedSpecialties, ...added.map(({ code, zh, en }) => ({ code, title: { zh, en } }))];
  return {
    lines: poolLines().map((line) => ({ value: line.id, label: line.title, asks: asksOf(line, on) })),
    levels: titleLevels.map((value) => ({ value, label: levelNames[value] })),
    specialties: entries
      .filter(({ code }) => code.length > 1)
      .map(({ code, title }) => ({ code, title }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
    most: parameter('op.expert.specialties.max', on),
    standing: standing === null ? null : await applicationOf(em, by, standing, now),
    title: expert.title,
  };
}

const pageSize = 30;

/** The applications of one state, oldest first, as the desk works through them. */
export async function queueOf(em: EntityManager, query: { readonly state: MembershipState; readonly page: number }): Promise<QueueAnswer> {
  const counts = await em.execute<{ state: MembershipState; count: number }[]>(
    `select state, count(*)::int as count from expert_membership where kind <> 'transfer' group by state`,
  );
  const where = { state: query.state, kind: { $ne: 'transfer' } };
  const rows = await em.find(ExpertMembership, where, {
    orderBy: { appliedAt: 'asc', id: 'asc' },
    limit: pageSize,
    offset: (query.page - 1) * pageSize,
  });
  const experts = new Map((await em.find(Expert, { id: { $in: rows.map((row) => row.expert) } })).map((expert) => [expert.id, expert]));
  const total = counts.find(({ state }) => state === query.state)?.count ?? 0;
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: experts.get(row.expert)?.name ?? '',
      employer: experts.get(row.expert)?.employerName ?? '',
      line: lineTitle(row.line),
      kind: row.kind,
      state: row.state,
      appliedAt: row.appliedAt,
    })),
    counts,
    state: query.state,
    page: query.page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
    total,
  };
}

/** Applications of people who work at the asker's organisation, that may still be recommended. */
export async function recommendationsOf(em: EntityManager, by: Actor): Promise<RecommendationsAnswer> {
  if (by.code === null) return { rows: [] };
  const staff = await em.find(Expert, { employer: by.code }, { fields: ['id', 'name'] });
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const rows = await em.find(
    ExpertMembership,
    { expert: { $in: [...names.keys()] }, state: { $in: [...steps.recommend.from] } },
    { orderBy: { appliedAt: 'asc' } },
  );
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: names.get(row.expert) ?? '',
      line: lineTitle(row.line),
      title: row.qualification?.title ?? '',
      field: row.qualification?.field ?? '',
      years: row.qualification?.years ?? 0,
      appliedAt: row.appliedAt,
      recommendedAt: row.recommendedAt ?? null,
    })),
  };
}
