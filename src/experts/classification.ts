import type { Certainty } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';

/**
 * The classification of experts as a tree of codes: one letter for the class, then up to three levels of two digits. Shipped is what we can vouch
 * for, each entry with how sure we are; an administrator adds deeper levels from the official text (import-specialties.ts).
 */
export interface SpecialtyEntry {
  readonly code: string;
  readonly title: Words;
  readonly certainty: Certainty;
}

export const classification = {
  version: '2018',
  source: {
    zh: '《公共资源交易评标专家专业分类标准》（发改法规〔2018〕316号）',
    en: 'Classification of experts for public resource trading (NDRC 2018-316)',
  },
} as const satisfies { readonly version: string; readonly source: Words };

const entry = (code: string, zh: string, en: string, certainty: Certainty): SpecialtyEntry => ({ code, title: { zh, en }, certainty });

export const shippedSpecialties: readonly SpecialtyEntry[] = [
  entry('A', '工程', 'Works', 'V2'),
  entry('A01', '规划', 'Planning', 'V2'),
  entry('A02', '投资策划与决策', 'Investment planning', 'V2'),
  entry('A03', '勘察', 'Survey', 'V2'),
  entry('A04', '设计', 'Design', 'V2'),
  entry('A05', '监理', 'Supervision of works', 'V2'),
  entry('A06', '工程造价', 'Cost engineering', 'V2'),
  entry('A07', '项目管理', 'Project management', 'V2'),
  entry('A08', '工程施工', 'Construction works', 'V2'),
  entry('A09', '其他工程', 'Other engineering', 'V2'),
  entry('A10', '工程总承包', 'Engineering, procurement and construction', 'M'),
  entry('B', '货物', 'Goods', 'V2'),
  entry('C', '服务', 'Services', 'V2'),
];

export const isSpecialtyCode = (code: string): boolean => /^[ABC](\d{2}){0,3}$/.test(code);
export const parentOf = (code: string): string | null => (code.length === 1 ? null : code.slice(0, Math.max(1, code.length - 2)));

export interface Tree {
  readonly titles: ReadonlyMap<string, Words>;
  /** codes of which something below is known */
  readonly branches: ReadonlySet<string>;
}

export function treeOf(added: readonly Pick<SpecialtyEntry, 'code' | 'title'>[]): Tree {
  const entries = [...shippedSpecialties, ...added];
  const titles = new Map(entries.map(({ code, title }) => [code, title]));
  return { titles, branches: new Set(entries.flatMap(({ code }) => parentOf(code) ?? [])) };
}
export const shippedTree = treeOf([]);

/**
 * May an expert hold this code? Where the tree knows what stands under a code, only that; below what it knows, any code of the right shape: the
 * official text goes deeper than what is shipped, and an expert must not wait for an import.
 */
export function isPlausible(tree: Tree, code: string): boolean {
  if (!isSpecialtyCode(code) || code.length === 1) return false;
  for (let at: string | null = code; at !== null; at = parentOf(at)) {
    if (tree.titles.has(at)) continue;
    const above = parentOf(at);
    if (above === null || tree.branches.has(above)) return false;
  }
  return true;
}

/** Those of these codes that nobody may hold. */
export const unknownAmong = (tree: Tree, codes: readonly string[]): readonly string[] => codes.filter((code) => !isPlausible(tree, code));

/** A code by name: its own where the tree knows it, else the nearest above it with the code behind. */
export function specialtyName(tree: Tree, code: string): Words {
  for (let at: string | null = code; at !== null; at = parentOf(at)) {
    const title = tree.titles.get(at);
    if (title) return at === code ? title : { zh: `${title.zh}（${code}）`, en: `${title.en} (${code})` };
  }
  return { zh: code, en: code };
}

/** A specialty by name as it is shipped. */
export const specialtyTitle = (code: string): Words => specialtyName(shippedTree, code);
