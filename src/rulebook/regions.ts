import type { Words } from '../kernel/words.ts';
import { regions as listed } from '../parties/region.ts';

/** A region of GB/T 2260 in its tree: province, prefecture, county. */
export interface RegionNode {
  readonly code: string;
  readonly name: Words;
  readonly level: 'province' | 'prefecture' | 'county';
  /** code of the region above; null for a province */
  readonly parent: string | null;
}

// County-level, but directly under the province: their four-digit prefix is nobody's city (from memory, to be checked).
const underProvince: readonly { readonly code: string; readonly name: Words }[] = [
  { code: '429004', name: { zh: '仙桃市', en: 'Xiantao' } },
  { code: '429005', name: { zh: '潜江市', en: 'Qianjiang' } },
  { code: '429006', name: { zh: '天门市', en: 'Tianmen' } },
  { code: '429021', name: { zh: '神农架林区', en: 'Shennongjia' } },
];

const levelOf = (code: string): RegionNode['level'] => (code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'prefecture' : 'county');

const known = [...listed, ...underProvince];
const codes = new Set(known.map((each) => each.code));

function parentOf(code: string): string | null {
  if (levelOf(code) === 'province') return null;
  const prefecture = `${code.slice(0, 4)}00`;
  return levelOf(code) === 'county' && codes.has(prefecture) ? prefecture : `${code.slice(0, 2)}0000`;
}

/** Every known region, by code. */
export const regionTree: ReadonlyMap<string, RegionNode> = new Map(
  known
    .map(({ code, name }): RegionNode => ({ code, name, level: levelOf(code), parent: parentOf(code) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((each) => [each.code, each]),
);

/** The regions directly below one, by code. */
export const regionsUnder = (code: string): readonly RegionNode[] => [...regionTree.values()].filter((each) => each.parent === code);

/** From the province down to the region itself; empty for an unknown code. */
export function regionPath(code: string): readonly RegionNode[] {
  const region = regionTree.get(code);
  if (region === undefined) return [];
  return [...(region.parent === null ? [] : regionPath(region.parent)), region];
}

/** Does a supervisor of `area` see a matter of `region`? Its own region and everything below it. */
export function liesWithin(region: string, area: string): boolean {
  return region === area || regionPath(region).some((each) => each.code === area);
}

/** A region's code and those of every region below it. */
export const regionsWithin = (area: string): readonly string[] => [
  area,
  ...[...regionTree.keys()].filter((code) => code !== area && liesWithin(code, area)),
];
