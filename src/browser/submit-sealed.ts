import type { OwnBids } from '../bids/reads.ts';
import type { Expected } from '../bids/receipt.ts';
import { type Head, headOf } from '../bids/sealed-bid.ts';
import { signStatement } from '../bids/sealing.ts';
import type { Receipt } from '../journal/receipt.ts';
import { readEnvelopeHeader } from '../sealing/envelope.ts';
import type { Signer } from '../sealing/signer.ts';
import { verifiedReceipt } from './bid-receipt.ts';
import { isUploaded, type SealedBid, type SealedEnvelope } from './bid-store.ts';
import { serverNow } from './clock.ts';
import { Trouble } from './desk-parts.ts';
import { ask, isOffline, Refused } from './platform.ts';
import { openFile } from './private-files.ts';

export interface Submitting {
  readonly sealed: SealedBid;
  readonly csrf: string;
  /** asked for only when the statement must be signed anew */
  readonly signer: () => Promise<Signer | null>;
  readonly keep: (sealed: SealedBid) => Promise<void>;
}

export const deskOf = (lot: string): Promise<OwnBids> => ask<OwnBids>(`/lots/${lot}/bids`);

/**
 * Submits an uploaded bid and answers it with the event of its receipt; null when a key is still to be chosen. A submission whose answer was lost is
 * recognised, and one that replaces another bid than it says is signed anew.
 */
export async function submitSealed({ sealed, csrf, signer, keep }: Submitting): Promise<SealedBid | null> {
  try {
    const { lot, id } = sealed.statement;
    const desk = await deskOf(lot);
    const there = desk.submissions.find((each) => each.id === id);
    if (there) return await noted({ ...sealed, event: there.event }, keep);
    const ready = await renewed(sealed, desk, signer);
    if (ready === null) return null;
    await keep(ready);
    const uploads = Object.fromEntries(ready.envelopes.map(({ part, uploadUrl }) => [part, uploadId(uploadUrl ?? '')]));
    const [only] = ready.statement.parts;
    const under = only && ready.head ? { heads: { [only.part]: ready.head } } : {};
    const heads = ready.head ? under : isUploaded(ready) ? {} : { heads: await headsIn(ready) };
    const body = { statement: ready.statement, signature: ready.signature, uploads, ...heads };
    const { event } = await ask<{ event: string }>(`/lots/${lot}/bids`, { csrf, body });
    return await noted({ ...ready, event }, keep);
  } catch (error) {
    throw troubleOf(error);
  }
}

async function noted(sealed: SealedBid, keep: Submitting['keep']): Promise<SealedBid> {
  await keep(sealed);
  return sealed;
}

/** The statement names what it replaces; when that has changed since, it must be signed again. */
async function renewed(sealed: SealedBid, desk: OwnBids, signer: Submitting['signer']): Promise<SealedBid | null> {
  const current = desk.submissions.find((each) => each.status === 'current')?.id ?? null;
  if (sealed.statement.supersedes === current) return sealed;
  const key = await signer();
  if (key === null) return null;
  const statement = { ...sealed.statement, supersedes: current, at: serverNow() };
  return { ...sealed, statement, signature: await signStatement(statement, key) };
}

/** The council stanzas of the envelopes that have not arrived: with them a bid is committed while its bytes are still on their way. */
async function headsIn({ envelopes }: SealedBid): Promise<Record<string, Head>> {
  const heads: Record<string, Head> = {};
  for (const { part, file, uploaded } of envelopes) if (!uploaded) heads[part] = await headIn(file);
  return heads;
}

async function headIn(file: SealedEnvelope['file']): Promise<Head> {
  const content = await openFile(file);
  const read = content && (await readEnvelopeHeader(new Uint8Array(await content.slice(0, headBytes).arrayBuffer())));
  if (!read?.ok) throw new Error('the sealed file has no readable head');
  return headOf(read.header);
}
const headBytes = 16 * 1024;

const uploadId = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** Waits until the platform has recorded that the bytes of a committed bid are there, and verifies that receipt too. */
export async function receiptOfCompletion({ statement }: SealedBid): Promise<Receipt> {
  const { lot, bidder, id: submission } = statement;
  for (let tries = 0; ; tries += 1) {
    const desk = await deskOf(lot).catch((error: unknown) => {
      if (isOffline(error)) return undefined;
      throw error;
    });
    const event = desk?.submissions.find((each) => each.id === submission)?.completionEvent;
    if (event) return verifiedReceipt(event, { types: ['bid.completed'], lot, bidder, submission, deadline: null });
    if (tries >= 90) throw notCompleted();
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

const notCompleted = (): Trouble =>
  new Trouble(
    { zh: '文件已传完，但平台还没有确认。', en: 'The bytes were sent, but the platform has not confirmed them.' },
    { zh: '没有第二张回执，请不要认为投标已计入。', en: 'Without the second receipt do not take the bid as counted.' },
    {
      zh: '请刷新本页，本页会继续核验；仍没有请立即联系交易中心。',
      en: 'Reload this page, it goes on; if none comes call the trading centre at once.',
    },
  );

/** Waits for the receipt of a submitted bid and verifies that it is about exactly this bid. */
export function receiptOfSealed(sealed: SealedBid, desk: OwnBids): Promise<Receipt> {
  const { statement, event } = sealed;
  if (event === null) throw new Error('the bid is not submitted yet');
  const expected: Expected = {
    types: ['bid.received', 'bid.replaced'],
    lot: statement.lot,
    bidder: statement.bidder,
    submission: statement.id,
    parts: statement.parts,
    deadline: desk.lot.deadline,
  };
  return verifiedReceipt(event, expected);
}

function troubleOf(error: unknown): unknown {
  if (isOffline(error))
    return new Trouble(
      { zh: '连不上平台。', en: 'The platform cannot be reached.' },
      {
        zh: '递交没有得到答复；投标可能没有送达。已上传的文件没有丢失。',
        en: 'There was no answer; the bid may not have arrived. What was uploaded is not lost.',
      },
      {
        zh: '网络恢复后再点“递交投标文件”：如果其实已经送达，本页会认出来。',
        en: 'When the network is back press “Submit” again: if it did arrive, this page will recognise it.',
      },
    );
  if (!(error instanceof Refused)) return error;
  if (error.status === 401 || error.problem === 'form-expired')
    return new Trouble(
      { zh: '登录已失效。', en: 'You are no longer signed in.' },
      { zh: '投标没有递交；已上传的文件没有丢失。', en: 'The bid was not submitted; what was uploaded is not lost.' },
      { zh: '请在新标签页登录，再刷新本页并递交。', en: 'Sign in again in another tab, reload this page and submit.' },
    );
  return new Trouble(
    error.says,
    { zh: '投标没有递交，平台没有保存任何内容。', en: 'The bid was not submitted; the platform kept nothing.' },
    remedyFor(error.problem),
  );
}

function remedyFor(problem: string): { zh: string; en: string } {
  switch (problem) {
    case 'bidding-closed':
      return { zh: '截止时间由数据库时钟判定，不能补交。', en: 'The database’s clock decides; nothing can be handed in later.' };
    case 'not-your-certificate':
    case 'signature-refused':
      return {
        zh: '请换用本单位有效的证书，重新签名、密封。',
        en: 'Choose a valid certificate of your organisation, then sign and seal again.',
      };
    case 'newer-bid-exists':
      return {
        zh: '请刷新本页，核对现有递交后再决定是否替换。',
        en: 'Reload the page and look at what is submitted before you replace it.',
      };
    default:
      return { zh: '请重新密封、上传后再递交。', en: 'Seal and upload again, then submit.' };
  }
}
