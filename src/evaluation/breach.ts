import type { Words } from '../kernel/words.ts';

/** What voids a member's opinion (Order 87 art. 62, its first five; Law art. 44). The list is closed. */
export const breaches = {
  'private-contact': { zh: '评标结束前私自接触投标人', en: 'contact with a bidder before the evaluation ended' },
  'inconsistent-clarification': { zh: '接受与投标文件不一致的澄清或者说明', en: 'a clarification accepted that contradicts the bid' },
  'inclined-statement': {
    zh: '发表倾向性意见，或者征询招标人的倾向性意见',
    en: 'an inclined statement, or asking for the tenderee’s wish',
  },
  'agreed-scores': { zh: '对主观评审因素协商评分', en: 'subjective scores agreed among members' },
  'left-post': { zh: '评标过程中擅离职守', en: 'the post left during the evaluation' },
} as const satisfies Record<string, Words>;
export type Breach = keyof typeof breaches;
export const breachNames = Object.keys(breaches) as [Breach, ...Breach[]];
