import type { Language } from '../../src/kernel/words.ts';

/** A span as its two largest units: 8 小时 18 分 · 8 h 18 min. Never negative. */
export function spanText(lang: Language, milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const units: readonly [number, string, string][] = [
    [Math.floor(seconds / 86_400), '天', 'd'],
    [Math.floor(seconds / 3600) % 24, '小时', 'h'],
    [Math.floor(seconds / 60) % 60, '分', 'min'],
    [seconds % 60, '秒', 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first === -1) return lang === 'zh' ? '0 秒' : '0 s';
  return units
    .slice(first, first + 2)
    .filter(([count], at) => at === 0 || count > 0)
    .map(([count, zh, en]) => `${count} ${lang === 'zh' ? zh : en}`)
    .join(' ');
}
