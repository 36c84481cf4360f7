import type { Language, Words } from '../kernel/words.ts';

/** The language of the page the script runs in. */
export const pageLanguage = (): Language => (document.documentElement.lang.startsWith('en') ? 'en' : 'zh');

/** A text of a script in the page's language, with `{name}` places filled. */
export function t(words: Words, values: Readonly<Record<string, string | number>> = {}): string {
  return words[pageLanguage()].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** 1536 → 1.5 KB, as the pages write it. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let left = bytes;
  let unit = 0;
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? left : left.toFixed(1)} ${units[unit]}`;
}

/** A moment in Beijing time: 2026-12-02 14:00:00. */
export const beijingText = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
