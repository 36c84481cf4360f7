import { type Instant, within } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { fieldRule } from '../rulebook/figure-rule.ts';
import { cite, tenderingRegulation } from '../rulebook/law.ts';
import type { Phase } from '../tenders/phases.ts';
import { objectionTooLate } from '../tenders/timetable.ts';
import { notConcerned } from './problems.ts';
import type { Window } from './window.ts';

/** What an objection can be about: each has its own time, and its own circle of those who may object. */
export const stages = ['documents', 'opening', 'candidates'] as const;
export type ObjectionStage = (typeof stages)[number];

export const stageWords: Readonly<Record<ObjectionStage, Words>> = {
  documents: { zh: '对招标文件的异议', en: 'About the tender documents' },
  opening: { zh: '对开标的异议', en: 'About the opening' },
  candidates: { zh: '对评标结果的异议', en: 'About the result of the evaluation' },
};

/** The one phase of a lot in which objections of a stage are taken; about the result, those that its window names (window.ts). */
const phaseOfStage = { documents: 'bidding', opening: 'opening' } as const satisfies Partial<Record<ObjectionStage, Phase>>;

/** The stage about which one may object in a phase; null where there is none. */
export const stageIn = (phase: string, result: readonly Phase[]): ObjectionStage | null =>
  (result as readonly string[]).includes(phase)
    ? 'candidates'
    : (stages.find((each) => each !== 'candidates' && phaseOfStage[each] === phase) ?? null);

export interface RaisingFacts {
  readonly stage: ObjectionStage;
  readonly phase: string;
  readonly now: Instant;
  readonly deadline: Instant | null;
  /** when the result may be objected to */
  readonly publicity: Window | null;
  /** the objector's bid was opened in this lot; asked only once bids are open */
  readonly isBidder: boolean;
}

const about = (stage: ObjectionStage, facts: RaisingFacts): boolean => facts.stage === stage;
const field = 'text';

const documentsInTime = fieldRule<RaisingFacts>({
  id: 'OBJ-1',
  acts: ['raise-objection'],
  certainty: 'V',
  source: cite(tenderingRegulation, '22'),
  says: { zh: '对招标文件的异议在投标截止前提出', en: 'objections to the documents are raised while bids are prepared' },
  problem: objectionTooLate,
  field,
  refuses: (facts) =>
    about('documents', facts) &&
    (facts.phase !== phaseOfStage.documents || facts.deadline === null || facts.now >= facts.deadline) && { field },
});

const openingInSession = fieldRule<RaisingFacts>({
  id: 'OBJ-2',
  acts: ['raise-objection'],
  certainty: 'V',
  source: cite(tenderingRegulation, '44'),
  says: { zh: '对开标的异议应当在开标现场提出', en: 'objections to the opening are raised in the session' },
  problem: objectionTooLate,
  field,
  refuses: (facts) => about('opening', facts) && facts.phase !== phaseOfStage.opening && { field },
});

const candidatesInPublicity = fieldRule<RaisingFacts>({
  id: 'OBJ-3',
  acts: ['raise-objection'],
  certainty: 'V',
  source: cite(tenderingRegulation, '54'),
  says: {
    zh: '对评标结果的异议应当在中标候选人公示期间提出；定标时公告结果的，在公告期限届满后的规定工作日内提出',
    en: 'objections to the result are raised while the candidates are public, or in the working days after the notice of the result',
  },
  problem: objectionTooLate,
  field,
  refuses: (facts) =>
    about('candidates', facts) &&
    (facts.publicity === null ||
      !(facts.publicity.phases as readonly string[]).includes(facts.phase) ||
      !within(facts.now, facts.publicity)) && { field },
});

const byThoseConcerned = fieldRule<RaisingFacts>({
  id: 'OBJ-4',
  acts: ['raise-objection'],
  certainty: 'V',
  source: cite(tenderingRegulation, '44, 54'),
  says: { zh: '对开标和评标结果的异议由本标段投标人提出', en: 'objections to opening and result come from bidders of the lot' },
  problem: notConcerned,
  field,
  refuses: (facts) => !about('documents', facts) && !facts.isBidder && { field },
});

/** When and by whom an objection may be raised. The documents' ten days are the edition's own rule (`rules.documentObjection`). */
export const raising = [documentsInTime, openingInSession, candidatesInPublicity, byThoseConcerned] as const;
