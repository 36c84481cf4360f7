import { day } from '../../kernel/working-days.ts';
import { cite, procurementLaw } from '../../rulebook/law.ts';
import type { LineEdition, Procedure } from '../../tenders/line.ts';
import { phasesInOrder } from '../../tenders/phases.ts';
import { seals } from '../seals.ts';
import { specialties } from '../specialties.ts';
import { bidForm, brand, criteria, items, joint } from './bid-form.ts';
import { corrections } from './corrections.ts';
import { halts } from './halts.ts';
import { methods } from './methods.ts';
import { limits, result, rules } from './rules.ts';
import { security } from './security.ts';
import { terminations } from './terminations.ts';
import { wording } from './wording.ts';

/** Order 87 with the deductions of 2022. Its successor differs in the low prices alone; figures have their own dates. */
export const edition2022: LineEdition = {
  id: 'procurement/2022-07-01',
  inForceFrom: day('2022-07-01'),
  inForceTo: day('2026-02-01'),
  title: { zh: '政府采购货物和服务招标投标规则（2022年版）', en: 'Rules of tendering in government procurement, edition 2022' },
  // candidates are not published before the award: the buyer determines the winner, and the result is published
  phases: phasesInOrder.filter((phase) => phase !== 'publicity'),
  parameters: {
    minimumBids: 'proc.bidders.min',
    candidatesMax: 'proc.candidates.max',
    bidPeriodMin: 'proc.bidPeriod.min',
    documentsWindowMin: 'proc.docs.offer.min',
    addendumAhead: 'proc.clarify.min',
    documentObjectionAhead: null,
    documentQuestions: { noticePeriod: 'proc.notice.period', within: 'proc.question.max' },
    publicityMin: null,
    bidValidityUsual: 'proc.bidValidity.usual',
    securityShareMax: 'proc.bond.max',
    panelMin: 'proc.committee.size.min',
    panelExpertShare: 'proc.committee.expertShare.min',
    complaintMax: 'proc.complaint.max',
    mandatory: { works: 'con.threshold.works', goods: 'proc.threshold.goods', services: 'proc.threshold.services' },
  },
  told: { bidValidityDays: ['proc.bidValidity.usual'] },
  bidForm,
  sameBrand: { field: brand },
  joint,
  security,
  qualifiedBy: 'host',
  policy: { small: { least: 'proc.small.discount.min', most: 'proc.small.discount.max' }, domestic: 'proc.domestic.discount' },
  result,
  items,
  corrections,
  halts,
  terminations,
  criteria,
  methods,
  panel: {
    size: 5,
    experts: 4,
    sheets: 'sealed',
    // goods and services, and what of works their buying touches (发改法规〔2018〕316号)
    specialties: specialties('B', 'C', 'A04', 'A06', 'A07', 'A08'),
    seats: [
      { specialty: 'B', count: 3, reserve: 3 },
      { specialty: 'A06', count: 1, reserve: 2 },
    ],
  },
  seals: seals({ zh: '供应商', en: 'supplier' }, [['whole']]),
  papers: [],
  rules,
  limits,
  wording,
};

export const edition2026: LineEdition = {
  ...edition2022,
  id: 'procurement/2026-02-01',
  inForceFrom: day('2026-02-01'),
  inForceTo: null,
  title: { zh: '政府采购货物和服务招标投标规则（2026年版）', en: 'Rules of tendering in government procurement, edition 2026' },
  lowPrice: {
    ofAverage: 'proc.lowPrice.average',
    ofSecondLowest: 'proc.lowPrice.secondLowest',
    ofCeiling: 'proc.lowPrice.ceiling',
    minutes: 'proc.lowPrice.minutes',
  },
};

/** The main way (公开招标). */
export const openTender: Procedure = {
  id: 'open-tender',
  title: { zh: '公开招标', en: 'Open tender' },
  says: {
    zh: '政府采购的主要方式：以招标公告的方式邀请不特定的供应商投标。',
    en: 'The main way: a notice invites whoever meets its conditions.',
  },
  source: cite(procurementLaw, '26'),
  editions: [edition2022, edition2026],
};
