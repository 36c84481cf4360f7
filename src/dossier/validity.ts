import { rule } from '../kernel/rule.ts';
import type { DayString } from '../kernel/working-days.ts';
import { expiredOn } from './entry.ts';
import { entryExpired } from './problems.ts';

interface ValidityFacts {
  readonly title: string;
  readonly validUntil: string | null;
  readonly today: DayString;
}

/** Nobody vouches for, or shows to everyone, what has run out. */
export const stillValid = rule<ValidityFacts>({
  id: 'DOSSIER-1',
  acts: ['confirm-dossier', 'publish-dossier-entry'],
  certainty: 'D',
  source: { zh: '平台规则：单位档案', en: 'rule of this platform: dossiers' },
  says: {
    zh: '签名确认或公开的档案，当日应在有效期内（截止日当天仍有效）',
    en: 'an entry that is confirmed or published is valid on that day, its last day included',
  },
  problem: entryExpired,
  refuses: ({ title, validUntil, today }) =>
    expiredOn(validUntil, today) && {
      says: { zh: `“${title}”的有效期已于 ${validUntil} 届满。`, en: `“${title}” was valid until ${validUntil}.` },
    },
});
