import { type Expected, receiptProves } from '../bids/receipt.ts';
import { parseVerifierKey } from '../journal/checkpoint.ts';
import type { Receipt } from '../journal/receipt.ts';
import { Trouble } from './desk-parts.ts';
import { ask, isOffline, Refused } from './platform.ts';

/** The public keys of the node (GET /api/keys), as far as this room needs them. */
export interface NodeKeys {
  readonly platform: string | null;
  readonly earlier: readonly string[];
  /** issuing authority and root, PEM */
  readonly authority: string;
  /** those of the national suite */
  readonly authoritySm2: string | null;
}
export const nodeKeys = (): Promise<NodeKeys> => ask<NodeKeys>('/keys');

/** Whether a receipt proves what it should, under one of the node's keys. */
export const receiptHolds = (receipt: unknown, { platform, earlier }: NodeKeys, expected: Expected): receipt is Receipt =>
  [platform, ...earlier].some((vkey) => {
    const key = vkey === null ? undefined : parseVerifierKey(vkey);
    return key !== undefined && receiptProves(receipt, key, expected);
  });

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How often a receipt is asked for before saying that it does not come: about three minutes. */
const mostTries = 70;

/** Waits until the event stands in the journal and verifies its receipt. Throws `Trouble` when it does not come, or does not hold. */
export async function verifiedReceipt(event: string, expected: Expected): Promise<Receipt> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      const receipt = await ask<unknown>(`/receipts/${event}`);
      if (receiptHolds(receipt, await nodeKeys(), expected)) return receipt;
      throw doesNotHold();
    } catch (error) {
      const passes = isOffline(error) || (error instanceof Refused && error.status >= 500);
      if (!passes) throw error;
      await pause(Math.min(3000, 300 + tries * 200));
    }
  }
  throw doesNotCome();
}

const doesNotHold = (): Trouble =>
  new Trouble(
    { zh: '回执核验不通过。', en: 'The receipt does not verify.' },
    {
      zh: '平台给出的回执不能证明这份投标已写入公开日志，因此不能认为已经递交。',
      en: 'What the platform answered does not prove that this bid stands in the public journal: do not count it as submitted.',
    },
    {
      zh: '请保留本页截图，立即联系监管部门和交易中心；密封文件仍在本浏览器，可再次递交。',
      en: 'Keep a picture of this page and call the regulator and the trading centre at once; the sealed file is still here and can be submitted again.',
    },
  );
const doesNotCome = (): Trouble =>
  new Trouble(
    { zh: '平台已收到，但回执还没有出来。', en: 'The platform has received it, but there is no receipt yet.' },
    {
      zh: '日志暂时没有给出编号；在核验回执之前，请不要认为已经递交。',
      en: 'The journal has not numbered it yet; do not count it as submitted before the receipt is verified.',
    },
    {
      zh: '请过一会儿刷新本页，本页会继续核验；截止前仍无回执请联系交易中心。',
      en: 'Reload the page in a while, it goes on verifying; call the trading centre if none comes before the deadline.',
    },
  );
