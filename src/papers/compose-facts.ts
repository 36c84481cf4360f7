import type { EventType } from '../journal/event.ts';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { fill, type Words } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import type { Ground } from '../rulebook/ground.ts';
import { parameter, period } from '../rulebook/parameters.ts';
import { sha256 } from '../sealing/digest.ts';
import type { BidField } from '../tenders/line.ts';
import { type LotTerms, termsSchema } from '../tenders/lot.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import type { Contact, Party } from './blocks.ts';
import type { History, Told } from './history.ts';
import type { Names } from './names.ts';
import type { CommonData } from './paper.ts';

/** Facts that several papers state, read from the events in the same way. */

/** The first word of each kind's document number. */
const serials = {
  'tender-notice': '招公',
  addendum: '招补',
  'submission-receipt': '回执',
  'opening-record': '开标',
  'draw-record': '抽取',
  'evaluation-report': '评标',
  'candidates-publicity': '公示',
  'suspension-notice': '暂停',
  'resumption-notice': '恢复',
  'termination-notice': '终止',
  'failure-notice': '流标',
  'result-announcement': '果公',
  'award-notice': '中标',
  'result-notice': '结果',
  'contract-register': '合同',
  contract: '合文',
  'supervisor-report': '报告',
  'fee-sheet': '报酬',
} as const satisfies Record<string, string>;

/** 招公〔2026〕A014205062611220001001001 号; a kind of which a lot has several bears its count: …-2 号. */
export function documentNumber(kind: keyof typeof serials, lot: string, at: string, count?: string | number): string {
  return `${serials[kind]}〔${dayOf(at as Instant).slice(0, 4)}〕${lot}${count === undefined ? '' : `-${count}`} 号`;
}

/** The members every paper has. */
export function commonOf(history: History, names: Names, kind: keyof typeof serials, count?: string | number): CommonData {
  const notice = history.must('notice.published');
  const project = history.must('project.registered');
  const source = sourceOf(history);
  const { number, tradeCode, name, tenderee, agent } = notice.data;
  return {
    platform: names.platform,
    sandbox: names.sandbox,
    number: documentNumber(kind, number, source.at, count),
    issuedAt: source.at,
    verifyAt: `${names.address}/verify/`,
    ...(names.edition.wording.vocabulary ? { vocabulary: names.edition.wording.vocabulary } : {}),
    tender: {
      number,
      ...(tradeCode === undefined ? {} : { tradeCode }),
      name,
      project: { number: project.data.number, name: project.data.name },
      tenderee: partyOf(history, tenderee),
      agent: agent === null ? null : partyOf(history, agent),
    },
  };
}

/** The event the paper follows: the last of its range. */
export function sourceOf<T extends EventType = EventType>(history: History): Told<T> {
  const source = history.told.at(-1);
  if (!source) throw new Error('a paper is made of events');
  return source as Told<T>;
}

/** An organisation by its code, under the name it registered; one that never registered here is named by its code. */
export function partyOf(history: History, code: string): Party {
  const registered = history.all('organisation.registered').find(({ data }) => data.code === code);
  return { name: registered?.data.name ?? code, code };
}

export const termsOf = (history: History): LotTerms => termsSchema.parse(history.must('notice.published').data.terms);

/** The notice as later papers refer to it. */
export function noticeOf(history: History): { number: string; issuedAt: string } {
  const { data, at } = history.must('notice.published');
  return { number: documentNumber('tender-notice', data.number, at), issuedAt: at };
}

/** The deadline as it stands after the addenda, and the moves by the rule about outages, so far. */
export const deadlineOf = (history: History): string =>
  history.all('addendum.published', 'deadline.moved', 'deadline.resumed').at(-1)?.data.deadline ??
  history.must('notice.published').data.deadline;

/** The ground a lot stands on: the law of the day of its notice, with what the notice pinned. */
export function lawOf(history: History): Ground {
  const { at, data } = history.must('notice.published');
  return groundOf({ publishedAt: at as Instant, terms: data.terms }, at as Instant);
}

const nameless = { person: null, phone: null, address: null } as const;

/** Whom to turn to. The contact of the terms is the agent's, or the tenderee's where it has none. */
export function contactsOf(history: History): { tenderee: Contact; agent: Contact | null; supervisor: Contact } {
  const { tenderee, agent } = history.must('notice.published').data;
  const { person, phone } = termsOf(history).contact;
  const reached = { person, phone, address: null };
  return {
    tenderee: { name: partyOf(history, tenderee).name, ...(agent === null ? reached : nameless) },
    agent: agent === null ? null : { name: partyOf(history, agent).name, ...reached },
    supervisor: { name: supervisorOf(history), ...nameless },
  };
}

/** The supervisor of the lot's region: the registered body whose region shares most of the code; the earliest of several. */
export function supervisorOf(history: History): string | Words {
  const { region } = history.must('notice.published').data;
  const nearness = (other: string): number => [6, 4, 2].find((digits) => other.slice(0, digits) === region.slice(0, digits)) ?? 0;
  // a city's code ends in 00 and covers its districts: 420500 stands nearer to 420506 than 420525 does
  const covers = (other: string): boolean => region.startsWith(other.replace(/(00){1,2}$/, ''));
  const bodies = history.all('organisation.registered').filter(({ data }) => data.kinds.includes('regulator') && covers(data.region));
  const [nearest] = [...bodies].sort((a, b) => nearness(b.data.region) - nearness(a.data.region) || a.index - b.index);
  return nearest?.data.name ?? { zh: '项目所在地行政监督部门', en: 'the supervisor of the region' };
}

/** The trustees of the council a lot is sealed to. */
export function councilOf(history: History): {
  readonly id: string;
  readonly name: string;
  readonly threshold: number;
  readonly trustees: readonly { readonly index: number; readonly name: string }[];
  readonly witnesses: readonly string[];
} {
  const { council: id } = history.must('notice.published').data;
  const formed = history.all('council.formed').find(({ data }) => (data.council as { id: string }).id === id);
  if (!formed) throw new Error(`the events of this paper do not tell who council ${id} is`);
  const { name, threshold, trustees } = formed.data.council as {
    name: string;
    threshold: number;
    trustees: { index: number; name: string }[];
  };
  const witnesses = formed.data.witnesses.map((vkey) => vkey.slice(0, vkey.indexOf('+')));
  return { id, name, threshold, trustees, witnesses };
}

/** What was read out of a bid, under the headings of the papers. Fields are found by kind: a line names them as it likes. */
export function offerOf(terms: LotTerms, figures: Readonly<Record<string, string>>) {
  const first = (kind: BidField['kind']): string | undefined => {
    const field = terms.bidForm.find((each) => each.kind === kind && each.read);
    return field === undefined ? undefined : figures[field.key];
  };
  const days = first('days');
  const [manager = '', ...certificate] = (first('person') ?? '').trim().split(/[\s,，、;；]+/);
  return {
    period: days === undefined || days === '' ? '—' : `${days} 日历天`,
    quality: figures.quality || terms.quality,
    manager: manager || '—',
    certificate: certificate.join(' ') || '—',
    security: figures.security || '—',
  };
}

/** Experts by the commitments under which they were drawn, as far as their names have been laid open. */
export const revealedIn = (history: History): ReadonlyMap<string, { readonly name: string }> =>
  new Map(
    history.all('experts.revealed').flatMap((each) => each.data.experts.map(({ expert, record }) => [expert, record as { name: string }])),
  );

/** The names under which bidders of the session were announced. */
export const biddersOf = (history: History): ReadonlyMap<string, Party> =>
  new Map(
    history
      .all('opening.started')
      .flatMap(({ data }) => data.list)
      .map(({ submission, bidder, name }) => [submission, { name, code: bidder }]),
  );

/** The submission's own moment: when the platform had it whole. */
export const receivedAt = (history: History, submission: string): string => {
  const found = history.all('bid.received', 'bid.replaced').find(({ data }) => (data.statement as { id?: string }).id === submission);
  if (!found) throw new Error(`nothing tells when ${submission} was received`);
  return found.at;
};

/** SHA-256 of the JCS of a JSON value. */
export const hashOf = (value: unknown): string => base64url(sha256(canonicalBytes(value)));

/** How objections and complaints are raised at each stage, in the line's words with the figures in force. */
export function objectionWords(history: History, names: Names, stage: 'documents' | 'candidates'): Words {
  const ground = lawOf(history);
  const { parameters, limits, wording } = names.edition;
  const { documentObjectionAhead: ahead, documentQuestions } = parameters;
  const figures = {
    ahead: ahead === null ? '' : parameter(ahead, ground),
    questions: documentQuestions ? parameter(documentQuestions.within, ground) : '',
    answer: period(limits.answerObjection.key, ground).count,
  };
  const says = fill(stage === 'documents' ? wording.documentsObjection : wording.resultObjection, figures);
  const complaint = complaintWords(history, names);
  return { zh: `${says.zh}${complaint.zh}`, en: `${says.en}${complaint.en}` };
}

export const complaintWords = (history: History, { edition }: Names): Words =>
  fill(edition.wording.complaint, { days: parameter(edition.parameters.complaintMax, lawOf(history)) });

export const ceilingOf = (history: History): string | null => history.must('notice.published').data.ceiling;

/** The journal where the paper's source was first covered by a checkpoint. */
export const anchorOf = (names: Names) => ({ origin: names.origin, size: names.checkpoint.size, root: names.checkpoint.root });
