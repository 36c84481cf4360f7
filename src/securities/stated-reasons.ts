import type { Words } from '../kernel/words.ts';

/** How the security of a bid may stand when it is stated. */
export const statedReasons = {
  full: { zh: '足额', en: 'in full' },
  partial: { zh: '未足额', en: 'not in full' },
  late: { zh: '截止后到账，不计入', en: 'after the deadline: does not count' },
  'wrong-payer': { zh: '付款人或账户不符，不计入', en: 'other payer or account: does not count' },
  none: { zh: '未提交', en: 'none' },
  guarantee: { zh: '保函，签名核验通过', en: 'guarantee, signature verified' },
  'guarantee-unchecked': { zh: '保函，由评标委员会审查', en: 'guarantee, for the panel to look at' },
} as const satisfies Record<string, Words>;
export type StatedReason = keyof typeof statedReasons;

/** Of these nothing is left to judge: what counts and what does not follows from the statements of the bank, or from the issuer's signature. */
const computed: ReadonlySet<string> = new Set<StatedReason>(['full', 'partial', 'late', 'wrong-payer', 'none', 'guarantee']);
export const isComputed = (reason: string): reason is StatedReason => computed.has(reason);

const known: Readonly<Record<string, Words>> = statedReasons;
export const saidOf = (reason: string): Words => known[reason] ?? { zh: reason, en: reason };
