import type { CandidatesPublicity } from '../../src/papers/candidates-publicity.ts';
import type { ResultAnnouncement } from '../../src/papers/result-announcement.ts';
import { common } from './samples.ts';

/** The announcement of the result of a tender whose candidates are these. */
export const resultAnnouncementOf = (candidatesPublicity: CandidatesPublicity): ResultAnnouncement => ({
  ...common('宜伍果公〔2026〕第 0137 号', '2026-11-27T02:00:00.000Z'),
  openedAt: candidatesPublicity.openedAt,
  determinedAt: '2026-11-26T09:30:00.000Z',
  publicFrom: '2026-11-27T02:00:00.000Z',
  publicUntil: '2026-11-30T16:00:00.000Z',
  method: candidatesPublicity.method,
  subject: { scope: '施工图范围内全部内容', place: '宜昌市伍家岗区', quality: '合格' },
  winner: {
    bidder: candidatesPublicity.candidates[0]?.bidder ?? candidatesPublicity.tender.tenderee,
    price: candidatesPublicity.candidates[0]?.price ?? '1.00',
    total: candidatesPublicity.candidates[0]?.total ?? null,
    period: '540 天',
  },
  candidates: candidatesPublicity.candidates.map(({ rank, bidder: who, price, total }) => ({ rank, bidder: who, price, total })),
  rejected: candidatesPublicity.rejected,
  panel: { experts: ['向学军', '覃丽华', '谭波', '周家琪'], representatives: 1 },
  objections: candidatesPublicity.objections,
  contacts: candidatesPublicity.contacts,
});
