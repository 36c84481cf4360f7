import { stageWords } from '../challenges/objection.ts';
import type { EventType } from '../journal/event.ts';
import { type Instant, later, millisecondsBetween } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { parseDay } from '../kernel/working-days.ts';
import type { DrawPurpose } from '../openings/draw-purpose.ts';
import type { RuledLimit } from '../rulebook/figure-rule.ts';
import { saidOf } from '../tenders/timeline.ts';
import { type Evaluation, evaluationOf } from './compose-evaluation.ts';
import { ceilingOf, commonOf, deadlineOf, lawOf, partyOf, sourceOf, supervisorOf, termsOf } from './compose-facts.ts';
import { completedDraws } from './draw-facts.ts';
import type { History, Told } from './history.ts';
import type { Names } from './names.ts';
import { failureKind, failures } from './outcome-words.ts';
import { type KeptPeriod, leastPeriod, limitKept } from './periods.ts';
import type { SupervisorReport } from './supervisor-report.ts';

/** What the report tells of the course of a tender; single answers, shares and sessions stay in the journal. */
const milestones = new Set<EventType>([
  'project.registered',
  'notice.published',
  'question.answered',
  'addendum.published',
  'objection.raised',
  'objection.answered',
  'deadline.reached',
  'opening.started',
  'opening.combined',
  'record.closed',
  'draw.completed',
  'panel.formed',
  'evaluation.started',
  'evaluation.concluded',
  'evaluation.reported',
  'candidates.published',
  'award.determined',
  'award.notified',
  'contract.registered',
  'tender.failed',
  'report.filed',
]);

/** 招标投标情况书面报告: of a tender that was awarded, or that came to nothing. */
export function composeSupervisorReport(history: History, names: Names): SupervisorReport {
  const { data } = sourceOf<'report.filed'>(history);
  const project = history.must('project.registered').data;
  const terms = termsOf(history);
  const evaluation = history.last('evaluation.concluded') ? evaluationOf(history) : null;
  const award = history.last('award.determined');
  const { agent } = history.must('notice.published').data;
  return {
    ...commonOf(history, names, 'supervisor-report'),
    facts: data.sha256,
    supervisor: supervisorOf(history),
    approval: { number: project.approvalNumber, by: project.approvedBy },
    scope: terms.scope,
    way: { zh: '公开招标', en: 'open tender' },
    form: agent === null ? { zh: '自行招标', en: 'by the tenderee itself' } : { zh: '委托招标', en: 'through an agent' },
    media: [{ zh: `${names.platform.zh}（${names.address}）`, en: names.platform.en }],
    ceiling: ceilingOf(history),
    bids: bidCounts(history, evaluation),
    panel: evaluation && panelOf(history, evaluation),
    candidates: (history.last('candidates.published')?.data.candidates ?? []).map(({ rank, name, bidder, price, total }) => ({
      rank,
      bidder: { name, code: bidder },
      price,
      total,
    })),
    publicity: publicityOf(history),
    award: award
      ? {
          winner: partyOf(history, award.data.bidder),
          price: award.data.price,
          determinedAt: award.at,
          dueBy: reportDue(names, history, award.at as Instant),
        }
      : null,
    failure: failureOf(history),
    periods: [...periodsOf(history, names)],
    timeline: history.told
      .filter(({ type }) => milestones.has(type))
      .map((told) => ({ at: told.at, event: wordsOf(history, told), index: told.index })),
    challenges: challengesOf(history),
    attachments: documentsOf(history),
  };
}

/** A line without a written report has no such paper. */
function reportDue({ edition }: Names, history: History, from: Instant): Instant {
  if (!edition.limits.fileReport) throw new Error(`${edition.id} asks for no report`);
  return edition.limits.fileReport.by(lawOf(history)).due(from).due;
}

/** What happened; of a draw also what was drawn. */
function wordsOf(history: History, { type, id }: Told): Words {
  const said = saidOf(type);
  const isDraw = (purpose: DrawPurpose): boolean =>
    type === 'draw.completed' && completedDraws(history, purpose).some(({ completed }) => completed.id === id);
  if (isDraw('experts')) return { zh: `${said.zh}：评标专家`, en: `${said.en}: experts` };
  if (isDraw('blind')) return { zh: `${said.zh}：暗标编号`, en: `${said.en}: pseudonyms` };
  if (isDraw('reading')) return { zh: `${said.zh}：唱标顺序`, en: `${said.en}: order of reading` };
  return isDraw('parameters') ? { zh: `${said.zh}：开标参数`, en: `${said.en}: parameters of the session` } : said;
}

function bidCounts(history: History, evaluation: Evaluation | null): SupervisorReport['bids'] {
  const counted = history.all('opening.started')[0]?.data.list.length ?? history.last('tender.failed')?.data.counted ?? 0;
  const rejected = evaluation?.working.rejected.length ?? 0;
  return {
    submitted: counted,
    opened: new Set(history.all('bid.opened').map(({ data }) => data.submission)).size,
    conforming: evaluation ? evaluation.bundle.bids.length - rejected : 0,
    rejected,
  };
}

function panelOf(history: History, { sha256 }: Evaluation): NonNullable<SupervisorReport['panel']> {
  const { seats } = history.must('panel.formed').data;
  return {
    size: seats.length,
    experts: seats.filter((seat) => seat.kind === 'expert').length,
    drawDigest: completedDraws(history, 'experts').at(-1)?.requested.data.digest ?? '—',
    method: termsOf(history).methodOffer.title,
    bundle: sha256,
  };
}

function publicityOf(history: History): SupervisorReport['publicity'] {
  const published = history.last('candidates.published');
  if (!published) return null;
  const objections = history.all('objection.raised').filter(({ data }) => data.stage === 'candidates').length;
  return { from: published.data.from, until: published.data.until, objections };
}

function failureOf(history: History): SupervisorReport['failure'] {
  const failed = history.last('tender.failed');
  if (!failed) return null;
  const { explanation, basis } = failures[failureKind(failed.data.reason)];
  return { reason: explanation, basis, at: failed.at };
}

/** Every period of the law that this tender has passed: what was asked, what was kept. */
function periodsOf(history: History, { edition }: Names): readonly KeptPeriod[] {
  const ground = lawOf(history);
  const notice = history.must('notice.published').data;
  const { parameters, limits } = edition;
  const [reported, candidates, award, notified, contract] = [
    history.last('evaluation.reported'),
    history.last('candidates.published'),
    history.last('award.determined'),
    history.last('award.notified'),
    history.last('contract.registered'),
  ];
  const signedOn = contract && parseDay(contract.data.signedOn);
  const items: (KeptPeriod | null)[] = [
    leastPeriod(
      { zh: '招标文件发售期', en: 'documents offered' },
      parameters.documentsWindowMin,
      ground,
      notice.documentsFrom,
      notice.documentsUntil,
    ),
    leastPeriod(
      { zh: '招标文件发出至投标截止', en: 'issue to deadline' },
      parameters.bidPeriodMin,
      ground,
      notice.documentsFrom,
      deadlineOf(history),
    ),
    ...answersOf(history, limits.answerObjection.by(ground)),
    reported && candidates && limits.publishCandidates
      ? limitKept(
          { zh: '评标报告至候选人公示', en: 'report to publicity' },
          limits.publishCandidates.by(ground),
          reported.at,
          candidates.at,
        )
      : null,
    candidates && parameters.publicityMin
      ? leastPeriod(
          { zh: '中标候选人公示', en: 'publicity' },
          parameters.publicityMin,
          ground,
          candidates.data.from,
          lastMoment(candidates.data.until),
        )
      : null,
    notified && contract && signedOn
      ? limitKept({ zh: '中标通知书至签订合同', en: 'letter to contract' }, limits.signContract.by(ground), notified.at, signedOn)
      : null,
    award && limits.fileReport
      ? limitKept({ zh: '定标至书面报告', en: 'award to report' }, limits.fileReport.by(ground), award.at, sourceOf(history).at)
      : null,
  ];
  return items.filter((each) => each !== null);
}

/** A period ends at 24:00: its last moment lies on its last day. */
const lastMoment = (until: string): string => later(until as Instant, -1);

/** The answer that took longest, should there have been objections outside the session; one still missing has taken until now. */
function answersOf(history: History, limit: RuledLimit): KeptPeriod[] {
  const [longest] = history
    .all('objection.raised')
    .filter(({ data }) => data.stage !== 'opening')
    .map(({ at: from, data }) => {
      const answered = history.all('objection.answered').find((each) => each.data.objection === data.objection);
      return { from: from as Instant, to: (answered?.at ?? sourceOf(history).at) as Instant };
    })
    .sort((a, b) => millisecondsBetween(b.from, b.to) - millisecondsBetween(a.from, a.to));
  const item = { zh: '异议答复（最长）', en: 'answer to objections (longest)' };
  return longest ? [limitKept(item, limit, longest.from, longest.to)] : [];
}

/** Who objected is named once the bids are open; a tender that was never opened keeps it to itself for good. */
function challengesOf(history: History): SupervisorReport['challenges'] {
  const opened = history.last('opening.started') !== undefined;
  return history.all('objection.raised').map(({ data }) => ({
    kind: { zh: '异议', en: 'objection' },
    by: opened ? data.name : { zh: '（保密）', en: '(secret)' },
    matter: `${(stageWords as Readonly<Record<string, { zh: string }>>)[data.stage]?.zh ?? data.stage}：${data.text}`,
    outcome:
      history.all('objection.answered').find((each) => each.data.objection === data.objection)?.data.answer ??
      ({ zh: '未答复', en: 'not answered' } as const),
  }));
}

/** The tender documents as they stood in the end. */
function documentsOf(history: History): SupervisorReport['attachments'] {
  const published = history.all('document.published');
  const replaced = new Set(published.map(({ data }) => data.supersedes));
  return published
    .filter(({ data }) => !replaced.has(data.document))
    .map(({ data: { name, version, sha256, bytes } }) => ({ name, version, sha256, bytes }));
}
