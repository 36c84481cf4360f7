import { cite, procurementOrder } from '../../rulebook/law.ts';
import type { TerminationGround } from '../../tenders/termination.ts';

/** Except for a major change of circumstances that cancels the task, a buyer may not end a procurement on its own (Order 87 art. 29). */
export const terminations: readonly TerminationGround[] = [
  {
    id: 'task-cancelled',
    source: cite(procurementOrder, '29'),
    says: { zh: '因重大变故，采购任务取消', en: 'a major change of circumstances has cancelled the task' },
  },
];
