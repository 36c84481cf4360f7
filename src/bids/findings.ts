import { type Fen, fen, parseYuan, withSeparators } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import type { Part } from '../sealing/shapes.ts';
import { envelopeOf, isCut } from '../tenders/envelopes.ts';
import { agreementKey, membersKey } from '../tenders/joint.ts';
import type { BidField } from '../tenders/line.ts';
import type { LotTerms } from '../tenders/lot.ts';
import { accepted } from './attachment.ts';
import { type Bid, flawOf } from './bid.ts';
import { type JointTrouble, jointTrouble, membersOf } from './joint.ts';
import type { ReadSheet } from './sheet.ts';

/**
 * What is wrong or doubtful about a bid before it is sealed. Nobody else can look inside a sealed bid, so this is the last moment at which a slip
 * costs nothing; it is checked in the bidder's own browser and says nothing to the platform.
 */
export interface Finding {
  /** `wrong` keeps the bid from being sealed; `doubt` is shown and must be acknowledged */
  readonly weight: 'wrong' | 'doubt';
  /** key of the form's field */
  readonly field: string;
  readonly says: Words;
  readonly source?: Words | undefined;
}

/** What the terms limit, by the keys that forms of every line use for the same thing. */
type Limits = Pick<LotTerms, 'ceiling' | 'periodDays' | 'bidValidityDays' | 'joint'>;

export interface Checked {
  readonly bid: Bid;
  readonly lot: string;
  readonly bidder: string;
  readonly form: readonly BidField[];
  /** the envelopes; left out: one */
  readonly parts?: readonly Part[];
  readonly limits: Limits;
  /** tables as they were read, by field key */
  readonly sheets: Readonly<Record<string, ReadSheet>>;
}

const wrong = (field: BidField, zh: string, en: string, source?: Words): Finding => ({
  weight: 'wrong',
  field: field.key,
  says: { zh, en },
  source,
});
const doubt = (field: BidField, zh: string, en: string): Finding => ({
  weight: 'doubt',
  field: field.key,
  says: { zh, en },
  source: field.rule?.source,
});

/** Everything found, in the order of the form. */
export function findingsOf(checked: Checked): readonly Finding[] {
  const found = [
    ...checked.form.flatMap((field) => byKind[field.kind](field, checked)),
    ...priceElsewhere(checked),
    ...jointFindings(checked),
  ];
  if (found.some((each) => each.weight === 'wrong')) return found;
  const flaw = flawOf(checked.bid, { id: checked.lot, form: checked.form }, checked.bidder);
  const [first] = checked.form;
  if (flaw === null || first === undefined) return found;
  // The checks above are finer than the opening's own; should they ever miss what it would refuse, its word counts.
  return [
    ...found,
    wrong(first, `投标文件不完整或格式不符（${flaw}）。`, `The bid is not complete or not in the published form (${flaw}).`),
  ];
}

type Check = (field: BidField, checked: Checked) => readonly Finding[];
const missing = (field: BidField): readonly Finding[] => (field.required ? [wrong(field, '未填写。', 'Is not filled in.')] : []);
const written = (field: BidField, { bid }: Checked): string => (bid.figures[field.key] ?? '').trim();

const byKind: Readonly<Record<BidField['kind'], Check>> = {
  money(field, checked) {
    const text = field.key === 'price' ? checked.bid.price : written(field, checked);
    if (text === '') return missing(field);
    const amount = parseYuan(text);
    if (amount === undefined)
      return [wrong(field, '应为金额（元），最多两位小数。', 'Should be an amount in yuan with at most two places.')];
    if (amount === 0n) return [wrong(field, '应大于零。', 'Should be more than zero.')];
    return field.key === 'price' ? aboveCeiling(field, amount, checked.limits.ceiling) : [];
  },
  days(field, checked) {
    const text = written(field, checked);
    if (text === '') return missing(field);
    if (!/^[1-9]\d{0,4}$/.test(text)) return [wrong(field, '应为大于零的整数天数。', 'Should be a whole number of days above zero.')];
    return dayLimits(field, Number(text), checked.limits);
  },
  text: (field, checked) => (written(field, checked) === '' ? missing(field) : []),
  choice(field, checked) {
    const text = written(field, checked);
    if (text === '') return missing(field);
    return field.options?.some(({ value }) => value === text) ? [] : [wrong(field, '应为所列选项之一。', 'Should be one of the options.')];
  },
  person(field, checked) {
    const text = written(field, checked);
    if (text === '') return missing(field);
    const read = readPerson(text);
    if (read.name === '') return [wrong(field, '请填写姓名。', 'The name is missing.')];
    return read.number === '' ? [wrong(field, '请填写注册编号。', 'The registration number is missing.')] : [];
  },
  table(field, checked) {
    const sheet = checked.sheets[field.key];
    if (sheet === undefined) return missing(field);
    if (sheet.faults.length > 0)
      return [wrong(field, `表格有 ${sheet.faults.length} 处错误。`, `The sheet has ${sheet.faults.length} faults.`)];
    const rows =
      sheet.doubts.length > 0
        ? [
            doubt(
              field,
              `${sheet.doubts.length} 行的合价与数量乘单价不符。`,
              `In ${sheet.doubts.length} rows the amount is not quantity times unit price.`,
            ),
          ]
        : [];
    return [...rows, ...differsFromPrice(field, sheet.total, checked)];
  },
  file(field, { bid }) {
    const files = bid.files.filter((file) => file.field === field.key);
    if (files.length === 0) return missing(field);
    const strange = files.filter((file) => !accepted(file.name, field.accept)).map((file) => file.name);
    const empty = files.filter((file) => file.bytes === 0).map((file) => file.name);
    const endings = field.accept?.join(' ') ?? '';
    return [
      ...strange.map((name) =>
        wrong(field, `“${name}”的类型不符，应为 ${endings}。`, `“${name}” is of another kind; accepted are ${endings}.`),
      ),
      ...empty.map((name) => wrong(field, `“${name}”是空文件。`, `“${name}” is empty.`)),
    ];
  },
};

/** A price that shows before its envelope is opened gets a bid rejected; as far as words and file names tell, it is caught here. */
function priceElsewhere({ bid, form, parts = ['whole'] }: Checked): readonly Finding[] {
  const price = parseYuan(bid.price);
  if (!isCut(parts) || price === undefined) return [];
  const home = envelopeOf(form.find((field) => field.key === 'price')?.part, parts);
  const digits = bid.price.replace(/\.00$/, '');
  const shown = (text: string): boolean => digits.length > 3 && text.replace(/[,，\s]/g, '').includes(digits);
  return form
    .filter((field) => envelopeOf(field.part, parts) !== home)
    .filter((field) => shown(bid.figures[field.key] ?? '') || bid.files.some((file) => file.field === field.key && shown(file.name)))
    .map((field) =>
      wrong(
        field,
        '这里出现了投标报价：先开启的信封不得显示报价，否则投标将被否决。',
        'The price shows here: an envelope that is opened earlier must not show it, or the bid is rejected.',
      ),
    );
}

/** Several who bid as one: said here, since the opening would have to turn the bid away. */
function jointFindings({ bid, form, bidder, limits: { joint } }: Checked): readonly Finding[] {
  const field = form.find(({ key }) => key === membersKey);
  const alone = membersOf(bid).length === 0;
  if (!field || (alone && bid.files.every((file) => file.field !== agreementKey))) return [];
  if (alone)
    return [
      doubt(
        field,
        '附了联合体协议，但没有填写成员：将按单独投标密封。',
        'There is an agreement but no member: the bid is sealed as one made alone.',
      ),
    ];
  // on a computer without a line it is the certificate that says whose bid it is
  const lead = bidder === '' ? (membersOf(bid)[0]?.code ?? '') : bidder;
  const trouble = jointTrouble({ ...bid, bidder: lead }, { joint, here: true });
  return trouble === null ? [] : [wrong(field, ...jointWords[trouble], field.rule?.source)];
}

const jointWords: Readonly<Record<JointTrouble, readonly [string, string]>> = {
  refused: ['本标段不接受联合体投标。', 'This lot accepts no joint bids.'],
  members: [
    '联合体至少两家，第一行须为牵头人，即投标单位，同一成员不得重复。',
    'A joint venture has two members at least, the first row is the lead, which is the bidder, and nobody stands there twice.',
  ],
  many: ['联合体成员多于招标公告载明的家数。', 'There are more members than the notice allows.'],
  agreement: ['联合体投标须附共同投标协议。', 'A joint bid needs the agreement of its members.'],
};

function aboveCeiling(field: BidField, price: Fen, ceiling: string | null): readonly Finding[] {
  const limit = ceiling === null ? undefined : parseYuan(ceiling);
  if (limit === undefined || price <= limit) return [];
  const over = [withSeparators(limit), withSeparators(fen(price - limit))] as const;
  return [
    wrong(
      field,
      `高于最高投标限价 ${over[0]} 元（超出 ${over[1]} 元），评标时将被否决。`,
      `Above the ceiling price of ${over[0]} yuan (by ${over[1]}): the evaluation would reject it.`,
      field.rule?.source,
    ),
  ];
}

function dayLimits(field: BidField, days: number, limits: Limits): readonly Finding[] {
  const { source } = field.rule ?? {};
  if (field.key === 'periodDays' && days > limits.periodDays)
    return [
      wrong(
        field,
        `长于招标文件要求的 ${limits.periodDays} 天。`,
        `Longer than the ${limits.periodDays} days the documents allow.`,
        source,
      ),
    ];
  if (field.key === 'validityDays' && days < limits.bidValidityDays)
    return [
      wrong(
        field,
        `短于招标文件要求的 ${limits.bidValidityDays} 天。`,
        `Shorter than the ${limits.bidValidityDays} days the documents ask.`,
        source,
      ),
    ];
  return [];
}

/** A table of amounts should add up to the price; where the form has several tables, none of them need be the whole. */
function differsFromPrice(field: BidField, total: Fen | null, { bid, form }: Checked): readonly Finding[] {
  const price = parseYuan(bid.price);
  if (total === null || price === undefined || form.filter((each) => each.kind === 'table').length !== 1 || total === price) return [];
  const size = fen(total > price ? total - price : price - total);
  const [sum, difference] = [withSeparators(total), withSeparators(size)];
  return [
    doubt(
      field,
      `合计 ${sum} 元，与投标报价相差 ${difference} 元。`,
      `It adds up to ${sum} yuan; that differs from the price by ${difference}.`,
    ),
  ];
}

/** A person of the form as one text, for reading aloud: `王工（鄂1422021202103456）`. */
export const personText = ({ name, number }: { readonly name: string; readonly number: string }): string =>
  name.trim() === '' && number.trim() === '' ? '' : `${name.trim()}（${number.trim()}）`;

/** The person in such a text. */
export function readPerson(text: string): { readonly name: string; readonly number: string } {
  const read = /^(.*)（(.*)）$/su.exec(text);
  return { name: (read?.[1] ?? text).trim(), number: (read?.[2] ?? '').trim() };
}
