import { cite, nonTenderOrder, platformRule, procurementLaw, procurementRegulation } from '../../rulebook/law.ts';
import type { RuleSets } from '../../tenders/line.ts';
import { approvedFrom, categoryNamed, intentionAhead, notInPieces } from '../../tenders/planning.ts';

const both = (a: { zh: string; en: string }, b: { zh: string; en: string }) => ({ zh: `${a.zh}、${b.zh}`, en: `${a.en}; ${b.en}` });

/** Who may leave the open tender: with an approval from its threshold on, and never in pieces. Central figures; both kinds have the same. */
export const project: RuleSets['project'] = [
  categoryNamed('PROC-GP12C', cite(platformRule)),
  approvedFrom('PROC-GP11', 'proc.threshold.goods', both(cite(procurementLaw, '27'), cite(nonTenderOrder, '4'))),
  notInPieces('PROC-GP12', 'proc.threshold.goods', cite(procurementRegulation, '28')),
];

export const start: RuleSets['start'] = [intentionAhead('PROC-G1', 'proc.intention.ahead')];
