import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import type { EventType } from '../../src/journal/event.ts';
import { base64, canonicalBytes, fromBase64, fromBase64url } from '../../src/kernel/bytes.ts';
import { certificatePem } from '../../src/sealing/certificate.ts';
import { issueTimestamper } from '../../src/sealing/issuing.ts';
import { signerIn } from '../../src/sealing/signature.ts';
import { type Signer, signerFromKey } from '../../src/sealing/signer.ts';
import { stampOf } from '../../src/sealing/timestamp.ts';
import { moment, testAuthority, validity } from '../sealing/pki.ts';
import { bundleOf } from './a-bundle.ts';
import { type Draft, deadline, platformKey, type Story, tell, testPki } from './a-tender.ts';

/** The last bid of the tender: received a millisecond before the deadline, opened, read third. */
interface Last {
  readonly draft: Draft;
  readonly submission: string;
  readonly statement: unknown;
  readonly serial: string;
}
let honest: Story;
let last: Last;
let tsa: (authority: Signer) => Promise<Signer>;
beforeAll(async () => {
  honest = await tell();
  const draft = honest.drafts.filter((each) => each.type === 'bid.received').at(-1);
  if (draft === undefined) throw new Error('the tender has no bid');
  const { statement, signature } = draft.data as unknown as { statement: { id: string }; signature: string };
  const serial = signerIn(fromBase64url(signature) ?? fromBase64(signature) ?? new Uint8Array())?.serial;
  if (serial === undefined) throw new Error('the bid is not signed');
  last = { draft, submission: statement.id, statement, serial };
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  tsa = async (authority) => signerFromKey(pair.privateKey, await issueTimestamper('Test TSA', pair.publicKey, validity, authority));
}, 60_000);

const key = parseVerifierKey(platformKey);
async function verdictOf(drafts: readonly Draft[]): Promise<string> {
  const verdict = await verifyBundle(await bundleOf({ ...honest, drafts: [...drafts] }), { key });
  return verdict.result === 'verified' ? 'verified' : `${verdict.result}: ${verdict.checks.at(-1)?.says.en} / ${verdict.why.en}`;
}
const happened = (type: EventType, at: string, data: object = {}): Draft => ({
  type,
  at,
  subject: { party: last.draft.subject.party ?? '' },
  data: { serial: last.serial, ...data },
});
/** Puts entries before the first of a type. */
const placedBefore = (type: EventType, entries: readonly Draft[], drafts: readonly Draft[] = honest.drafts): Draft[] => {
  const place = drafts.findIndex((each) => each.type === type);
  return [...drafts.slice(0, place), ...entries, ...drafts.slice(place)];
};
const isLast = (draft: Draft, type: EventType): boolean =>
  draft.type === type && (draft.data as { submission?: string }).submission === last.submission;
const noted = (note: object) => (draft: Draft) =>
  isLast(draft, 'bid.opened') ? { ...draft, data: { ...(draft.data as object), note } } : draft;

const justBefore = '2026-05-20T01:29:59.999Z';
const note = { fall: 'certificate-revoked', at: deadline };
const stood = 'the signing certificate stood at the deadline, and what befell it since is noted';

describe('A signer’s certificate that was revoked, rechecked offline', () => {
  const revoked = (at: string) => happened('certificate.revoked', at, { reason: 'key-exposed' });
  it('a millisecond before the deadline: an opened bid refutes the bundle', async () => {
    expect(await verdictOf(placedBefore('deadline.reached', [revoked(justBefore)]))).toContain(stood);
  });
  it('at the deadline: the bid is valid when the outcome says so, and only then', async () => {
    const drafts = placedBefore('opening.started', [revoked(deadline)]);
    expect(await verdictOf(drafts)).toContain(stood);
    expect(await verdictOf(drafts.map(noted(note)))).toBe('verified');
    expect(await verdictOf(drafts.map(noted({ ...note, at: justBefore })))).toContain(stood);
  });
  it('never: a note of it refutes the bundle', async () => {
    expect(await verdictOf(honest.drafts.map(noted(note)))).toContain(stood);
  });
  it('never: a bid refused for it refutes the bundle', async () => {
    const invalid = { reason: 'certificate-revoked', attributedTo: 'bidder', signer: last.serial };
    const drafts = honest.drafts
      .filter((draft) => !isLast(draft, 'bid.read'))
      .map((draft) =>
        isLast(draft, 'bid.opened') ? { ...draft, type: 'bid.invalid' as const, data: { ...(draft.data as object), ...invalid } } : draft,
      );
    expect(await verdictOf(drafts)).toContain('had indeed fallen before the deadline');
  });
  it('before the statement was signed: the statement refutes the bundle', async () => {
    const drafts = placedBefore('deadline.reached', []);
    const place = drafts.indexOf(last.draft);
    drafts.splice(place, 0, revoked('2026-05-20T01:00:00.000Z'));
    expect(await verdictOf(drafts)).toContain('did not stand any more: certificate-revoked');
  });
});

describe('A signer’s certificate that was on hold, rechecked offline', () => {
  it('when the deadline came: an opened bid refutes the bundle, also when the hold was lifted at the deadline', async () => {
    const drafts = placedBefore('deadline.reached', [happened('certificate.suspended', justBefore)]);
    expect(await verdictOf(drafts)).toContain(stood);
    expect(await verdictOf(placedBefore('opening.started', [happened('certificate.resumed', deadline)], drafts))).toContain(stood);
  });
  it('from the deadline on: the bid is valid, with its note', async () => {
    const drafts = placedBefore('opening.started', [happened('certificate.suspended', deadline)]);
    expect(await verdictOf(drafts.map(noted({ fall: 'certificate-suspended', at: deadline })))).toBe('verified');
  });
});

describe('A signer’s certificate that was renewed, rechecked offline', () => {
  const superseded = (from: string) => happened('certificate.superseded', '2026-05-20T01:00:00.000Z', { by: 'ff', from });
  const told = (from: string) => {
    const drafts = [...honest.drafts];
    drafts.splice(drafts.indexOf(last.draft), 0, superseded(from));
    return drafts;
  };
  it('signs until the overlap ends, to the millisecond', async () => {
    expect(await verdictOf(told(deadline))).toBe('verified');
    expect(await verdictOf(told(justBefore))).toContain('did not stand any more: certificate-superseded');
  });
});

describe('A time stamp in a bundle', () => {
  const stamped = async (signer: Signer, content: unknown, at = deadline, change: object = {}): Promise<Draft> => ({
    type: 'submission.stamped',
    at: '2026-05-20T01:30:06.000Z',
    subject: { ...last.draft.subject },
    data: {
      submission: last.submission,
      authority: 'platform',
      token: base64(await stampOf(canonicalBytes(content), { ...signer, chain: [] }, moment(at))),
      ...change,
    },
  });
  const verdict = async (draft: Draft) => verdictOf(placedBefore('bid.read', [draft]));

  it('of the statement, by the platform’s authority, holds', async () => {
    const { issuing } = await testPki();
    expect(await verdict(await stamped(await tsa(issuing), last.statement))).toBe('verified');
  });
  it('of something else, by a stranger, older than the receipt, or damaged refutes the bundle', async () => {
    const { issuing } = await testPki();
    const own = await tsa(issuing);
    expect(await verdict(await stamped(own, { another: 'statement' }))).toContain('The stamp is of something else');
    const stranger = await testAuthority('Stranger');
    expect(await verdict(await stamped(await tsa(stranger.issuing), last.statement))).toContain(
      'time stamp is of its statement, and holds',
    );
    expect(await verdict(await stamped(own, last.statement, '2026-05-20T01:29:59.998Z'))).toContain('it is older than the receipt');
    expect(await verdict(await stamped(own, last.statement, deadline, { token: 'AAAA' }))).toContain('This is not a time stamp');
  });
  it('by an outside authority is checked against the root in the bundle; without one it is said to be unchecked', async () => {
    const [{ issuing }, outside] = [await testPki(), await testAuthority('Outside')];
    const told = async (signer: Signer, root: string | null) => {
      const drafts = placedBefore('bid.read', [await stamped(signer, last.statement, deadline, { authority: 'external' })]);
      const bundle = await bundleOf({ ...honest, drafts }, (input) =>
        root === null ? input : { ...input, certificates: { ...input.certificates, timestamps: root } },
      );
      const { result, notes } = await verifyBundle(bundle, { key });
      // what an edition says of itself is not asked here
      return [result, notes.map((note) => note.en).filter((note) => note.includes('time stamps'))];
    };
    const pem = certificatePem(outside.root.certificate) + certificatePem(outside.issuing.certificate);
    expect(await told(await tsa(outside.issuing), pem)).toEqual(['verified', []]);
    expect((await told(await tsa(issuing), pem))[0]).toBe('refuted');
    const unchecked = '1 time stamps were not checked: the root of their authority is not in the file.';
    expect(await told(await tsa(outside.issuing), null)).toEqual(['verified', [unchecked]]);
  });
});
