import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FileEntry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { canonicalBytes, textOf, utf8 } from '../../src/kernel/bytes.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import type { EnvelopeContext } from '../../src/sealing/envelope.ts';
import { readManifest, writeManifest } from '../../src/sealing/manifest.ts';
import { type Bid, fileNameFits, packBid } from '../../src/sealing/package.ts';
import { fileSource } from '../../src/sealing/package-node.ts';
import { blobSource, bytesSource, readPackedFile, verifyPackage } from '../../src/sealing/package-reader.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { Signer } from '../../src/sealing/signer.ts';
import { moment, now, openssl, testAuthority, withOpenssl } from './pki.ts';
import { bytesIn, streamOf } from './vectors.ts';

const expected: EnvelopeContext = { lot: '01a20305-5a3e-7724-8fb5-8cf50217a446', part: 'price', bidder: '91420500NNPE6AC207' };
const bid: Bid = { format: 'yangguang/bid/v1', ...expected, price: '980000000.00', 项目经理: '张三' };
const authority = await testAuthority();
const { signer } = await authority.certify({ commonName: '宜昌长江建设有限公司', code: expected.bidder });
const trust = { anchors: [authority.root.certificate], at: now };
const drawing = Uint8Array.from({ length: 200_000 }, (_, at) => at % 253);
const files = () =>
  [
    { name: '工程量清单.csv', size: 12, content: new Blob(['编号,数量']) },
    { name: "it's 100% drawn.pdf", size: drawing.length, content: streamOf(drawing) },
  ].map((file) => ({ ...file, size: file.content instanceof Blob ? file.content.size : file.size }));

const pack = (changes: { bid?: Bid; signer?: Signer } = {}): Promise<Uint8Array> =>
  bytesIn(packBid({ bid: changes.bid ?? bid, files: files(), signer: changes.signer ?? signer, at: now }));
const verify = (bytes: Uint8Array, context = expected) => verifyPackage(bytesSource(bytes), context, trust);

/** Takes a package apart and puts it together again with some entries changed. */
async function repacked(bytes: Uint8Array, change: (entries: Map<string, Uint8Array>) => void, level = 0): Promise<Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  for (const entry of await new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false }).getEntries()) {
    entries.set(entry.filename, await (entry as FileEntry).getData(new Uint8ArrayWriter()));
  }
  change(entries);
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [path, content] of entries) await zip.add(path, new Uint8ArrayReader(content), { level: path === 'mimetype' ? 0 : level });
  return zip.close();
}
const manifestOf = (entries: Map<string, Uint8Array>): Uint8Array =>
  writeManifest(
    [...entries]
      .filter(([path]) => path === 'bid.json' || path.startsWith('files/'))
      .map(([path, content]) => ({ path, sha256: sha256(content) })),
  );
/** Changed, then signed again over what it now holds: by whoever dares. */
const resigned = (bytes: Uint8Array, change: (entries: Map<string, Uint8Array>) => void, by = signer): Promise<Uint8Array> => {
  const added = new Map<string, Uint8Array>();
  return repacked(bytes, (entries) => {
    change(entries);
    for (const [path, content] of entries) added.set(path, content);
  }).then(async (once) => {
    const manifest = manifestOf(added);
    const signature = await signDetached(manifest, by, now);
    return repacked(once, (entries) => {
      entries.set('META-INF/ASiCManifest.xml', manifest);
      entries.set('META-INF/signature.p7s', signature);
    });
  });
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yangguang-package-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('A bid package (protocol §4)', () => {
  it('comes back whole: bid, attachments, signer', async () => {
    const bytes = await pack();
    const verdict = await verify(bytes);
    expect(verdict).toMatchObject({ ok: true, bid, signedAt: now, signer: { code: expected.bidder } });
    if (!verdict.ok) return;
    expect(verdict.files.map((file) => [file.name, file.size])).toEqual(files().map((file) => [file.name, file.size]));
    const [, second] = verdict.files;
    if (!second) throw new Error('two files were packed');
    expect(await bytesIn(await readPackedFile(bytesSource(bytes), second))).toEqual(drawing);
    await expect(readPackedFile(bytesSource(bytes), { ...second, name: 'no such file' })).rejects.toThrow('package-malformed');
    const wrong = readPackedFile(bytesSource(bytes), { ...second, sha256: 'A'.repeat(43) });
    await expect(wrong.then(bytesIn)).rejects.toThrow('package-altered');
  });
  it('verifies from a Blob and from disk alike', async () => {
    const bytes = await pack();
    expect(await verifyPackage(blobSource(new Blob([bytes.slice()])), expected, trust)).toMatchObject({ ok: true });
    const path = join(folder, 'bid.asice');
    await writeFile(path, bytes);
    const source = await fileSource(path);
    expect(await verifyPackage(source, expected, trust)).toMatchObject({ ok: true });
    await source.close();
  });
  it('is an ASiC-E container by its first bytes: mimetype stored, without extra field', async () => {
    const head = new TextDecoder('latin1').decode((await pack()).slice(0, 69));
    expect(head.slice(0, 2)).toBe('PK');
    expect(head.slice(30)).toBe('mimetypeapplication/vnd.etsi.asic-e+zip');
  });
  it('is made of canonical bid.json, the same for the same bid', async () => {
    let found: Uint8Array | undefined;
    await repacked(await pack(), (entries) => {
      found = entries.get('bid.json');
    });
    expect(found).toEqual(canonicalBytes(bid));
  });
  it('may be compressed by another tool: what counts is what was signed', async () => {
    expect(await verify(await repacked(await pack(), () => undefined, 9))).toMatchObject({ ok: true });
  });
  (withOpenssl ? it : it.skip)('carries a signature that openssl verifies over its manifest', async () => {
    await repacked(await pack(), () => undefined);
    const parts = new Map<string, Uint8Array>();
    await repacked(await pack(), (entries) => {
      for (const [path, content] of entries) parts.set(path, content);
    });
    const { certificatePem } = await import('../../src/sealing/certificate.ts');
    await writeFile(join(folder, 'root.pem'), certificatePem(authority.root.certificate));
    await writeFile(join(folder, 'manifest'), parts.get('META-INF/ASiCManifest.xml') ?? '');
    await writeFile(join(folder, 'p7s'), parts.get('META-INF/signature.p7s') ?? '');
    const at = String(Date.parse(now) / 1000);
    const what = [
      '-in',
      join(folder, 'p7s'),
      '-content',
      join(folder, 'manifest'),
      '-CAfile',
      join(folder, 'root.pem'),
      '-out',
      join(folder, 'out'),
    ];
    expect(openssl('cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-attime', at, ...what)).toMatchObject({ accepted: true });
  });
});

describe('A package is refused by name', () => {
  const drop = (path: string) => async () => verify(await repacked(await pack(), (entries) => entries.delete(path)));
  it.each(['META-INF/signature.p7s', 'META-INF/ASiCManifest.xml'])('without %s: unsigned', async (path) => {
    expect(await drop(path)()).toMatchObject({ reason: 'package-unsigned' });
  });
  it('when an attachment is missing, changed, renamed or added: altered', async () => {
    expect(await drop('files/工程量清单.csv')()).toMatchObject({ reason: 'package-altered' });
    const changed = await repacked(await pack(), (entries) => entries.set('files/工程量清单.csv', utf8('编号,重量')));
    expect(await verify(changed)).toMatchObject({ reason: 'package-altered' });
    const added = await repacked(await pack(), (entries) => entries.set('files/更低报价.txt', utf8('1')));
    expect(await verify(added)).toMatchObject({ reason: 'package-altered' });
    const renamed = await repacked(await pack(), (entries) => {
      entries.set('files/其他.csv', entries.get('files/工程量清单.csv') ?? new Uint8Array());
      entries.delete('files/工程量清单.csv');
    });
    expect(await verify(renamed)).toMatchObject({ reason: 'package-altered' });
  });
  it('when the bid or the manifest is another than was signed', async () => {
    const dearer = canonicalBytes({ ...bid, price: '1.00' });
    expect(await verify(await repacked(await pack(), (entries) => entries.set('bid.json', dearer)))).toMatchObject({
      reason: 'package-altered',
    });
    const forged = await repacked(await pack(), (entries) => {
      entries.set('bid.json', dearer);
      entries.set('META-INF/ASiCManifest.xml', manifestOf(entries));
    });
    expect(await verify(forged)).toMatchObject({ reason: 'package-wrong-signature' });
  });
  it('when another organisation signed it, or made it', async () => {
    const other = await authority.certify({ commonName: '另一家公司', code: '91420500PYKRKJ0X0W' });
    expect(await verify(await pack({ signer: other.signer }))).toMatchObject({ reason: 'package-wrong-bidder' });
    expect(await verify(await pack({ bid: { ...bid, bidder: '91420500PYKRKJ0X0W' } }))).toMatchObject({ reason: 'package-wrong-bidder' });
    const nameless = await authority.certify({ commonName: '没有代码的公司' });
    expect(await verify(await pack({ signer: nameless.signer }))).toMatchObject({ reason: 'package-wrong-bidder' });
  });
  it('when a stranger certified the signer, or the certificate was over', async () => {
    const impostor = await (await testAuthority()).certify({ commonName: '假冒', code: expected.bidder });
    expect(await verify(await pack({ signer: impostor.signer }))).toMatchObject({ reason: 'package-untrusted-signer' });
    const late = { ...trust, at: moment('2029-01-01T00:00:00.000Z') };
    expect(await verifyPackage(bytesSource(await pack()), expected, late)).toMatchObject({ reason: 'package-untrusted-signer' });
  });
  it('when it was made for another lot or another part', async () => {
    const bytes = await pack();
    expect(await verify(bytes, { ...expected, lot: '01a20305-5b37-7f10-9a3f-3ae7a7ca92cc' })).toMatchObject({
      reason: 'package-not-for-this-lot',
    });
    expect(await verify(bytes, { ...expected, part: 'technical' })).toMatchObject({ reason: 'package-not-for-this-lot' });
    expect(await verify(bytes, { ...expected, bidder: '91420500PYKRKJ0X0W' })).toMatchObject({ reason: 'package-wrong-bidder' });
  });
  it('when its bid can be read two ways, or its files would land elsewhere, even when signed so', async () => {
    const bytes = await pack();
    const text = textOf(canonicalBytes(bid)) ?? '';
    const doubled = utf8(text.replace('"price"', '"price":"1.00","price"'));
    expect(await verify(await resigned(bytes, (entries) => entries.set('bid.json', doubled)))).toMatchObject({
      reason: 'package-malformed',
    });
    expect(await verify(await resigned(bytes, () => undefined))).toMatchObject({ ok: true });
    for (const path of ['files/../../etc/passwd', 'files/a/b', 'elsewhere.txt', 'META-INF/signature2.p7s']) {
      expect(await verify(await repacked(bytes, (entries) => entries.set(path, utf8('x'))))).toMatchObject({ reason: 'package-malformed' });
    }
  });
  it('when it is no container, is cut, or has another type', async () => {
    const bytes = await pack();
    expect(await verify(utf8('no archive'))).toMatchObject({ reason: 'package-malformed' });
    expect(await verify(new Uint8Array())).toMatchObject({ reason: 'package-malformed' });
    expect(await verify(bytes.slice(0, -30))).toMatchObject({ reason: 'package-malformed' });
    expect(await verify(Uint8Array.from([0, ...bytes]))).toMatchObject({ reason: 'package-malformed' });
    const other = await repacked(bytes, (entries) => entries.set('mimetype', utf8('application/zip')));
    expect(await verify(other)).toMatchObject({ reason: 'package-malformed' });
  });
  it('when any byte of an attachment, the bid, the manifest or the type is another', async () => {
    const bytes = await pack();
    const latin = new TextDecoder('latin1').decode(bytes);
    const places = ['mimetypeapplication', '{"bidder"', '编号', 'DigestValue'].map((text) =>
      latin.indexOf(new TextDecoder('latin1').decode(utf8(text))),
    );
    for (const at of [...places, 100_000]) {
      const changed = Uint8Array.from(bytes, (byte, place) => (place === at ? byte ^ 1 : byte));
      expect({ at, ok: (await verify(changed)).ok }).toEqual({ at, ok: false });
    }
  });
});

describe('Packing', () => {
  it('stops when an attachment is not what was said of it', async () => {
    const wrong = [{ name: 'a.txt', size: 3, sha256: 'A'.repeat(43), content: new Blob(['abc']) }];
    await expect(bytesIn(packBid({ bid, files: wrong, signer, at: now }))).rejects.toThrow('package-file-changed');
    const short = [{ name: 'a.txt', size: 4, content: new Blob(['abc']) }];
    await expect(bytesIn(packBid({ bid, files: short, signer, at: now }))).rejects.toThrow();
  });
  it('stops when the signer fails, and when the reader goes away', async () => {
    const broken = { ...signer, sign: () => Promise.reject(new Error('the device was removed')) };
    await expect(bytesIn(packBid({ bid, files: [], signer: broken, at: now }))).rejects.toThrow('the device was removed');
    await packBid({ bid, files: files(), signer, at: now }).cancel();
  });
  it('takes only names that every file system can hold, each once', () => {
    for (const name of ['投标函.pdf', 'a b.txt', '.well']) expect(fileNameFits(name)).toBe(true);
    for (const name of ['', '.', '..', 'a/b', 'a\\b', 'a\n', 'con:', ' a', 'a ', 'a.', '长'.repeat(67), 'e\u0301'])
      expect(fileNameFits(name)).toBe(false);
    const twice = ['A.txt', 'a.TXT'].map((name) => ({ name, size: 0, content: new Blob([]) }));
    expect(() => packBid({ bid, files: twice, signer, at: now })).toThrow('package-file-name');
  });
});

describe('The manifest', () => {
  const entries = [
    { path: 'bid.json', sha256: sha256(utf8('bid')) },
    { path: "files/工程量 清单 (1)'s 100%.csv", sha256: sha256(utf8('file')) },
  ];
  const text = textOf(writeManifest(entries)) ?? '';
  it('reads what it wrote', () => {
    expect(readManifest(text)).toEqual(entries);
  });
  it('reads another tool’s prefixes, quotes and white space', () => {
    const other = text.replaceAll('asic:', 'ns1:').replaceAll('ds:', '').replace(/"/g, "'").replace(/\n\s*/g, '');
    expect(readManifest(other)).toEqual(entries);
  });
  it.each([
    ['a comment', text.replace('<asic:SigReference', '<!-- --><asic:SigReference')],
    ['a DOCTYPE', text.replace('?>\n', '?>\n<!DOCTYPE a [<!ENTITY b "c">]>')],
    ['an entity', text.replace('bid.json', 'bid&#46;json')],
    ['CDATA', text.replace(/(<ds:DigestValue>)([^<]+)/, '$1<![CDATA[$2]]>')],
    ['another digest method', text.replace('xmlenc#sha256', 'xmlenc#sha512')],
    ['an element left open', text.replace('</asic:ASiCManifest>', '')],
    ['text between elements', text.replace('<asic:SigReference', 'x<asic:SigReference')],
    ['one attribute twice', text.replace('URI="bid.json"', 'URI="bid.json" URI="other"')],
    ['a digest of another length', text.replace(/<ds:DigestValue>[^<]+/, '<ds:DigestValue>AAAA')],
    ['nothing', ''],
  ])('refuses %s', (_, changed) => {
    expect(changed).not.toBe(text);
    expect(readManifest(changed)).toBeUndefined();
  });
});
