import { type WithdrawalStatement, withdrawalBytes } from '../bids/statement.ts';
import { base64 } from '../kernel/bytes.ts';
import { signDetached } from '../sealing/signature.ts';
import type { Signer } from '../sealing/signer.ts';
import { verifiedReceipt } from './bid-receipt.ts';
import { serverNow } from './clock.ts';
import { Trouble } from './desk-parts.ts';
import { ask, isOffline, Refused } from './platform.ts';

/** Withdraws a bid under the organisation's signature and waits until the withdrawal stands in the journal. Throws `Trouble`. */
export async function withdrawBid(given: {
  readonly lot: string;
  readonly bidder: string;
  readonly submission: string;
  readonly signer: Signer;
  readonly csrf: string;
}): Promise<void> {
  const { lot, bidder, submission, signer, csrf } = given;
  const at = serverNow();
  const statement: WithdrawalStatement = { format: 'yangguang/withdrawal/v1', submission, lot, bidder, at };
  try {
    const signature = base64(await signDetached(withdrawalBytes(statement), signer, at));
    const { event } = await ask<{ event: string }>(`/lots/${lot}/bids/withdrawal`, { csrf, body: { statement, signature } });
    await verifiedReceipt(event, { types: ['bid.withdrawn'], lot, bidder, submission, deadline: null });
  } catch (error) {
    if (error instanceof Refused) throw refused(error);
    throw isOffline(error) ? unanswered() : error;
  }
}

const refused = ({ says }: Refused): Trouble =>
  new Trouble(
    says,
    { zh: '投标没有撤回，仍然有效。', en: 'The bid was not withdrawn and still counts.' },
    { zh: '请按提示处理后再试。', en: 'Mend it and try again.' },
  );
const unanswered = (): Trouble =>
  new Trouble(
    { zh: '连不上平台。', en: 'The platform cannot be reached.' },
    { zh: '撤回没有得到答复，可能没有送达。', en: 'There was no answer; the withdrawal may not have arrived.' },
    { zh: '网络恢复后刷新本页，看投标的状态。', en: 'When the network is back reload the page and look at the state of your bid.' },
  );
