import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { type WithdrawalStatement, withdrawalBytes } from '../../src/bids/statement.ts';
import { base64, base64url } from '../../src/kernel/bytes.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { readCertificates } from '../../src/sealing/certificate.ts';
import type { Council, TrusteeShare } from '../../src/sealing/council.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { newAgeIdentity, sealStream } from '../../src/sealing/envelope.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { packBid } from '../../src/sealing/package.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { type KeyPair, type Signer, signerFromKey } from '../../src/sealing/signer.ts';
import { type SubmissionStatement, submissionBytes } from '../../src/sealing/statement.ts';
import { type Person, registered, signIn } from '../parties/people.ts';
import type { TestHouse } from '../support/house.ts';

const vectors = join(import.meta.dirname, '../vectors/council.json');
/** The council that `withCouncil` of the tenders' scene puts into use, with the shares that could open. */
export const { council, secretShares } = JSON.parse(readFileSync(vectors, 'utf8')) as { council: Council; secretShares: TrusteeShare[] };

/** A bidder that is ready to bid: signed in, certified, with an own age identity. */
export interface Bidder extends Person {
  readonly token: string;
  /** the form token of its session */
  readonly csrf: string;
  readonly signer: Signer;
  readonly own: { readonly identity: string; readonly recipient: string };
}

export async function certified(house: TestHouse, token: string, own?: KeyPair): Promise<Signer> {
  const pair =
    own ?? ((await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair);
  const csr = signingRequestPem(await createSigningRequest({ commonName: 'applicant' }, pair));
  const { body } = await house.api(token).post('/certificates', { csr });
  const [certificate, ...chain] = readCertificates(`${body.certificate}${body.chain}`);
  if (!certificate) throw new Error(JSON.stringify(body));
  return signerFromKey(pair.privateKey, certificate, chain);
}

export async function aBidder(house: TestHouse, n: number): Promise<Bidder> {
  const person = await registered(house, n);
  const { token, csrf } = await signIn(house, person.login);
  return { ...person, token, csrf, signer: await certified(house, token), own: await newAgeIdentity() };
}

/** One that has also collected the documents of these lots. */
export async function aBidderOf(house: TestHouse, n: number, ...lots: readonly string[]): Promise<Bidder> {
  const bidder = await aBidder(house, n);
  for (const lot of lots) {
    const { status, body } = await house.api(bidder.token).post(`/lots/${lot}/interest`);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
  return bidder;
}

export const aBid = (lot: string, bidder: Pick<Bidder, 'code' | 'organisation'>, price = '9000000.00') => ({
  format: 'yangguang/bid/v1' as const,
  lot,
  part: 'whole' as const,
  bidder: bidder.code,
  bidderName: '宜昌建设有限公司',
  price,
  figures: { periodDays: '200' },
  tables: {},
  files: [],
});

/** A sealed envelope; `context` lets a test seal it for something it is not sent to. */
export async function envelope(
  lot: string,
  bidder: Bidder,
  change: { readonly lot?: string; readonly bidder?: string; readonly council?: Council; readonly bytes?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const packed = packBid({
    bid: aBid(lot, bidder),
    files: change.bytes ? [{ name: 'plan.pdf', size: change.bytes, content: new Blob([new Uint8Array(change.bytes)]) }] : [],
    signer: bidder.signer,
    at: systemClock(),
  });
  const context = { lot: change.lot ?? lot, part: 'whole' as const, bidder: change.bidder ?? bidder.code };
  const sealed = await sealStream(packed, { council: change.council ?? council, context, ownRecipient: bidder.own.recipient });
  return new Uint8Array(await new Response(sealed).arrayBuffer());
}

const bearer = (test: request.Test, token?: string) =>
  (token ? test.set('authorization', `Bearer ${token}`) : test).set('tus-resumable', '1.0.0');

/** The tus protocol by hand, one request at a time, so that every cut can be made. */
export const tus = (house: TestHouse, token?: string) => ({
  create(lot: string, bytes: number | null, part = 'whole'): request.Test {
    const named = { lot, part };
    const metadata = Object.entries(named).map(([name, value]) => `${name} ${base64(new TextEncoder().encode(value))}`);
    const asked = bearer(request(house.app).post('/uploads'), token).set('upload-metadata', metadata.join(','));
    return bytes === null ? asked.set('upload-defer-length', '1') : asked.set('upload-length', String(bytes));
  },
  head: (id: string) => bearer(request(house.app).head(`/uploads/${id}`), token),
  patch: (id: string, offset: number, bytes: Uint8Array) =>
    bearer(request(house.app).patch(`/uploads/${id}`), token)
      .set('content-type', 'application/offset+octet-stream')
      .set('upload-offset', String(offset))
      .send(Buffer.from(bytes)),
});

export const idIn = (response: request.Response): string => String(response.headers.location).replace('/uploads/', '');

/** Uploads a whole file and answers the upload's id. */
export async function uploadedWhole(house: TestHouse, token: string, lot: string, bytes: Uint8Array): Promise<string> {
  const created = await tus(house, token).create(lot, bytes.length);
  if (created.status !== 201) throw new Error(`${created.status} ${created.text}`);
  const id = idIn(created);
  const sent = await tus(house, token).patch(id, 0, bytes);
  if (sent.status !== 204) throw new Error(`${sent.status} ${sent.text}`);
  return id;
}

export const digestOf = (bytes: Uint8Array): string => base64url(sha256(bytes));

export const statementFor = (
  lot: string,
  bidder: Pick<Bidder, 'code'>,
  bytes: Uint8Array,
  more: Partial<Omit<SubmissionStatement, 'format'>> = {},
): SubmissionStatement => ({
  format: 'yangguang/submission/v1',
  id: newId(systemClock()),
  lot,
  bidder: bidder.code,
  parts: [{ part: 'whole', sha256: digestOf(bytes), bytes: bytes.length }],
  supersedes: null,
  at: systemClock(),
  ...more,
});

export const signedBy = async (signer: Signer, content: Uint8Array): Promise<string> =>
  base64(await signDetached(content, signer, systemClock()));

/** Sends a submission as it is given; a test may have bent any of it. */
export async function submitted(
  house: TestHouse,
  bidder: Bidder,
  statement: SubmissionStatement,
  upload: string,
  more: { readonly lot?: string; readonly signer?: Signer; readonly signature?: string } = {},
): Promise<request.Response> {
  const signature = more.signature ?? (await signedBy(more.signer ?? bidder.signer, submissionBytes(statement)));
  return house
    .api(bidder.token)
    .post(`/lots/${more.lot ?? statement.lot}/bids`, { statement, signature, uploads: { [statement.parts[0]?.part ?? 'whole']: upload } });
}

/** The whole way at once: sealed, uploaded, submitted. */
export async function bids(house: TestHouse, bidder: Bidder, lot: string, supersedes: string | null = null) {
  const bytes = await envelope(lot, bidder);
  const upload = await uploadedWhole(house, bidder.token, lot, bytes);
  const statement = statementFor(lot, bidder, bytes, { supersedes });
  const response = await submitted(house, bidder, statement, upload);
  return { bytes, upload, statement, response };
}

export async function withdraws(
  house: TestHouse,
  bidder: Pick<Bidder, 'token' | 'signer' | 'code'>,
  lot: string,
  submission: string,
  signer = bidder.signer,
) {
  const statement: WithdrawalStatement = { format: 'yangguang/withdrawal/v1', submission, lot, bidder: bidder.code, at: systemClock() };
  const signature = await signedBy(signer, withdrawalBytes(statement));
  return house.api(bidder.token).post(`/lots/${lot}/bids/withdrawal`, { statement, signature });
}
