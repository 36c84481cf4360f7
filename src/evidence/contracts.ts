import { acceptanceShape, type ContractDeed, type DeedText, deedBytes, deedShape } from '../contracts/deed.ts';
import { base64url, fromBase64 } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import { signedNear } from '../openings/hall-statement.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { sha256 } from '../sealing/digest.ts';
import { verifyDetached } from '../sealing/signature.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';
import { fallOf } from './signers.ts';

/**
 * A contract that was signed here says what was awarded, and each side signed the very bytes with a certificate that then stood; so did each change, from
 * the price before it to the price after. A reader who may not see the texts finds only that a contract was registered.
 */
export async function checkContracts(history: History, list: Checklist, lot: string, anchors: readonly Certificate[]): Promise<void> {
  const texts = new Map<string, DeedText>();
  for (const { index, data } of history.all('deed.drafted')) {
    const about = fill({ zh: '事件 {index} 的合同文本与其摘要一致', en: "Event {index}'s text of the contract has its digest" }, { index });
    const read = deedShape.safeParse(data.text);
    list.that(about, read.success && read.data.lot === lot && base64url(sha256(deedBytes(read.data))) === data.sha256);
    texts.set(data.sha256, read.data);
  }
  for (const signed of history.all('deed.signed')) await checkSide(history, list, { signed, texts, anchors });
  checkConcluded(history, list, texts);
  for (const entry of history.all('milestone.inspected')) await checkInspection(history, list, { entry, texts, anchors });
}

const contractIn = (texts: ReadonlyMap<string, DeedText>): ContractDeed | undefined =>
  [...texts.values()].findLast((each) => each.format === 'yangguang/contract/v1');

interface Signing {
  readonly texts: ReadonlyMap<string, DeedText>;
  readonly anchors: readonly Certificate[];
}

async function checkSide(history: History, list: Checklist, given: Signing & { readonly signed: Placed<'deed.signed'> }): Promise<void> {
  const { signed, texts, anchors } = given;
  const { sha256: digest, side, signature } = signed.data;
  const about = fill({ zh: '事件 {index} 的合同由该方签署', en: 'Event {index}: that side signed the contract' }, { index: signed.index });
  const text = texts.get(digest);
  const contract = text?.format === 'yangguang/contract/v1' ? text : contractIn(texts);
  list.that(about, text !== undefined && contract !== undefined, { zh: '日志中没有这份文本', en: 'the journal holds no such text' });
  await checkSigner(history, list, { about, entry: signed, bytes: deedBytes(text), signature, code: contract[side].code, anchors });
}

async function checkInspection(
  history: History,
  list: Checklist,
  { entry, texts, anchors }: Signing & { readonly entry: Placed<'milestone.inspected'> },
): Promise<void> {
  const { index, at, data } = entry;
  const about = fill({ zh: '事件 {index} 的验收由招标人签名', en: 'Event {index}: the tenderee signed the inspection' }, { index });
  const read = acceptanceShape.safeParse(data.statement);
  const contract = contractIn(texts);
  const moment = parseInstant(at);
  list.that(about, read.success && contract !== undefined && moment !== undefined);
  const { milestone, passed, contract: digest } = read.data;
  list.that(about, milestone === data.milestone && passed === data.passed && signedNear(read.data.at, moment), {
    zh: '签名的不是日志所载的验收',
    en: 'what was signed is not what the journal says',
  });
  list.that(about, texts.get(digest) === contract, { zh: '验收的是另一份合同', en: 'another contract was inspected' });
  const signer = { about, entry, bytes: deedBytes(read.data), signature: data.signature, code: contract.tenderee.code, anchors };
  await checkSigner(history, list, signer);
}

interface Signer {
  readonly about: { readonly zh: string; readonly en: string };
  readonly entry: { readonly index: number; readonly at: string };
  readonly bytes: Uint8Array;
  readonly signature: string;
  /** whose certificate it must be */
  readonly code: string;
  readonly anchors: readonly Certificate[];
}

async function checkSigner(history: History, list: Checklist, signer: Signer): Promise<void> {
  const { about, entry, bytes, signature, code, anchors } = signer;
  const [der, at] = [fromBase64(signature), parseInstant(entry.at)];
  list.that(about, der !== undefined && at !== undefined);
  const verdict = await verifyDetached(der, bytes, { anchors, at });
  list.that(about, verdict.ok, verdict.ok ? undefined : verdict.problem.title);
  list.that(about, verdict.code === code, { zh: '证书属于他人', en: 'the certificate is somebody else’s' });
  const fall = fallOf(history, verdict.signer.serial, entry);
  list.that(about, fall === null, { zh: `证书此前已不能使用：${fall}`, en: `the certificate did not stand any more: ${fall}` });
}

/** What both signed is what was awarded and registered; each change starts at the price before it. */
function checkConcluded(history: History, list: Checklist, texts: ReadonlyMap<string, DeedText>): void {
  let price: string | undefined;
  for (const { index, data } of history.all('deed.concluded')) {
    const about = fill(
      { zh: '事件 {index} 的合同经双方签署，内容与中标结果一致', en: 'Event {index}: both sides signed what was awarded' },
      { index },
    );
    const text = texts.get(data.sha256);
    const sides = history.all('deed.signed').filter((each) => each.data.sha256 === data.sha256 && each.index < index);
    list.that(about, text !== undefined && sides.length === 2 && new Set(sides.map((each) => each.data.side)).size === 2);
    if (text.format === 'yangguang/contract/v1') {
      const award = history.all('award.determined').findLast((each) => each.index < index)?.data;
      list.that(about, award?.submission === text.submission && award.bidder === text.contractor.code && award.price === text.price, {
        zh: '合同与中标结果不一致',
        en: 'the contract is not what was awarded',
      });
      const registered = history.one('contract.registered')?.data;
      list.that(about, registered === undefined || registered.sha256 === data.sha256, {
        zh: '登记的是另一份合同',
        en: 'another contract was registered',
      });
    } else {
      list.that(about, text.was === price, { zh: '变更前的价款不是当时的合同价', en: 'it changes another price than the one that stood' });
    }
    price = text.price;
  }
}
