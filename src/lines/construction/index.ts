import { day } from '../../kernel/working-days.ts';
import { cite, tenderingLaw } from '../../rulebook/law.ts';
import type { Line, LineEdition } from '../../tenders/line.ts';
import { phasesInOrder } from '../../tenders/phases.ts';
import { seals } from '../seals.ts';
import { specialties } from '../specialties.ts';
import { bidForm, blind, brand, criteria, items, joint } from './bid-form.ts';
import { corrections } from './corrections.ts';
import { halts } from './halts.ts';
import { methods } from './methods.ts';
import { limits, rules } from './rules.ts';
import { secondFailure } from './second-failure.ts';
import { security } from './security.ts';
import { terminations } from './terminations.ts';
import { wording } from './wording.ts';

/** In force with the order on evaluation experts of 2025 (NDRC Order 26); everything older is in the parameters' own dates. */
const edition2025: LineEdition = {
  id: 'construction/2025-01-01',
  inForceFrom: day('2025-01-01'),
  inForceTo: null,
  title: { zh: '工程建设项目招标投标规则（2025年版）', en: 'Rules of construction tendering, edition 2025' },
  phases: phasesInOrder,
  parameters: {
    minimumBids: 'con.bidders.min',
    candidatesMax: 'con.candidates.max',
    bidPeriodMin: 'con.bidPeriod.min',
    documentsWindowMin: 'con.docs.issueWindow.min',
    addendumAhead: 'con.clarify.bid.min',
    documentObjectionAhead: 'con.objection.bid.before',
    publicityMin: 'con.publicity.min',
    bidValidityUsual: 'con.bidValidity.usual',
    securityShareMax: 'con.bond.maxRatio',
    panelMin: 'con.committee.size.min',
    panelExpertShare: 'con.committee.expertShare.min',
    complaintMax: 'con.complaint.max',
    mandatory: { works: 'con.threshold.works', goods: 'con.threshold.goods', services: 'con.threshold.services' },
  },
  told: {
    documentsUntil: ['con.docs.price'],
    bidValidityDays: ['con.bidValidity.start', 'con.bidValidity.usual'],
    security: ['con.bond.account', 'con.bond.validity'],
  },
  bidForm,
  // goods bound to works: a notice may take up the rule that government procurement has (Order 87 art. 31)
  sameBrand: { field: brand },
  joint,
  secondFailure,
  security,
  qualifiedBy: 'panel',
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
    // level 2 of class A of the expert classification (发改法规〔2018〕316号)
    specialties: specialties('A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08', 'A09'),
    seats: [
      { specialty: 'A08', count: 2, reserve: 3 },
      { specialty: 'A06', count: 1, reserve: 2 },
      { specialty: 'A04', count: 1, reserve: 2 },
    ],
  },
  blind,
  seals: seals({ zh: '投标人', en: 'bidder' }, [['whole'], ['technical', 'price'], ['qualification', 'technical', 'price']]),
  papers: [
    { kind: 'tender-notice', phase: 'bidding', title: { zh: '招标公告', en: 'Tender notice' } },
    { kind: 'addendum', phase: 'bidding', title: { zh: '补遗书', en: 'Addendum' } },
    { kind: 'submission-receipt', phase: 'bidding', title: { zh: '投标文件递交回执', en: 'Receipt of submission' } },
    { kind: 'opening-record', phase: 'opening', title: { zh: '开标记录', en: 'Record of bid opening' } },
    { kind: 'draw-record', phase: 'opened', title: { zh: '评标专家抽取记录', en: 'Record of the expert draw' } },
    { kind: 'evaluation-report', phase: 'evaluating', title: { zh: '评标报告', en: 'Evaluation report' } },
    { kind: 'score-comparison', phase: 'evaluating', title: { zh: '综合评估比较表', en: 'Score comparison' } },
    { kind: 'candidates-publicity', phase: 'publicity', title: { zh: '中标候选人公示', en: 'Notice of candidates' } },
    { kind: 'award-notice', phase: 'awarded', title: { zh: '中标通知书', en: 'Award notice' } },
    { kind: 'result-notice', phase: 'awarded', title: { zh: '中标结果通知书', en: 'Notice of the result' } },
    { kind: 'contract', phase: 'contracted', title: { zh: '合同文本', en: 'The contract' } },
    { kind: 'contract-register', phase: 'contracted', title: { zh: '合同登记表', en: 'Contract register' } },
    { kind: 'supervisor-report', phase: 'contracted', title: { zh: '招标投标情况书面报告', en: 'Report to the supervisor' } },
    { kind: 'fee-sheet', phase: 'awarded', title: { zh: '评标劳务报酬表', en: 'Fees of the evaluation' } },
    { kind: 'suspension-notice', phase: 'suspended', title: { zh: '暂停公告', en: 'Notice of suspension' } },
    { kind: 'resumption-notice', phase: 'suspended', title: { zh: '恢复公告', en: 'Notice of resumption' } },
    { kind: 'termination-notice', phase: 'terminated', title: { zh: '终止公告', en: 'Notice of termination' } },
    { kind: 'failure-notice', phase: 'failed', title: { zh: '流标公告', en: 'Notice of failure' } },
  ],
  rules,
  limits,
  wording,
};

/** Tendering of construction works and of goods and services bound to them (工程建设项目招标投标). */
export const construction: Line = {
  id: 'construction',
  title: { zh: '工程建设项目招标投标', en: 'Construction tendering' },
  says: {
    zh: '工程以及与工程建设有关的货物、服务，公开招标。',
    en: 'Works, and goods and services bound to works, by open tender.',
  },
  tradeClass: 'A01',
  ocdsCategory: 'works',
  procedures: [
    {
      id: 'open-tender',
      title: { zh: '公开招标', en: 'Open tender' },
      says: { zh: '以招标公告的方式邀请不特定的法人或者其他组织投标。', en: 'A notice invites whoever meets its conditions.' },
      source: cite(tenderingLaw, '10'),
      editions: [edition2025],
    },
  ],
};
