import { createHmac } from 'node:crypto';
import { makeCode } from '../src/parties/code.ts';
import { farPlaces, givenNames, places, specialtyShares, surnames, titles, trades, worksTrades } from './expert-names.ts';
import { inventedIdentity } from './identities.ts';
import { demonstrationPassword } from './organisations.ts';

/** The same numbers every time: a demonstration must be repeatable. Never used for a draw. */
function numbers(seed: string): () => number {
  let counter = 0;
  return () => createHmac('sha256', seed).update(String(counter++)).digest().readUInt32BE(0);
}

export interface SeedExpert {
  readonly name: string;
  readonly employer: string;
  readonly employerName: string;
  readonly formerEmployers: readonly { readonly code: string; readonly name: string; readonly until: string }[];
  readonly specialties: readonly string[];
  readonly memberships: readonly string[];
  readonly region: string;
  readonly status: 'normal' | 'suspended' | 'left' | 'removed';
  readonly title: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly bankAccount: string;
  readonly email: string;
  readonly interests: readonly string[];
  readonly relatives: readonly string[];
  readonly login: string;
  readonly password: string;
  readonly demonstration: true;
}

/** The first of them are drawn by the tenders of the demonstration: all of construction, of the province and in normal standing. */
export const firstExperts = 640;

/** `count` believable experts; some with ties to the bidders, so that exclusions have something to do. However many are asked for, the first are the same. */
export function seedExperts(count: number, bidders: readonly { readonly code: string; readonly name: string }[]): SeedExpert[] {
  const next = numbers('yangguang-seed-experts-2');
  const pick = <T>(list: readonly T[]): T => list[next() % list.length] as T;
  const shared = <T>(list: readonly (readonly [T, number])[]): T => {
    let left = next() % list.reduce((sum, [, share]) => sum + share, 0);
    for (const [each, share] of list) {
      if (left < share) return each;
      left -= share;
    }
    throw new Error('nothing to choose from');
  };
  const one = (in100: number): boolean => next() % 100 < in100;
  return Array.from({ length: count }, (_, index) => {
    const first = index < firstExperts;
    const place = shared((first || !one(3) ? places : farPlaces).map((each) => [each, each.share] as const));
    const age = 34 + (next() % 33);
    const region = pick(place.counties);
    const own = shared(specialtyShares);
    const other = shared(specialtyShares);
    const employer = employerOf(place, next() % (own.startsWith('A') ? worksTrades : trades.length));
    const login = `expert${String(index + 1).padStart(4, '0')}`;
    return {
      name: `${shared(surnames)}${pick(age > 50 ? givenNames.older : age > 40 ? givenNames.middle : givenNames.younger)}`,
      employer: employer.code,
      employerName: employer.name,
      formerEmployers: one(20)
        ? [{ ...(one(16) ? pick(bidders) : employerOf(pick(places), next() % trades.length)), until: pastDay(next) }]
        : [],
      specialties: [...new Set([own, ...(one(45) ? [other] : [])])],
      memberships: membershipsOf(own, first, one),
      region,
      title: shared(titles),
      status:
        first || one(94)
          ? 'normal'
          : shared([
              ['suspended', 5],
              ['left', 8],
              ['removed', 2],
            ] as const),
      ...inventedIdentity(index),
      interests: one(3) ? [pick(bidders).code] : [],
      relatives: one(2) ? [pick(bidders).code] : [],
      login,
      password: demonstrationPassword,
      demonstration: true,
    };
  });
}

const everywhere = [...places, ...farPlaces];
function employerOf(place: (typeof places)[number], trade: number): { readonly code: string; readonly name: string } {
  const number = 5000 + everywhere.indexOf(place) * trades.length + trade;
  return { code: makeCode(`${place.counties[0]?.slice(0, 4)}00`, number), name: `${place.name}${trades[trade]}` };
}

const pastDay = (next: () => number): string => `${2022 + (next() % 4)}-${String(1 + (next() % 12)).padStart(2, '0')}-15`;

/** Whoever judges works may judge procurement too; goods and services are procured, and land, property and drugs have a few of their own. */
function membershipsOf(own: string, first: boolean, one: (in100: number) => boolean): string[] {
  const lines = own.startsWith('A') || first ? ['construction'] : ['procurement'];
  if (lines[0] === 'construction' && one(28)) lines.push('procurement');
  for (const [line, in100] of [
    ['land', 6],
    ['property', 5],
    ['drugs', 4],
  ] as const)
    if (one(in100)) lines.push(line);
  return lines;
}
