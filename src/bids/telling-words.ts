import { faultsOfCode } from '../parties/code.ts';
import { regions } from '../parties/region.ts';
import type { BidField } from '../tenders/line.ts';
import type { Bid } from './bid.ts';
import { readPerson } from './findings.ts';

/** Words that tell whose a text is, in comparable form, and what in a text may tell it whosever it is: telephone, e-mail, web address, credit code. */
export type Telling = 'name' | 'person' | 'code' | 'phone' | 'mail' | 'domain';

export interface OwnWord {
  readonly kind: Telling;
  readonly text: string;
}

export interface Told {
  readonly kind: Telling;
  /** as it is known, or as it was found */
  readonly text: string;
}

const legalForms = /(有限责任公司|股份有限公司|集团有限公司|有限公司|集团|公司|事务所|研究院|设计院)$/;
const trades =
  /(市政|水利|水电|公路|路桥|园林|建筑|建设|建工|工程|基础|安装|装饰|咨询|科技|技术|设备|实业|发展|劳务|机电|交通|环境|设计|服务)+$/;
/** 宜昌市, 宜昌; a district by itself too. */
const places = regions
  .flatMap(({ name: { zh } }) => [zh, ...(zh.match(/[^市]+[市区县]/g) ?? [])])
  .flatMap((place) => [place, place.replace(/(特别行政区|自治区|[省市区县])$/, '')])
  .filter((place) => place.length >= 2)
  .sort((a, b) => b.length - a.length);

function withoutPlace(name: string): string {
  const place = places.find((each) => name.startsWith(each) && name.length - each.length >= 2);
  if (place === undefined) return name;
  const rest = name.slice(place.length);
  // 宜昌市政: a town and its 市政, not a 市
  if (place.endsWith('市') && rest.startsWith('政')) return `市${rest}`;
  return withoutPlace(rest.replace(/^[省市区县](?!政)/, ''));
}

/** The names by which people call a company: whole, without its form, without its place, and the mark alone (宜昌长河水利建设有限公司: 长河). */
export function namesOf(name: string): readonly string[] {
  const plain = name.normalize('NFKC').replace(/\s/g, '');
  const short = plain.replace(legalForms, '');
  const local = withoutPlace(short);
  const mark = local.replace(trades, '');
  return [...new Set([plain, short, local, mark.length >= 2 ? mark : local])].filter((each) => each.length >= 2);
}

/** The words of a bid that tell whose it is: names, code, the people it names, and what its bidder is known by besides. */
export function ownWords(
  { bidder, bidderName, figures }: Pick<Bid, 'bidder' | 'bidderName' | 'figures'>,
  form: readonly Pick<BidField, 'kind' | 'key'>[],
  known: { readonly people?: readonly string[]; readonly phones?: readonly string[]; readonly words?: readonly string[] } = {},
): readonly OwnWord[] {
  const people = form.filter(({ kind }) => kind === 'person').map(({ key }) => readPerson(figures[key] ?? ''));
  const all: OwnWord[] = [
    ...[...namesOf(bidderName), ...(known.words ?? [])].map((text) => ({ kind: 'name', text }) as const),
    { kind: 'code', text: bidder },
    ...[...people.flatMap(({ name, number }) => [name, number]), ...(known.people ?? [])].map(
      (text) => ({ kind: 'person', text }) as const,
    ),
    ...(known.phones ?? []).map((text) => ({ kind: 'phone', text }) as const),
  ];
  const once = new Map(all.map((each) => [tight(each.text), each]));
  return [...once].flatMap(([text, each]) => (text.length >= 2 ? [each] : []));
}

/** Full and half width alike, no case, nothing but letters and digits. */
const tight = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
/** The same, but what ends a clause still parts words: two characters meet too often across it. */
const loose = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N},;:!?。、()（）《》"“”]/gu, '');

const shortWord = 4;

const patterns: readonly { readonly kind: Telling; readonly of: RegExp }[] = [
  {
    kind: 'phone',
    of: /(?<![0-9.])1[3-9]\d[-–]?\d{4}[-–]?\d{4}(?![0-9.])|(?<!\d)0\d{2,3}[-–—)]\d{7,8}(?!\d)|(?<!\d)[48]00-\d{3}-?\d{4}(?!\d)/g,
  },
  { kind: 'mail', of: /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}/g },
  { kind: 'domain', of: /(?<![a-z0-9@.-])(?:[a-z0-9-]{1,60}\.){1,4}(?:com|cn|net|org|gov|edu|vip|top|cc|info|biz)(?![a-z0-9-])/g },
  { kind: 'code', of: /(?<![a-z0-9])[0-9a-hj-npqrtuwxy]{18}(?![a-z0-9])/g },
];

/** What of these words stands in a text, and what else in it tells somebody. */
export function toldIn(text: string, own: readonly OwnWord[]): readonly Told[] {
  const [all, clauses] = [tight(text), loose(text)];
  const named = own.filter(({ text: word }) => {
    const sought = tight(word);
    return (sought.length < shortWord ? clauses : all).includes(sought);
  });
  // where the whole name stands its shorter forms say nothing more
  const longest = named.filter((each) => !named.some((other) => other !== each && tight(other.text).includes(tight(each.text))));
  const lines = text.normalize('NFKC').toLowerCase().split('\n');
  const found = new Map<string, Told>(longest.map((each) => [`${each.kind}/${tight(each.text)}`, each]));
  for (const line of lines) {
    for (const each of matchesIn(line)) found.set(`${each.kind}/${tight(each.text)}`, each);
    if (found.size >= mostTold) break;
  }
  return [...found.values()];
}

const mostTold = 50;

/** As it stands, else without the blanks that were put in between. */
function* matchesIn(line: string): Generator<Told> {
  for (const { kind, of } of patterns) {
    const told = [line, line.replace(/\s/g, '')].map((said) => said.match(of) ?? []).find((each) => each.length > 0) ?? [];
    for (const text of told)
      if (kind !== 'code') yield { kind, text };
      else if (faultsOfCode(text).length === 0) yield { kind, text: text.toUpperCase() };
  }
}
