import { cite, procurementLaw } from '../../rulebook/law.ts';
import { applicationsAtLeast, type EntryPlan, enoughToDrawFrom, invitedAtLeast, witnessesAtLeast } from '../../tenders/entry.ts';
import type { LineEdition, Procedure } from '../../tenders/line.ts';
import type { Phase } from '../../tenders/phases.ts';
import type { Vocabulary } from '../../tenders/vocabulary.ts';
import { edition2022, edition2026 } from './open-tender.ts';
import { wording } from './wording.ts';

/** Suppliers from those who qualified after a notice (Order 87 art. 14, the first way), drawn by the council. */
const entry: EntryPlan = {
  grounds: [
    {
      id: 'few-suppliers',
      title: {
        zh: '具有特殊性，只能从有限范围的供应商处采购',
        en: 'special: to be had from a limited range of suppliers only',
      },
      source: cite(procurementLaw, '29'),
    },
    {
      id: 'open-too-costly',
      title: {
        zh: '采用公开招标方式的费用占采购项目总价值的比例过大',
        en: 'an open tender would cost too large a share of the whole value',
      },
      source: cite(procurementLaw, '29'),
    },
  ],
  notice: [applicationsAtLeast('PROC-GP2P', 'proc.prequal.period.min'), invitedAtLeast('PROC-GP2', 'proc.invite.min')],
  draw: [enoughToDrawFrom('PROC-GP2Q'), witnessesAtLeast('PROC-GP2W', 'proc.invite.witnesses.min')],
};

const before: readonly Phase[] = ['draft', 'applying', 'qualifying', 'inviting'];

/** The open tender's words, but for the notice: it goes to those who were drawn. */
const changed: Vocabulary['zh'] = [
  ['邀请招标', '邀请招标'],
  ['公开招标', '邀请招标'],
  ['招标公告', '投标邀请书'],
  ['采购公告', '投标邀请书'],
];
const own: readonly string[] = changed.map(([term]) => term);
const vocabulary: Vocabulary = {
  zh: [...changed, ...(wording.vocabulary?.zh ?? []).filter(([term]) => !own.includes(term))],
  en: [
    ['tender notice', 'invitation to tender'],
    ['Tender notice', 'Invitation to tender'],
    ['is tendered openly', 'is tendered by invitation'],
    ...(wording.vocabulary?.en ?? []).filter(([term]) => term.toLowerCase() !== 'tender notice'),
  ],
};

const invitedOf = (base: LineEdition): LineEdition => ({
  ...base,
  id: `procurement/invited-tender/${base.inForceFrom}`,
  title: {
    zh: `政府采购邀请招标规则（${base.inForceFrom.slice(0, 4)}年版）`,
    en: `Rules of invited tenders in government procurement, edition ${base.inForceFrom.slice(0, 4)}`,
  },
  phases: [...before, ...base.phases.filter((phase) => phase !== 'draft')],
  entry,
  wording: { ...wording, vocabulary },
});

/** Invited tender (邀请招标): who may bid is drawn from those who qualified; from there on it is a tender as any other. */
export const invitedTender: Procedure = {
  id: 'invited-tender',
  title: { zh: '邀请招标', en: 'Invited tender' },
  says: {
    zh: '具有特殊性、只能从有限范围的供应商处采购的，或者公开招标费用占总价值比例过大的，可以采用。',
    en: 'For what only few suppliers have, or where an open tender would cost too much of the whole value.',
  },
  source: cite(procurementLaw, '29'),
  editions: [invitedOf(edition2022), invitedOf(edition2026)],
};
