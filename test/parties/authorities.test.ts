import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { verifyFile } from '../../src/evidence/file.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { certificatePem, codeIn, readCertificate, readCertificates } from '../../src/sealing/certificate.ts';
import { pemOf } from '../../src/sealing/der.ts';
import { type CrlReason, writeRevocationList } from '../../src/sealing/revocation-list.ts';
import { type Signer, signerFromKey } from '../../src/sealing/signer.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { openssl, type TestAuthority, testAuthority, withOpenssl } from '../sealing/pki.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

jest.setTimeout(90_000);
let house: TestHouse;
let town: Town;
let provincial: TestAuthority;
let authority: string;
const day = 24 * 3_600_000;

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 4 });
  provincial = await testAuthority('Provincial CA');
}, 120_000);
afterAll(() => house.close());

const pemOfAuthority = (of: TestAuthority): string => certificatePem(of.root.certificate) + certificatePem(of.issuing.certificate);
const problemOf = (answer: { body: unknown }): string => String((answer.body as { type?: string }).type).replace('/problems/', '');
const asAdministrator = async (path: string, body: object) => (await town.administrator.api()).post(path, body);
const trust = (pem: string, more: object = {}) => asAdministrator('/authorities', { name: '省数字证书认证中心', pem, ...more });
async function list(
  entries: readonly { serial: string; reason: CrlReason }[],
  options: { number: bigint; issuer?: Signer; thisUpdate?: Instant; days?: number },
): Promise<string> {
  const now = await houseNow(house);
  const thisUpdate = options.thisUpdate ?? now;
  const nextUpdate = later(thisUpdate, (options.days ?? 60) * day);
  const content = { number: options.number, thisUpdate, nextUpdate, entries: entries.map((entry) => ({ ...entry, at: now })) };
  return pemOf('X509 CRL', await writeRevocationList(content, options.issuer ?? provincial.issuing));
}
const handIn = (text: string, of = authority) => asAdministrator(`/authorities/${of}/lists`, { list: text });
const certified = async (bidder: Person, code = bidder.actor.code ?? '', of = provincial): Promise<Signer> =>
  (await of.certify({ commonName: bidder.actor.organisationName ?? '', organization: '投标单位', code })).signer;
const register = async (bidder: Person, signer: Signer) =>
  (await bidder.api()).post('/certificates/registrations', { certificate: certificatePem(signer.certificate) });
/** The same bidder, who signs with another key. */
const signingWith = (bidder: Person, signer: Signer): Person => ({ ...bidder, signer: async () => signer });
const bidderAt = (at: number): Person => {
  const bidder = town.bidders[at];
  if (!bidder) throw new Error('no such bidder');
  return bidder;
};

describe('An outside authority is taken into the register', () => {
  it('by the administrator alone, when its certificates are what an authority needs', async () => {
    for (const other of [town.agent, town.regulator, town.centre])
      expect((await (await other.api()).post('/authorities', { name: '某中心', pem: pemOfAuthority(provincial) })).status).toBe(403);
    const { signer } = await provincial.certify({ commonName: '某公司', code: '91420500NNPE6AC207' });
    const stranger = await testAuthority('Stranger');
    const wrong: readonly (readonly [string, string])[] = [
      ['这不是证书', '不是可读的证书'],
      [certificatePem(signer.certificate), '不是自签名的根证书'],
      [certificatePem(provincial.issuing.certificate), '不是自签名的根证书'],
      [certificatePem(provincial.root.certificate) + certificatePem(stranger.issuing.certificate), '不是由前面的证书签发'],
      [pemOfAuthority(provincial) + certificatePem(signer.certificate), '没有签发证书的权限'],
    ];
    for (const [pem, says] of wrong) {
      const answer = await trust(pem);
      expect(problemOf(answer)).toBe('authority-unfit');
      expect(JSON.stringify(answer.body)).toContain(says);
    }
    const answer = await trust(pemOfAuthority(provincial));
    expect(answer.status).toBe(201);
    ({ authority } = answer.body as { authority: string });
    expect(problemOf(await trust(pemOfAuthority(provincial)))).toBe('authority-already-trusted');
    const shown = (await house.api().get('/authorities')).body as { authorities: { fingerprint: string; lists: unknown[] }[] };
    expect(shown.authorities).toMatchObject([{ fingerprint: provincial.root.certificate.fingerprint, lists: [], retiredAt: null }]);
  });
  it('a root of the same name with another key is another authority, and none of the first’s certificates lead to it', async () => {
    const double = await testAuthority('Provincial CA');
    expect((await trust(certificatePem(double.root.certificate) + certificatePem(provincial.issuing.certificate))).status).toBe(422);
  });
});

describe('Its revocation lists', () => {
  it('are taken whole, signed by it, newer than the last, and not from the future', async () => {
    const stranger = await testAuthority('Another CA');
    expect(problemOf(await handIn('nonsense'))).toBe('authority-list-refused');
    expect(problemOf(await handIn(await list([], { number: 1n, issuer: stranger.issuing })))).toBe('authority-list-refused');
    const early = later(await houseNow(house), 60_000);
    expect(problemOf(await handIn(await list([], { number: 1n, thisUpdate: early })))).toBe('authority-list-refused');
    expect(await register(bidderAt(0), await certified(bidderAt(0)))).toMatchObject({ status: 503 });
    expect((await handIn(await list([], { number: 5n }))).status).toBe(201);
    for (const number of [5n, 4n]) expect(problemOf(await handIn(await list([], { number })))).toBe('authority-list-older');
    expect((await (await town.agent.api()).post(`/authorities/${authority}/lists`, { list: await list([], { number: 6n }) })).status).toBe(
      403,
    );
  });
});

describe('A certificate of an outside authority', () => {
  it('is registered for the organisation that it names, once', async () => {
    const signer = await certified(bidderAt(0));
    const others = await register(bidderAt(1), signer);
    expect(problemOf(others)).toBe('outside-certificate-refused');
    expect(JSON.stringify(others.body)).toContain('不是贵单位的');
    expect((await register(bidderAt(0), signer)).status).toBe(201);
    expect(problemOf(await register(bidderAt(0), signer))).toBe('certificate-already-registered');
    const stranger = await testAuthority('Unknown CA');
    expect(problemOf(await register(bidderAt(0), await certified(bidderAt(0), undefined, stranger)))).toBe('outside-certificate-refused');
  });

  it('signs a bid that is opened and verified offline, and not before it is registered', async () => {
    const { lot } = await publishedLot(town);
    const signer = await certified(bidderAt(0));
    expect(await refusal(submitSealed(town, lot, signingWith(bidderAt(0), signer), { price: '17800000.00' }))).toBe('not-your-certificate');
    await register(bidderAt(0), signer);
    await submitSealed(town, lot, signingWith(bidderAt(0), signer), { price: '17800000.00' });
    for (const at of [1, 2]) await submitSealed(town, lot, bidderAt(at), { price: `${17_900_000 + at}.00` });
    await opened(lot);
    const items = await house.em().find(OpeningItem, { lot }, { orderBy: { id: 'asc' } });
    expect(items.map(({ state, reason }) => [state, reason ?? null])).toEqual([
      ['opened', null],
      ['opened', null],
      ['opened', null],
    ]);
    const verdict = await verifyFile(await evidenceOfLot(house, lot), { key: await evidenceKey(house) });
    expect(verdict).toMatchObject({ result: 'verified' });
  });

  it('on a list before the deadline its bid does not count; on a list after it, it counts with a note', async () => {
    const revoked = await certified(bidderAt(0));
    const later_ = await certified(bidderAt(1));
    for (const [at, signer] of [revoked, later_].entries()) expect((await register(bidderAt(at), signer)).status).toBe(201);
    const { lot } = await publishedLot(town);
    await submitSealed(town, lot, signingWith(bidderAt(0), revoked), { price: '17800000.00' });
    await submitSealed(town, lot, signingWith(bidderAt(1), later_), { price: '17900000.00' });
    for (const at of [2, 3]) await submitSealed(town, lot, bidderAt(at), { price: `${18_000_000 + at}.00` });
    const gone = { serial: revoked.certificate.serial, reason: 'keyCompromise' as const };
    expect((await handIn(await list([gone], { number: 7n }))).body).toMatchObject({ fallen: 1 });
    expect(await refusal(submitSealed(town, lot, signingWith(bidderAt(0), revoked), { price: '17700000.00' }))).toBe(
      'certificate-not-standing',
    );
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    if (deadline) await house.clock.to(deadline);
    const also = { serial: later_.certificate.serial, reason: 'cessationOfOperation' as const };
    expect((await handIn(await list([gone, also], { number: 8n }))).body).toMatchObject({ fallen: 1 });
    await opened(lot);
    const items = await house.em().find(OpeningItem, { lot }, { orderBy: { id: 'asc' } });
    const byBidder = new Map(items.map((item) => [item.bidder, item]));
    expect(byBidder.get(bidderAt(0).actor.code ?? '')).toMatchObject({ state: 'invalid', reason: 'certificate-revoked' });
    expect(byBidder.get(bidderAt(1).actor.code ?? '')).toMatchObject({ state: 'opened', note: { fall: 'certificate-revoked' } });
    expect(await verifyFile(await evidenceOfLot(house, lot), { key: await evidenceKey(house) })).toMatchObject({ result: 'verified' });
  });

  it('signs nothing while its authority’s newest list is past its end, and again after the next list', async () => {
    const signer = await certified(bidderAt(2));
    expect((await register(bidderAt(2), signer)).status).toBe(201);
    const short = await list([], { number: 9n, days: 1 });
    expect((await handIn(short)).status).toBe(201);
    const { lot } = await publishedLot(town);
    const shown = (await house.api().get('/authorities')).body as { authorities: { lists: { nextUpdate: Instant }[] }[] };
    const end = shown.authorities[0]?.lists[0]?.nextUpdate as Instant;
    await house.clock.to(later(end, -1));
    const bid = () => submitSealed(town, lot, signingWith(bidderAt(2), signer), { price: '17800000.00' });
    await bid();
    await house.clock.to(end);
    expect(await refusal(bid())).toBe('certificate-status-unknown');
    expect((await handIn(await list([], { number: 10n }))).status).toBe(201);
    await bid();
  });

  it('signs nothing from the moment its authority is retired; what was received before stands', async () => {
    const { lot } = await publishedLot(town);
    const signer = await certified(bidderAt(3));
    expect((await register(bidderAt(3), signer)).status).toBe(201);
    const bid = () => submitSealed(town, lot, signingWith(bidderAt(3), signer), { price: '17800000.00' });
    await bid();
    for (const at of [0, 1]) await submitSealed(town, lot, bidderAt(at), { price: `${17_900_000 + at}.00` });
    expect((await (await town.centre.api()).post(`/authorities/${authority}/retirement`, { reason: '停止服务' })).status).toBe(403);
    expect((await asAdministrator(`/authorities/${authority}/retirement`, { reason: '停止服务' })).status).toBe(201);
    expect(await refusal(bid())).toBe('authority-retired');
    expect(problemOf(await register(bidderAt(2), await certified(bidderAt(2))))).toBe('outside-certificate-refused');
    await opened(lot);
    expect(await house.em().count(OpeningItem, { lot, state: 'opened' })).toBe(3);
    expect(await verifyFile(await evidenceOfLot(house, lot), { key: await evidenceKey(house) })).toMatchObject({ result: 'verified' });
  });
});

async function opened(lot: string): Promise<void> {
  const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
  if (deadline && (await houseNow(house)) < deadline) await house.clock.to(deadline);
  await until(
    town,
    async () => (await house.em().count(OpeningItem, { lot })) > 0 && (await house.em().count(OpeningItem, { lot, state: 'sealed' })) === 0,
  );
}

const withTool = withOpenssl ? describe : describe.skip;
withTool('An authority made with openssl, which writes the code elsewhere', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(file(name), 'utf8');
  const tool = (...args: readonly string[]): void =>
    void execFileSync('openssl', [...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const code = '91420500NNPE6AC207';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yangguang-outside-'));
    tool(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-days',
      '400',
      '-subj',
      '/CN=City CA',
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign',
    );
    writeFileSync(file('index.txt'), '');
    writeFileSync(file('crlnumber'), '01');
    writeFileSync(
      file('ca.cnf'),
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ndefault_crl_days=700\n',
    );
    tool('ca', '-config', 'ca.cnf', '-gencrl', '-keyfile', 'ca.key', '-cert', 'ca.pem', '-out', 'ca.crl');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function leaf(name: string, subject: string, extension: string, keyOptions: readonly string[] = ['-newkey', 'rsa:2048']): void {
    writeFileSync(file(`${name}.ext`), `keyUsage=critical,digitalSignature\n${extension}\n`);
    tool('req', ...keyOptions, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject, '-utf8');
    tool(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-days',
      '300',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
    );
  }
  const at = (name: string) => {
    const verdict = readCertificate(read(name));
    if (!verdict.ok) throw verdict.problem;
    return verdict.certificate;
  };

  it('agrees with openssl about chain and list, and the code is read from the declared field alone', async () => {
    leaf('unit', `/CN=某公司/OU=统一代码:${code}`, '');
    leaf('extension', '/CN=某公司', `1.2.156.10260.4.1.4=ASN1:UTF8String:${code}`);
    leaf('two', `/CN=某公司/OU=统一代码:${code}/OU=统一代码:91420500PYKRKJ0X0W`, '');
    const unit = { in: 'subject', oid: '2.5.4.11', prefix: '统一代码:', suffix: '' } as const;
    const extension = { in: 'extension', oid: '1.2.156.10260.4.1.4', prefix: '', suffix: '' } as const;
    expect(codeIn(at('unit.pem'), unit)).toBe(code);
    expect(codeIn(at('extension.pem'), extension)).toBe(code);
    expect(codeIn(at('two.pem'), unit)).toBeUndefined();
    expect(codeIn(at('extension.pem'), unit)).toBeUndefined();
    expect(codeIn(at('unit.pem'), { ...unit, prefix: '' })).toBeUndefined();
    expect(openssl('verify', '-CAfile', file('ca.pem'), file('unit.pem'))).toMatchObject({ accepted: true });
    expect(openssl('crl', '-in', file('ca.crl'), '-CAfile', file('ca.pem'), '-noout')).toMatchObject({ accepted: true });
  });

  it('one whose certificates carry the code in a field of the subject: a bidder registers, submits and is opened', async () => {
    const bidder = bidderAt(1);
    const own = bidder.actor.code ?? '';
    leaf('own', `/CN=某公司/OU=${own}`, '', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    // the standard field holds another bidder’s code: it is not asked
    leaf('sly', `/CN=某公司/OU=${own}/organizationIdentifier=NTRCN-${bidderAt(0).actor.code}`, '');
    const trusted = (await trust(read('ca.pem'), { name: '市数字证书中心', place: 'subject', oid: '2.5.4.11' })).body as {
      authority: string;
    };
    const crl = await handIn(read('ca.crl'), trusted.authority);
    expect(crl.status).toBe(201);
    const api = await bidder.api();
    expect((await (await bidderAt(0).api()).post('/certificates/registrations', { certificate: read('sly.pem') })).status).toBe(422);
    expect((await api.post('/certificates/registrations', { certificate: read('own.pem') })).status).toBe(201);
    const pkcs8 = execFileSync('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', file('own.key'), '-outform', 'DER']);
    const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    const signer = signerFromKey(key, at('own.pem'), readCertificates(read('ca.pem')));
    const { lot } = await publishedLot(town);
    await submitSealed(town, lot, signingWith(bidder, signer), { price: '17800000.00' });
    for (const other of [0, 2]) await submitSealed(town, lot, bidderAt(other), { price: `${17_900_000 + other}.00` });
    await opened(lot);
    expect(await house.em().count(OpeningItem, { lot, state: 'opened' })).toBe(3);
    expect(await verifyFile(await evidenceOfLot(house, lot), { key: await evidenceKey(house) })).toMatchObject({ result: 'verified' });
  });
});
