import { type Rule, rule } from '../kernel/rule.ts';
import { platformRule } from '../rulebook/law.ts';
import { stillBlind } from './problems.ts';

/**
 * No article orders a blind review: where a lot has one, its documents chose it. What they chose is kept: while the files are judged under pseudonyms nobody
 * judges, asks or concludes what would need a name.
 */
export const blindPartFirst: Rule<{ readonly blind: boolean }> = rule({
  id: 'BLIND-1',
  acts: ['review-bid', 'score-bid', 'enquire-bid', 'conclude-part', 'conclude-evaluation'],
  // a choice of the documents, and how it is kept is decided by this platform
  certainty: 'D',
  source: {
    zh: `本标段招标文件（是否暗标评审由其约定）；执行方式：${platformRule.title.zh}`,
    en: `the lot’s own tender documents, which choose a blind review; how it is kept: ${platformRule.title.en}`,
  },
  says: {
    zh: '招标文件约定暗标评审的，全体成员完成暗标部分并揭晓以前，只按暗标编号评审暗标部分，不评审其他内容，不要求澄清，不作结论。',
    en: 'Where the documents chose a blind review, only its own items are judged, under pseudonyms, until every member has finished them and the pseudonyms are laid open; nothing else is judged, asked or concluded before.',
  },
  problem: stillBlind,
  refuses: ({ blind }) => blind,
});
