import type { Line } from '../../tenders/line.ts';
import { consultation } from './consultation.ts';
import { closedFramework } from './framework.ts';
import { inquiry } from './inquiry.ts';
import { invitedTender } from './invited-tender.ts';
import { negotiation } from './negotiation.ts';
import { openTender } from './open-tender.ts';

/** Government procurement of goods and services (政府采购). */
export const procurement: Line = {
  id: 'procurement',
  title: { zh: '政府采购', en: 'Government procurement' },
  says: {
    zh: '政府采购货物和服务：公开招标、邀请招标、竞争性谈判、竞争性磋商、封闭式框架协议，货物也可以询价。',
    en: 'Goods and services bought with public funds: by open or invited tender, competitive negotiation or consultation, closed framework agreement, goods also by inquiry.',
  },
  tradeClass: 'D01',
  ocdsCategory: 'goods',
  procedures: [openTender, invitedTender, negotiation, consultation, inquiry, closedFramework],
};
