import { z } from 'zod';
import { membersOf } from '../bids/joint.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import type { Part } from '../sealing/shapes.ts';
import { partFact } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { clashFacts, jointFlaw } from './joint-rules.ts';
import { alreadyOpened, unknownTask } from './problems.ts';
import { OpeningItem } from './schema.ts';
import { signersJudged } from './signer-reads.ts';
import { notSuspended } from './suspension.ts';

const opened = z.object({
  valid: z.literal(true),
  bid: z.record(z.string(), z.unknown()),
  packageKey: z.string(),
  packageSha256: z.string(),
  signer: z.string(),
  signerFingerprint: z.string(),
  /** who signed beside the bidder, where several bid as one */
  members: z.array(z.object({ code: z.string(), serial: z.string(), fingerprint: z.string() })).default([]),
});
const invalid = z.object({
  valid: z.literal(false),
  reason: z.string(),
  /** whose fault the evidence shows: `bidder` (撤销) or `platform` (撤回) */
  attributedTo: z.enum(['bidder', 'platform']),
});

/** Records what became of one envelope once the council's points were combined. One bid that fails never holds the others. */
export const openBid = act({
  name: 'open-bid',
  by: ['system'],
  says: { zh: '解密投标文件', en: 'Open a bid' },
  takes: z.object({ lot: idField, item: idField, outcome: z.discriminatedUnion('valid', [opened, invalid]) }),
  async run(call, { lot: lotId, item: itemId, outcome: found }) {
    const lot = await lock(call, Lot, lotId);
    allow('open-bid', lot.phase);
    await notSuspended(call, lot.id);
    const item = await call.em.findOne(OpeningItem, { id: itemId, lot: lot.id });
    if (!item) throw unknownTask();
    if (item.state !== 'sealed') throw alreadyOpened();
    const { submission, bidder } = item;
    const part = partFact(termsOf(lot).parts, item.part as Part);
    const { refused, note } = found.valid ? await signersJudged(call.em, lot, item, signersOf(found, bidder), call.now) : noSigners;
    const flaw = refused ?? (found.valid ? await jointFlaw(call.em, lot, item, found.bid) : null);
    const outcome = flaw === null ? found : ({ valid: false, reason: flaw, attributedTo: 'bidder' } as const);
    if (!outcome.valid) {
      item.state = 'invalid';
      item.reason = outcome.reason;
      item.attributedTo = outcome.attributedTo;
      const { reason, attributedTo } = outcome;
      const signer = found.valid ? { signer: found.signer, ...(found.members.length > 0 ? { members: signedBy(found) } : {}) } : {};
      const invalidity = fact('bid.invalid', { lot: lot.id }, { submission, bidder, ...part, reason, attributedTo, ...signer });
      return { result: { state: item.state }, facts: [invalidity, ...(await clashFacts(call.em, lot, item))] };
    }
    item.state = 'opened';
    item.note = note;
    item.bid = outcome.bid;
    item.packageKey = outcome.packageKey;
    item.packageSha256 = outcome.packageSha256;
    const { packageSha256, signer } = outcome;
    const members = outcome.members.length > 0 ? { members: signedBy(outcome) } : {};
    const opening = { submission, bidder, ...part, packageSha256, signer, ...members, ...(note && { note }) };
    const clashes = await clashFacts(call.em, lot, item);
    return { result: { state: item.state }, facts: [fact('bid.opened', { lot: lot.id }, opening), ...clashes] };
  },
});

type Opened = z.infer<typeof opened>;
const noSigners = { refused: null, note: null };

/** Whose certificates signed the package: the bidder's, and those of the others it bids with. */
const signersOf = ({ signer, signerFingerprint, members }: Opened, bidder: string) => [
  { code: bidder, serial: signer, fingerprint: signerFingerprint },
  ...members,
];

/** The other members of a joint bid, as its form names them, each with the serial number of the certificate that signed. */
function signedBy({ bid, members }: Opened) {
  const names = new Map(membersOf(bid as Parameters<typeof membersOf>[0]).map(({ code, name }) => [code, name]));
  return members.map(({ code, serial }) => ({ code, name: names.get(code) ?? code, signer: serial }));
}
