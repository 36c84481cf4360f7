import type { Instant } from '../kernel/clock.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import { dayOf, dueAfter } from '../kernel/working-days.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import { cite, platformRule, tenderingRegulation } from '../rulebook/law.ts';
import { period } from '../rulebook/parameters.ts';
import type { ForfeitGround } from '../tenders/security.ts';
import { keptAlreadySettled, noGround } from './problems.ts';

/** Until when the bidder may object to its security being kept. */
export const contestableUntil = (decidedAt: Instant): Instant =>
  dueAfter(decidedAt, period('security.contest', dayOf(decidedAt)), calendar).due;

/** The list of the line is closed, and the winner's grounds are the winner's. */
export const onListedGround: Rule<{ readonly grounds: readonly ForfeitGround[]; readonly ground: string; readonly won: boolean }> = rule({
  id: 'SEC-KEEP',
  acts: ['forfeit-security'],
  certainty: 'V',
  source: cite(tenderingRegulation, '35, 74'),
  says: {
    zh: '投标保证金只有在法定或者招标文件载明的情形下才可以不予退还。',
    en: 'A security is kept on a ground of the law or of the documents, and on no other.',
  },
  problem: noGround,
  refuses({ grounds, ground, won }) {
    const found = grounds.find(({ id }) => id === ground);
    return found === undefined || (found.of === 'winner' && !won) ? { field: 'ground' } : false;
  },
});

export const contestedInTime: Rule<{ readonly now: Instant; readonly decidedAt: Instant }> = rule({
  id: 'SEC-CONTEST',
  acts: ['contest-forfeiture'],
  figures: ['security.contest'],
  source: cite(platformRule),
  says: { zh: '对不予退还的异议应当在规定期间内提出。', en: 'An objection to a kept security comes within its time.' },
  problem: keptAlreadySettled,
  refuses: ({ now, decidedAt }) => now >= contestableUntil(decidedAt),
});
