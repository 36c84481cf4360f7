import type { Language, Words } from '../kernel/words.ts';
import type { Check, Verification } from './checks.ts';

/** A verification in words: the same lines in a terminal, on a page and on paper. */

export const verdictWords: Readonly<Record<Verification['result'], Words>> = {
  verified: { zh: '已核验', en: 'verified' },
  refuted: { zh: '不成立', en: 'refuted' },
  unreadable: { zh: '无法读取', en: 'unreadable' },
};

/** One check as its line. */
export const checkLine = ({ says, ok, why }: Check, language: Language): string =>
  `${ok ? '✓' : '✗'} ${says[language]}${why === undefined ? '' : ` — ${why[language]}`}`;

/** What stands under the checks: the verdict with its reason, then what a reader must know besides. */
export function closingLines(verdict: Verification, language: Language): string[] {
  const why = verdict.result === 'verified' ? '' : `${language === 'zh' ? '：' : ': '}${verdict.why[language]}`;
  return [`${verdictWords[verdict.result][language]}${why}`, ...verdict.notes.map((note) => `! ${note[language]}`)];
}

/** What it means for a person that a file of some kind verifies, and what no file of that kind can show. */
export interface Meaning {
  readonly title: Words;
  readonly shows: readonly Words[];
  readonly open: readonly Words[];
}

const keyIsTrue: Words = {
  zh: '平台公钥确属平台：请与您自己记下的、或监督部门和公报给出的核对。',
  en: 'That the platform’s key is the platform’s: compare it with the one you noted down, or that the supervisor or the gazette gave you.',
};
const councilIsTrue: Words = {
  zh: '开标委员会公钥是公布的那一把：请与平台公布的核对，或核验整个证据包。',
  en: 'That the council’s key is the published one: compare it, or verify the whole bundle.',
};
const nothingLeftOut: Words = {
  zh: '没有遗漏事件：日志的每一项都加盐，外人看不出缺了什么。但投标人持有回执：他的投标不在其中，回执就是证据。',
  en: 'That no event was left out: every leaf is blinded, so strangers cannot see a gap. But a bidder holds a receipt: where its bid is missing, the receipt is the proof.',
};
const authoritiesAreReal: Words = {
  zh: '证书出自真正的证书机构：请核对签发机构。',
  en: 'That the certificates come from a real authority: compare the issuer.',
};

const meanings: Readonly<Record<string, Meaning>> = {
  'yangguang/evidence/v1': {
    title: { zh: '整个招标的证据包', en: 'The evidence bundle of a whole tender' },
    shows: [
      {
        zh: '每个事件都在平台（和见证人）签名的日志里，一字未改，先后未动。',
        en: 'Every event stands in the journal that the platform (and its witnesses) signed, word for word and in its order.',
      },
      {
        zh: '截止以后没有收标，截标以前没有开标，开标名单正是截标时的名单，每份投标由投标人签名。',
        en: 'No bid was taken after the deadline, nothing was opened before the closing, exactly the closing list was opened, and each bid was signed by its bidder.',
      },
      {
        zh: '开标由达到门限的几家机构共同完成，每家的份额都有证明；任何一家不能单独开启。',
        en: 'Enough institutions opened it together, each proving its share; none could have done so alone.',
      },
      {
        zh: '抽取先申请、后产生随机数；抽取、评分、排序、公示和定标重新计算，与记录一致。',
        en: 'Draws were asked for before their number existed; draws, scores, ranking, publicity and award come out as recorded when computed again.',
      },
    ],
    open: [keyIsTrue, authoritiesAreReal, nothingLeftOut],
  },
  'yangguang/receipt/v1': {
    title: { zh: '一个事件的回执', en: 'The receipt of one event' },
    shows: [
      {
        zh: '这个事件一字不差地在平台签名的日志里，占着这个编号，带着这个时间。',
        en: 'This event stands in the journal that the platform signed, word for word, under this number and with this time.',
      },
      { zh: '平台以后不能否认、改动或移走它。', en: 'The platform can no longer deny, change or move it.' },
      {
        zh: '如果是投标的回执：这份投标（标段、加密文件的摘要和长度、所用密封程序的版本）在该时刻已由平台收下；文件当时还没有传完的，会写明是先行承诺。',
        en: 'Of a bid: that the platform had taken it at that time, with its lot, the digests and lengths of the sealed files and the build that sealed them; where the bytes were still to come, it says that it is a commitment.',
      },
    ],
    open: [
      keyIsTrue,
      {
        zh: '事件里所写的是否属实：回执证明记录了什么，不证明别的。',
        en: 'That what the event says is true: a receipt proves what was recorded, and nothing else.',
      },
      {
        zh: '投标文件里面写了什么，以及密封程序是否真是它自称的版本：存心作假的页面可以谎报（见 /clients）。',
        en: 'What stands inside a bid, and that the sealing program was the build it names: a page made to deceive can lie about itself (see /clients).',
      },
    ],
  },
  'yangguang/opening/v1': {
    title: { zh: '开标解密记录', en: 'The transcript of an opening' },
    shows: [
      {
        zh: '达到门限的不同机构各自给出了份额，每份证明成立，任意组合得出同一结果。',
        en: 'Enough different institutions gave their shares; each proof holds, and any of them together lead to the same result.',
      },
      {
        zh: '完整版还表明：每份投标确为本标段、该投标人密封，哪几份能解封。',
        en: 'The full edition shows besides that each bid was sealed for this lot and bidder, and which of them unwrap.',
      },
    ],
    open: [
      councilIsTrue,
      {
        zh: '名单是否完整、开标时间：请核验整个证据包。',
        en: 'That the list is complete, and when it was opened: the whole bundle shows that.',
      },
    ],
  },
  'yangguang/draw-transcript/v1': {
    title: { zh: '抽取记录', en: 'The transcript of a draw' },
    shows: [
      {
        zh: '随机数由几家机构对封存的名单共同产生，谁也不能挑选；由它重新计算，抽中的正是这些。',
        en: 'Several institutions together made the number from the list as fixed, and none could choose it; computed again from it, the same are drawn.',
      },
    ],
    open: [councilIsTrue, { zh: '只抽了这一次：请核验整个证据包。', en: 'That it was drawn only once: the whole bundle shows that.' }],
  },
};
const computation: Meaning = {
  title: { zh: '评标、带量采购或竞价数据', en: 'The data of an evaluation, allocation or auction' },
  shows: [
    {
      zh: '按文件中的办法和输入重新计算，结果与所载一致。',
      en: 'By the method and inputs in the file, the result comes out as it states.',
    },
  ],
  open: [
    {
      zh: '输入是否属实：单独的数据没有签名，请核验整个证据包。',
      en: 'That the inputs are true: alone these data bear no signature; the whole bundle shows it.',
    },
  ],
};

/** What verifying a file of this format establishes. */
export const meaningOf = (format: string): Meaning => meanings[format] ?? computation;
