import { cite, worksOrder } from '../../rulebook/law.ts';
import type { SecondFailureWay } from '../../tenders/line.ts';

/** Where bidders are fewer than three again after a re-tender (Order 30 art. 38). */
export const secondFailure: readonly SecondFailureWay[] = [
  {
    id: 'approved',
    title: { zh: '必须审批的项目，经原审批部门批准不再招标', en: 'A project that needs approval: with that of the body that approved it' },
    source: cite(worksOrder, '38'),
    needsApproval: true,
  },
  {
    id: 'own-decision',
    title: { zh: '其他工程建设项目，招标人自行决定不再招标', en: 'Another project: by the tenderee’s own decision' },
    source: cite(worksOrder, '38'),
    needsApproval: false,
  },
];
