import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { trustAt } from '../parties/authority-reads.ts';
import { standingCertificate } from '../parties/certificate-reads.ts';
import { cite, electronicOrder, platformRule, tenderingLaw } from '../rulebook/law.ts';
import { checkLabelProof } from '../sealing/envelope.ts';
import { graceMinutes } from '../sealing/grace.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { type InnerSeal, type SubmissionStatement, submissionBytes, submissionShape } from '../sealing/statement.ts';
import { termsOf } from '../tenders/lot.ts';
import { peopleOf } from '../tenders/lot-people.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { thoseWhoStayed } from './last-offers.ts';
import {
  biddingClosed,
  documentsFirst,
  notOwnCertificate,
  signatureRefused,
  somethingNewer,
  statementRefused,
  uploadDiffers,
  uploadIncomplete,
  uploadSpent,
  wronglySealed,
} from './problems.ts';
import { Envelope, Interest, Submission, Upload } from './schema.ts';
import { type Head, headShape } from './sealed-bid.ts';

const law28 = cite(tenderingLaw, '28');
const order27 = cite(electronicOrder, '27');

/** Compared in the transaction that records the bid, by the database's clock; at the deadline itself it is too late. */
export const beforeDeadline: Rule<{ readonly now: string; readonly deadline: string | null | undefined }> = rule({
  id: 'BID-DEADLINE',
  acts: ['submit-bid', 'withdraw-bid'],
  certainty: 'V',
  source: { zh: `${law28.zh}；${order27.zh}`, en: `${law28.en}; ${order27.en}` },
  says: { zh: '投标截止时间后送达的投标文件，平台拒收。', en: 'A bid that arrives at or after the deadline is refused.' },
  problem: biddingClosed,
  refuses: ({ now, deadline }) => !deadline || now >= deadline,
});

/** Whoever did not take the documents while they were given out takes no part. Asked about the bidder's own organisation only. */
export const documentsBefore: Rule<{ readonly collected: boolean }> = rule({
  id: 'BID-DOCUMENTS',
  acts: ['submit-bid'],
  source: cite(platformRule),
  says: { zh: '未按规定获取招标文件的，不能投标。', en: 'Only those who collected the tender documents may bid.' },
  problem: documentsFirst,
  refuses: ({ collected }) => !collected,
});

/** Bytes may be awaited only where the notice says how long, and when the head is known: without it the label proof cannot be checked in time. */
export const commitmentKnown: Rule<{ readonly head: boolean; readonly grace: boolean }> = rule({
  id: 'BID-COMMITMENT',
  acts: ['submit-bid'],
  source: cite(platformRule),
  says: {
    zh: '文件尚未传完的，须随声明递交信封头，且公告规定了宽限，才可先行承诺。',
    en: 'A bid whose bytes are still on their way is taken only with the heads of its envelopes, and where the notice gives a grace.',
  },
  problem: uploadIncomplete,
  refuses: ({ head, grace }) => !head || !grace,
});

/**
 * Takes a sealed bid, or one that replaces an earlier one. The platform checks what it can without looking inside: the statement and its
 * signature, the digest of what was uploaded, and that the envelope is sealed for this lot and bidder. Bytes that are still on their way may
 * follow within the grace (`complete-bid`): the bid is committed, and counts only when they came. A refused bid leaves nothing.
 */
export const submitBid = act({
  name: 'submit-bid',
  by: ['bidder'],
  says: { zh: '递交投标文件', en: 'Submit a bid' },
  takes: z.object({
    lot: idField,
    statement: submissionShape,
    /** base64 of the detached CMS */
    signature: z.base64().max(30_000),
    /** upload id of each part */
    uploads: z.record(z.string(), z.string()),
    /** the head of each envelope whose bytes are still on their way: with it the bid is committed */
    heads: z.record(z.string(), headShape).optional(),
  }),
  async run(call, { lot: lotId, statement, signature, uploads, heads }) {
    const lot = await lock(call, Lot, lotId);
    uphold([beforeDeadline], { now: call.now, deadline: lot.deadline });
    allow('submit-bid', lot.phase);
    const { code, organisationName } = call.by;
    uphold([thoseWhoStayed], { mayOffer: await peopleOf.mayOffer(call.em, lot.id, code ?? '') });
    uphold([documentsBefore], { collected: (await call.em.count(Interest, { lot: lot.id, party: code ?? '' })) > 0 });
    const current = await call.em.findOne(Submission, { lot: lot.id, bidder: code ?? '', status: 'current' });
    checkStatement(statement, lot, code, current);
    // a signed statement counts once: nobody can play an old one back after it was withdrawn or replaced
    if ((await call.em.count(Submission, { id: statement.id })) > 0) throw somethingNewer();
    await checkSignature(call, statement.bidder, submissionBytes(statement), signature);
    const envelopes = await takeEnvelopes(call, lot, statement, { uploads, heads: heads ?? {} });
    const awaited = envelopes.some((each) => each.fileKey === null);
    if (current) current.status = 'replaced';
    await call.em.flush();
    call.em.create(Submission, {
      id: statement.id,
      lot: lot.id,
      bidder: statement.bidder,
      bidderName: organisationName ?? statement.bidder,
      supersedes: statement.supersedes,
      status: 'current',
      statement,
      signature,
      receivedAt: call.now,
      graceMinutes: awaited ? minutesFor(lot, statement) : null,
    });
    const named = envelopes.map(({ part, sha256, bytes, ephemeral, proof }) => ({ part, sha256, bytes: Number(bytes), ephemeral, proof }));
    const type = current ? 'bid.replaced' : 'bid.received';
    return {
      result: { submission: statement.id, receivedAt: call.now },
      facts: [
        fact(type, { lot: lot.id, party: statement.bidder }, { statement, signature, envelopes: named, ...(awaited ? { awaited } : {}) }),
      ],
    };
  },
});

const minutesFor = (lot: Lot, { parts }: SubmissionStatement): number => {
  const { grace } = termsOf(lot);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return grace === undefined ? 0 : graceMinutes(grace, bytes);
};

function checkStatement(statement: SubmissionStatement, lot: Lot, code: string | null, current: Submission | null): void {
  const { parts } = termsOf(lot);
  const named = statement.parts.map((part) => part.part);
  const wrong =
    statement.lot !== lot.id || statement.bidder !== code || named.length !== parts.length || parts.some((part) => !named.includes(part));
  if (wrong) throw statementRefused();
  if (statement.supersedes !== (current?.id ?? null)) throw somethingNewer();
}

/** The signature must be of this organisation, by a certificate that stands now. */
export async function checkSignature(call: Call, bidder: string, content: Uint8Array, signature: string): Promise<void> {
  const verdict = await verifyDetached(Buffer.from(signature, 'base64'), content, await trustAt(call.em, call.now));
  if (!verdict.ok) throw signatureRefused({ says: verdict.problem.title });
  const { signer } = verdict;
  if (verdict.code !== bidder) throw notOwnCertificate();
  if (!(await standingCertificate(call.em, bidder, signer.serial, signer.fingerprint, call.now))) throw notOwnCertificate();
}

async function takeEnvelopes(
  call: Call,
  lot: Lot,
  statement: SubmissionStatement,
  sent: { readonly uploads: Readonly<Record<string, string>>; readonly heads: Readonly<Record<string, Head>> },
): Promise<Envelope[]> {
  const taken: Envelope[] = [];
  const layered = termsOf(lot).sealPolicy === 'bidder+council';
  for (const { part, sha256, bytes, inner } of statement.parts) {
    if ((inner !== undefined) !== layered) throw wronglySealed();
    const upload = await call.em.findOne(Upload, { id: sent.uploads[part] ?? '', party: statement.bidder, lot: lot.id, part });
    if (!upload) throw uploadIncomplete();
    if ((await call.em.count(Envelope, { id: upload.envelope })) > 0) throw uploadSpent();
    const whole = upload.completedAt !== null;
    if (!whole) uphold([commitmentKnown], { head: sent.heads[part] !== undefined, grace: termsOf(lot).grace !== undefined });
    if ((whole && upload.sha256 !== sha256) || Number(upload.bytes) !== bytes) throw uploadDiffers();
    const seal = inner ? headUnder(inner, upload, sent.heads[part]) : ((whole ? (upload.seal as Head | null) : sent.heads[part]) ?? null);
    if (!seal?.ephemeral) throw wronglySealed();
    const verdict = checkLabelProof(seal, lot.council ?? '', { lot: lot.id, part, bidder: statement.bidder });
    if (!verdict.ok) throw wronglySealed({ says: verdict.problem.title });
    const { ephemeral, proof, wrappedKey } = seal;
    taken.push(
      call.em.create(Envelope, {
        id: upload.envelope,
        submission: statement.id,
        lot: lot.id,
        part,
        sha256,
        bytes: BigInt(bytes),
        fileKey: upload.fileKey ?? null,
        ephemeral,
        proof,
        wrappedKey,
        inner: inner ?? null,
      }),
    );
  }
  return taken;
}

/**
 * Under the bidder's own layer the platform cannot see the council's stanza: the bidder sends it along and has signed its public half. The layer at the head
 * of the file must be the one that was signed, so that at the opening its key can be told from a wrong one at once.
 */
function headUnder(inner: InnerSeal, upload: Upload, head: Head | undefined): Head | null {
  const { cover } = (upload.seal ?? {}) as { cover?: string };
  return head && cover === inner.cover && head.ephemeral === inner.ephemeral && head.proof === inner.proof ? head : null;
}
