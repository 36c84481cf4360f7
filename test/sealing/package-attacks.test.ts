import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { canonicalBytes, utf8 } from '../../src/kernel/bytes.ts';
import { concat, sha256 } from '../../src/sealing/digest.ts';
import type { EnvelopeContext } from '../../src/sealing/envelope.ts';
import { manifestPath, signaturePath, writeManifest } from '../../src/sealing/manifest.ts';
import { bidPath, containerType } from '../../src/sealing/package.ts';
import { bytesSource, readPackedFile, verifyPackage } from '../../src/sealing/package-reader.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { now, testAuthority } from './pki.ts';
import { endRecord, type RawEntry, rawContainer } from './raw-container.ts';
import { bytesIn } from './vectors.ts';

/*
 * Packages made by a bidder that means harm. It holds a true certificate and signs whatever it packs: what is tried here is never stopped by a signature
 * that does not hold, unless that is the attack. Each archive is sound but for one thing, and is refused for that.
 */
const expected: EnvelopeContext = { lot: '01a20305-5a3e-7724-8fb5-8cf50217a446', part: 'price', bidder: '91420500NNPE6AC207' };
const elsewhere = '01a20305-5b37-7f10-9a3f-3ae7a7ca92cc';
const rival = '91420500PYKRKJ0X0W';
const authority = await testAuthority();
const { signer } = await authority.certify({ commonName: '宜昌长江建设有限公司', code: expected.bidder });
const other = await authority.certify({ commonName: '另一家公司', code: rival });
const stranger = await (await testAuthority()).certify({ commonName: '假冒', code: expected.bidder });
const trust = { anchors: [authority.root.certificate], at: now };
const verdictOf = (bytes: Uint8Array, context = expected) => verifyPackage(bytesSource(bytes), context, trust);
const refused = async (bytes: Uint8Array, context = expected): Promise<string> => {
  const verdict = await verdictOf(bytes, context);
  return verdict.ok ? 'taken' : verdict.reason;
};

const bid = { format: 'yangguang/bid/v1', ...expected, price: '980000000.00' };
const bidEntry: RawEntry = { path: bidPath, content: canonicalBytes(bid) };
const letter: RawEntry = { path: 'files/投标函.pdf', content: utf8('%PDF-1.7 投标函') };
const mimetype: RawEntry = { path: 'mimetype', content: utf8(containerType) };
const named = (path: string, more: Partial<RawEntry> = {}): RawEntry => ({ path, content: utf8('x'), ...more });

/** What stands in META-INF when these entries are what was signed. */
async function signatureOver(listed: readonly RawEntry[], by = signer): Promise<[RawEntry, RawEntry]> {
  const manifest = writeManifest(listed.map(({ path, content }) => ({ path, sha256: sha256(content) })));
  return [
    { path: manifestPath, content: manifest },
    { path: signaturePath, content: await signDetached(manifest, by, now) },
  ];
}
/** A whole package with these data objects, each in the manifest, signed by the bidder. */
const signed = async (data: readonly RawEntry[], by = signer): Promise<RawEntry[]> => [
  mimetype,
  ...data,
  ...(await signatureOver(data, by)),
];
const sound = await signed([bidEntry, letter]);
/** Another whole package of the same bidder, to be hidden in the first. */
const hidden = rawContainer(await signed([{ ...bidEntry, content: canonicalBytes({ ...bid, price: '1.00' }) }]));
/** The sound package and one more entry that the bidder signed too. */
const withOne = async (entry: RawEntry): Promise<Uint8Array> => rawContainer(await signed([bidEntry, letter, entry]));
/** The sound package with one field of one of its entries bent. */
const bent = (path: string, change: Partial<RawEntry>): RawEntry[] =>
  sound.map((entry) => (entry.path === path ? { ...entry, ...change } : entry));

describe('A package made by hand', () => {
  it('is taken when nothing in it is bent, stored or deflated', async () => {
    expect(await verdictOf(rawContainer(sound))).toMatchObject({ ok: true, files: [{ name: '投标函.pdf' }] });
    expect(await refused(rawContainer(bent(letter.path, { deflated: true })))).toBe('taken');
    expect(await refused(await withOne(named('files/附件.pdf', { system: 0 })))).toBe('taken');
    expect(await refused(await withOne(named('files/附件.pdf', { attributes: 0o100644 * 65536 })))).toBe('taken');
  });
});

describe('Signatures', () => {
  const cheaper = { ...bidEntry, content: canonicalBytes({ ...bid, price: '1.00' }) };
  it.each<[string, string, () => Promise<readonly RawEntry[]>]>([
    ['by another bidder', 'package-wrong-bidder', () => signed([bidEntry, letter], other.signer)],
    [
      'by another bidder, over a bid in its own name',
      'package-wrong-bidder',
      async () => signed([{ ...bidEntry, content: canonicalBytes({ ...bid, bidder: rival }) }], other.signer),
    ],
    ['by a stranger’s authority', 'package-untrusted-signer', () => signed([bidEntry, letter], stranger.signer)],
    ['none', 'package-unsigned', async () => sound.filter(({ path }) => path !== signaturePath)],
    ['empty', 'package-wrong-signature', async () => bent(signaturePath, { content: new Uint8Array() })],
    ['no CMS at all', 'package-wrong-signature', async () => bent(signaturePath, { content: utf8('not a signature') })],
    [
      'the bid altered afterwards',
      'package-altered',
      async () => [mimetype, cheaper, letter, ...(await signatureOver([bidEntry, letter]))],
    ],
    [
      'taken over from another package of the same bidder',
      'package-wrong-signature',
      async () => [
        mimetype,
        cheaper,
        letter,
        ...(await signatureOver([cheaper, letter])).slice(0, 1),
        ...(await signatureOver([bidEntry, letter])).slice(1),
      ],
    ],
  ])('%s: %s', async (_what, reason, make) => {
    expect(await refused(rawContainer(await make()))).toBe(reason);
  });
  it('moved: a package of another lot, another part or another bidder, whole and truly signed', async () => {
    const bytes = rawContainer(sound);
    expect(await refused(bytes, { ...expected, lot: elsewhere })).toBe('package-not-for-this-lot');
    expect(await refused(bytes, { ...expected, part: 'technical' })).toBe('package-not-for-this-lot');
    expect(await refused(bytes, { ...expected, bidder: rival })).toBe('package-wrong-bidder');
  });
});

describe('Manifest and container', () => {
  it.each<[string, () => Promise<readonly RawEntry[]>]>([
    [
      'an entry that the manifest does not list',
      async () => [mimetype, bidEntry, letter, named('files/b'), ...(await signatureOver([bidEntry, letter]))],
    ],
    ['a listed entry that is not there', async () => [mimetype, bidEntry, ...(await signatureOver([bidEntry, letter]))]],
    ['one listed twice, another not at all', async () => [mimetype, bidEntry, letter, ...(await signatureOver([bidEntry, bidEntry]))]],
    [
      'one listed twice, with two digests',
      async () => [mimetype, bidEntry, letter, ...(await signatureOver([bidEntry, letter, { ...letter, content: utf8('y') }]))],
    ],
    ['a bid that is not listed', async () => [mimetype, bidEntry, letter, ...(await signatureOver([letter]))]],
    ['the type listed as if it were content', async () => [mimetype, bidEntry, ...(await signatureOver([mimetype, bidEntry]))]],
    ['no bid at all', async () => [mimetype, letter, ...(await signatureOver([bidEntry, letter]))]],
  ])('%s: package-altered', async (_what, make) => {
    expect(await refused(rawContainer(await make()))).toBe('package-altered');
  });
});

describe('Bombs', () => {
  const zeros = new Uint8Array(20 * 1024 * 1024);
  it('an attachment that unpacks to a thousand times its size, honestly declared: package-malformed, before any of it is unpacked', async () => {
    const bytes = await withOne(named('files/bomb', { content: zeros, deflated: true }));
    expect(bytes.length).toBeLessThan(64 * 1024);
    expect(await refused(bytes)).toBe('package-malformed');
    // the same bytes stored are only large
    expect(await refused(await withOne(named('files/large', { content: zeros })))).toBe('taken');
  });
  it('many entries that are a bomb only together: package-malformed', async () => {
    const content = zeros.subarray(0, 4 * 1024 * 1024);
    const several = (count: number) => Array.from({ length: count }, (_, n) => named(`files/${n}`, { content, deflated: true }));
    expect(await refused(rawContainer(await signed([bidEntry, ...several(3)])))).toBe('taken');
    expect(await refused(rawContainer(await signed([bidEntry, ...several(5)])))).toBe('package-malformed');
  });
  it('an archive in an archive is an attachment like any other: never unpacked', async () => {
    const inner = rawContainer([named('bomb', { content: zeros, deflated: true })]);
    const nested = rawContainer([named('inner.zip', { content: inner }), named('again.zip', { content: inner })]);
    const bytes = await withOne(named('files/nested.zip', { content: nested }));
    const verdict = await verdictOf(bytes);
    if (!verdict.ok) throw verdict.problem;
    const file = verdict.files.find(({ name }) => name === 'nested.zip');
    if (!file) throw new Error('the attachment is not named');
    expect(file.size).toBe(nested.length);
    expect(await bytesIn(await readPackedFile(bytesSource(bytes), file))).toEqual(nested);
  });
  const small = zeros.subarray(0, 1024 * 1024);
  it.each<[string, string, () => Promise<readonly RawEntry[]>]>([
    [
      'an attachment larger than declared',
      'package-altered',
      () => signed([bidEntry, named('files/a', { content: small, deflated: true, declared: 10 })]),
    ],
    [
      'an attachment smaller than declared',
      'package-altered',
      () => signed([bidEntry, named('files/a', { deflated: true, declared: 5000 })]),
    ],
    ['a stored attachment said to be shorter', 'package-altered', async () => bent(letter.path, { declared: 3 })],
    ['a stored attachment said to be longer', 'package-altered', async () => bent(letter.path, { declared: 3000 })],
    ['a bid larger than declared', 'package-altered', async () => bent(bidPath, { deflated: true, declared: 10 })],
    ['a manifest larger than declared', 'package-unsigned', async () => bent(manifestPath, { deflated: true, declared: 10 })],
    ['a signature larger than declared', 'package-unsigned', async () => bent(signaturePath, { deflated: true, declared: 10 })],
    [
      'a manifest of more than is read whole',
      'package-unsigned',
      async () => bent(manifestPath, { content: concat(zeros), deflated: false }),
    ],
    ['a type larger than declared', 'package-malformed', async () => bent('mimetype', { declared: 10 })],
  ])('%s: %s', async (_what, reason, make) => {
    expect(await refused(rawContainer(await make()))).toBe(reason);
  });
  it('two entries over the same bytes, under one local name or each under its own: package-altered', async () => {
    const twin = named('files/twin', { content: letter.content, sharing: 2 });
    expect(await refused(rawContainer(await signed([bidEntry, letter, twin])))).toBe('package-altered');
    const outer = named('files/outer', { content: rawContainer([named('files/inner')]) });
    const quoting = (place: number) => signed([bidEntry, outer, named('files/inner', { quoting: place })]);
    const at = Buffer.from(rawContainer(await quoting(0))).indexOf('files/inner') - 30;
    expect(await refused(rawContainer(await quoting(at)))).toBe('package-altered');
    // side by side they are two attachments like any others
    expect(await refused(rawContainer(await signed([bidEntry, outer, named('files/inner')])))).toBe('taken');
  });
  it('ten thousand entries, and already one more than two thousand: package-malformed', async () => {
    const many = async (count: number) =>
      rawContainer(await signed([bidEntry, ...Array.from({ length: count - 4 }, (_, n) => named(`files/${n}`))]));
    expect(await refused(await many(10_000))).toBe('package-malformed');
    expect(await refused(await many(2001))).toBe('package-malformed');
    expect(await refused(await many(2000))).toBe('taken');
  }, 60_000);
});

describe('Names', () => {
  it.each([
    '../evil',
    'files/../evil',
    'files/..',
    'files/.',
    'files/',
    'files/a/../../evil',
    'files/a/b',
    'files//a',
    './files/a',
    'META-INF/../evil',
    '/etc/passwd',
    'files//etc/passwd',
    'C:/evil',
    'C:evil',
    'files/C:evil',
    'files/a:stream',
    'C:\\evil',
    '\\evil',
    '\\\\server\\share\\evil',
    'files\\evil',
    'files/..\\evil',
    'files/a\\b',
    'files/a\0.pdf',
    'files/\0',
    'bid.json\0',
    'files/a\n.pdf',
    'files/a ',
    'files/a.',
    '~/evil',
    '',
    'Files/a',
    'FILES/a',
    'bid.json/',
    'BID.JSON',
    'META-INF/manifest.xml',
    'META-INF/signatures.p7s',
    'meta-inf/signature.p7s',
    // look-alikes of a folder, of a file that is read, and of the way out
    'files∕evil',
    'files／evil',
    'ｆiles/evil',
    'bіd.json',
    '．．/evil',
    '‥/evil',
    '../files/a',
    'files/．．/evil',
    'files/..∕../evil',
  ])('%j: package-malformed, though the bidder signed it', async (path) => {
    expect(await refused(await withOne(named(path)))).toBe('package-malformed');
  });
  it.each(['..／evil', '..∕evil', '..⁄evil', '..＼evil', '．．', '‥', 'Ｃ：evil'])(
    'files/%s only looks like a way out: it is one name, and stays in its folder',
    async (name) => {
      const verdict = await verdictOf(await withOne(named(`files/${name}`)));
      if (!verdict.ok) throw verdict.problem;
      expect(verdict.files.map((file) => file.name)).toContain(name);
      expect([basename(name), join('/folder', name)]).toEqual([name, `/folder/${name}`]);
    },
  );
  it.each([
    ['the same name twice', ['files/a.pdf', 'files/a.pdf']],
    ['names that differ in case', ['files/A.pdf', 'files/a.PDF']],
    ['names that differ in the case of other letters', ['files/ПЛАН', 'files/план']],
    ['names that differ in their normalisation', ['files/plan-\u00e9', 'files/plan-e\u0301']],
    ['a name with a sign that is a letter when normalised', ['files/k', 'files/\u212a']],
    ['the bid twice', [bidPath]],
    ['the manifest twice', [manifestPath]],
    ['the signature twice', [signaturePath]],
    ['the type twice', ['mimetype']],
  ])('%s: package-malformed', async (_what, paths) => {
    const entries = await signed([bidEntry, letter]);
    const doubled =
      paths.length === 1 ? [...entries, named(paths[0] ?? '')] : await signed([bidEntry, ...paths.map((path) => named(path))]);
    expect(await refused(rawContainer(doubled))).toBe('package-malformed');
  });
  it('another name in the local header than in the directory: package-altered', async () => {
    expect(await refused(rawContainer(bent(letter.path, { localPath: 'files/投标书.pdf' })))).toBe('package-altered');
    expect(await refused(rawContainer(bent(letter.path, { localPath: '../../etc/pw.pdf' })))).toBe('package-altered');
  });
  const kinds = { 'a symbolic link': 0o120777, 'a folder': 0o040755, 'a device': 0o020666, 'a pipe': 0o010644, 'a socket': 0o140755 };
  it.each(Object.entries(kinds))('%s by its attributes, whatever system it names: package-malformed', async (_what, mode) => {
    for (const system of [0, 3, 19]) {
      const entry = named('files/link', { content: utf8('../../etc/passwd'), system, attributes: mode * 65536 });
      expect([system, await refused(await withOne(entry))]).toEqual([system, 'package-malformed']);
    }
  });
});

describe('The end and the fields of the archive', () => {
  const whole = rawContainer(sound);
  const directory = whole.length - 22;
  it.each<[string, Uint8Array]>([
    ['a byte after the end', concat(whole, Uint8Array.of(0))],
    ['another archive after the end', concat(whole, hidden)],
    ['another archive before the beginning', concat(hidden, whole)],
    ['another archive in the comment', rawContainer(sound, { comment: hidden })],
    ['two end records', concat(whole, whole.slice(directory))],
    ['a second end record in the comment of the first', rawContainer(sound, { comment: endRecord(0, 0, 0) })],
    ['no end record', whole.slice(0, directory)],
    ['an end that says fewer entries', rawContainer(sound, { count: sound.length - 1 })],
    ['an end that says more entries', rawContainer(sound, { count: sound.length + 1 })],
    ['an end that says no entries', rawContainer(sound, { count: 0 })],
    ['a directory that begins elsewhere', rawContainer(sound, { offset: 4 })],
    ['a directory longer than the file', rawContainer(sound, { length: 0x7fffffff })],
    ['an encrypted entry', rawContainer(bent(letter.path, { flags: 1 }))],
    ['an entry with strong encryption', rawContainer(bent(letter.path, { flags: 0x41 }))],
    ['an encrypted bid', rawContainer(bent(bidPath, { flags: 1 }))],
    ['a masked local header', rawContainer(bent(letter.path, { flags: 0x2001 }))],
    ['zip64: another count than the end record', rawContainer(sound, { count: 0xffff, zip64: { count: 3n } })],
    ['zip64: a count without end', rawContainer(sound, { count: 0xffff, zip64: { count: 1n << 60n } })],
    ['zip64: a directory without end', rawContainer(sound, { length: 0xffffffff, zip64: { length: 1n << 62n } })],
    ['zip64: a directory outside the file', rawContainer(sound, { offset: 0xffffffff, zip64: { offset: 1n << 50n } })],
    ['zip64: a locator that points nowhere', rawContainer(sound, { offset: 0xffffffff, zip64: { locator: 1n << 50n, offset: 7n } })],
    ['zip64: announced and not there', rawContainer(sound, { offset: 0xffffffff })],
  ])('%s: package-malformed', async (_what, bytes) => {
    expect(await refused(bytes)).toBe('package-malformed');
  });
  it('a comment that names the type is taken, as ETSI allows', async () => {
    expect(await refused(rawContainer(sound, { comment: utf8(`mimetype=${containerType}`) }))).toBe('taken');
  });
  it('zip64 that says the truth is taken: it is the lie that is refused', async () => {
    const truth = { size: BigInt(letter.content.length), compressed: BigInt(letter.content.length) };
    const told = rawContainer(sound, { count: 0xffff, zip64: {} });
    expect(await refused(told)).toBe('taken');
    const lies: readonly (readonly [string, NonNullable<RawEntry['zip64']>])[] = [
      ['package-malformed', { ...truth, size: 1n << 40n }],
      ['package-malformed', { ...truth, size: (1n << 64n) - 1n }],
      ['package-altered', { ...truth, size: truth.size - 1n }],
      ['package-altered', { ...truth, compressed: 1n << 40n }],
      ['package-altered', { ...truth, offset: 1n << 40n }],
    ];
    for (const [reason, zip64] of lies) {
      const got = await refused(rawContainer(bent(letter.path, { zip64 })));
      expect([Object.values(zip64).map(String), got]).toEqual([Object.values(zip64).map(String), reason]);
    }
  });
});
