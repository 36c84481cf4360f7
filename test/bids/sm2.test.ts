import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sm2 } from 'sm-crypto-v2';
import { Submission } from '../../src/bids/schema.ts';
import { theAuthority } from '../../src/parties/authority.ts';
import type { Certificate } from '../../src/sealing/certificate.ts';
import { encode, integer, sequence } from '../../src/sealing/der.ts';
import { concat, hex } from '../../src/sealing/digest.ts';
import { createSigningRequest, issueCertificate, readSigningRequest } from '../../src/sealing/issuing.ts';
import { type Signer, signerFromKey } from '../../src/sealing/signer.ts';
import { newSm2KeyPair, sm2Id, sm2Sign } from '../../src/sealing/sm2.ts';
import { testAuthority } from '../sealing/pki.ts';
import { giveAuthority } from '../support/authority.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { at, cast, publishedLot, withCouncil } from '../tenders/scene.ts';
import { aBidder, type Bidder, bids, certified, envelope, statementFor, submitted, uploadedWhole, withdraws } from './scene.ts';

let house: TestHouse;
let lot: string;
let count = 500;
beforeAll(async () => {
  house = await openHouse({ at: at('2031-11-01T09:00') });
  await giveAuthority();
  const people = await cast(house);
  await withCouncil(house);
  lot = await publishedLot(house, people);
}, 60_000);
afterAll(() => house.close());

/** A bidder whose certificate is of the national suite, with its key for those who bend what it signs. */
async function nationalBidder() {
  count += 1;
  const bidder = await aBidder(house, count);
  const pair = newSm2KeyPair();
  const signer = await certified(house, bidder.token, pair);
  await house.api(bidder.token).post(`/lots/${lot}/interest`);
  return { bidder: { ...bidder, signer } as Bidder, key: pair.privateKey };
}

describe('A bid signed with SM2', () => {
  it('is taken, replaced and withdrawn like any other', async () => {
    const { bidder } = await nationalBidder();
    expect(bidder.signer).toMatchObject({ scheme: 'sm2-sm3', certificate: { code: bidder.code } });
    const first = await bids(house, bidder, lot);
    expect(first.response.status).toBe(201);
    const second = await bids(house, bidder, lot, first.statement.id);
    expect(second.response.status).toBe(201);
    expect((await withdraws(house, bidder, lot, second.statement.id)).status).toBe(201);
  });

  it('may replace one signed with a certificate of the other suite, and be replaced by one', async () => {
    const { bidder } = await nationalBidder();
    const other = { ...bidder, signer: await certified(house, bidder.token) };
    const first = await bids(house, other, lot);
    const second = await bids(house, bidder, lot, first.statement.id);
    const third = await bids(house, other, lot, second.statement.id);
    expect([first, second, third].map(({ response }) => response.status)).toEqual([201, 201, 201]);
  });

  it('is refused by name, and nothing is stored, when key, ID, numbers, spelling, algorithm or authority are not what they should be', async () => {
    const { bidder, key } = await nationalBidder();
    const bytes = await envelope(lot, bidder);
    const upload = await uploadedWhole(house, bidder.token, lot, bytes);
    const statement = statementFor(lot, bidder, bytes);
    const { signer } = bidder;
    const bent = (sign: (content: Uint8Array) => Uint8Array): Signer => ({ ...signer, sign: async (content) => sign(content) });
    const under = (userId: string) =>
      bent((content) => derOf(sm2.doSignature(content, hex(key.secret), { hash: true, publicKey: hex(key.point), userId })));
    const stranger = await testAuthority('Yangguang Sandbox SM2', 'sm');
    const foreign = await impostor(bidder, stranger.issuing, [stranger.issuing.certificate, stranger.root.certificate]);
    const { issuing, root } = theAuthority();
    const attempts: readonly [string, Signer][] = [
      ['another key', bent((content) => sm2Sign(newSm2KeyPair().privateKey, content))],
      ['an empty ID', under('')],
      ['another ID', under('ALICE123@YAHOO.COM')],
      ['r of zero', bent((content) => encode(sequence(integer(0), integer(numbersOf(sm2Sign(key, content))[1]))))],
      ['s beyond the order', bent((content) => beyond(sm2Sign(key, content)))],
      ['bytes behind the signature', bent((content) => concat(sm2Sign(key, content), Uint8Array.of(0)))],
      ['r and s without DER', bent((content) => concat(...numbersOf(sm2Sign(key, content))))],
      ['named as ECDSA', { ...signer, scheme: 'ecdsa-p256-sha256' }],
      ['named as RSA', { ...signer, scheme: 'rsa-pkcs1-sha256' }],
      ['an authority of the same name, but another', foreign],
      ['an SM2 key below the RSA authority', await impostor(bidder, issuing, [issuing.certificate, root])],
    ];
    for (const [named, by] of attempts) {
      const { body } = await submitted(house, bidder, statement, upload, { signer: by });
      expect([named, body.type]).toEqual([named, '/problems/signature-refused']);
    }
    expect(await house.em().count(Submission, { bidder: bidder.code })).toBe(0);
    expect((await submitted(house, bidder, statement, upload, { signer: under(sm2Id) })).status).toBe(201);
  });

  it('is refused once its certificate is revoked', async () => {
    const { bidder } = await nationalBidder();
    const { serial } = bidder.signer.certificate;
    await house.api(bidder.token).post(`/certificates/${serial}/revocation`, { reason: 'key-lost' });
    expect((await bids(house, bidder, lot)).response.body.type).toBe('/problems/certificate-not-standing');
  });
});

/** A certificate in the right name and of the right days for another SM2 key, by an authority that is not the one for it. */
async function impostor({ code, signer }: Bidder, issuing: Signer, chain: readonly Certificate[]): Promise<Signer> {
  const pair = newSm2KeyPair();
  const { subject, notBefore: from, notAfter: until } = signer.certificate;
  const naming = { commonName: subject.commonName ?? '', code };
  const read = await readSigningRequest(await createSigningRequest(naming, pair));
  if (!read.ok) throw read.problem;
  return signerFromKey(pair.privateKey, await issueCertificate(naming, read.request, { from, until }, issuing), chain);
}

const bytesIn = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const derOf = (plain: string): Uint8Array => encode(sequence(integer(bytesIn(plain.slice(0, 64))), integer(bytesIn(plain.slice(64)))));
/** r and s of a DER signature, as they stand in it. */
function numbersOf(der: Uint8Array): [Uint8Array, Uint8Array] {
  const first = der[3] ?? 0;
  return [der.slice(4, 4 + first), der.slice(6 + first)];
}
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
/** The same signature to anybody who reckons modulo the order without looking. */
function beyond(der: Uint8Array): Uint8Array {
  const [r, s] = numbersOf(der);
  const more = (BigInt(`0x${hex(s)}`) + order).toString(16);
  return encode(sequence(integer(r), integer(bytesIn(more.padStart(66, '0')))));
}
