import type { PoolLine } from '../experts/admission.ts';

const everywhere = { pass: 'op.expert.test.pass', term: 'op.expert.term' } as const;
const platform = {
  ...everywhere,
  ways: [{ title: 'pool.expert.title.min', years: 'pool.expert.years.min' }],
  ageMax: 'pool.expert.age.max',
  recommendation: null,
} as const;

/** The lines of the one pool (统一评标专家库), with what each asks of an applicant. People may be admitted to a line before its tenders are traded here. */
export const linesOfThePool: readonly PoolLine[] = [
  {
    ...everywhere,
    id: 'construction',
    title: { zh: '工程建设', en: 'Construction' },
    ways: [{ title: 'con.expert.title.min', years: 'con.expert.years.min' }],
    ageMax: 'con.expert.age.max',
    recommendation: 'con.expert.recommendation',
  },
  {
    ...everywhere,
    id: 'procurement',
    title: { zh: '政府采购', en: 'Government procurement' },
    ways: [
      { title: 'proc.expert.title.short', years: null },
      { title: 'proc.expert.title.long', years: 'proc.expert.years.min' },
    ],
    ageMax: 'proc.expert.age.max',
    recommendation: null,
  },
  { ...platform, id: 'land', title: { zh: '土地使用权出让', en: 'Land use rights' } },
  { ...platform, id: 'property', title: { zh: '国有产权交易', en: 'State-owned property' } },
  { ...platform, id: 'drugs', title: { zh: '药品和医用耗材采购', en: 'Drugs and medical supplies' } },
];
