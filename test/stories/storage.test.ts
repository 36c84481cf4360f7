import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decrypter } from 'age-encryption';
import { Client } from 'pg';
import { noteSigner, printSignerKey } from '../../src/journal/checkpoint.ts';
import { combine, evaluate } from '../../src/sealing/council.ts';
import { readEnvelopeHeader, unwrapFileKey } from '../../src/sealing/envelope.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { publishedLot, submitSealed } from '../support/opened-lot.ts';
import { makeTown, soon, type Town } from '../support/town.ts';

/**
 * The operator before the deadline: everything on the disk and in the database is taken, with the keys of the platform and all that one custodian holds, and
 * searched for what known bids say. What an operator does see is named too.
 */
let house: TestHouse;
let town: Town;
let lot: string;
let tables = '';
let disk: readonly { readonly name: string; readonly content: Buffer }[] = [];
const journalKey = noteSigner('test.yangguang.example/sandbox', new Uint8Array(32).fill(77));
/** words that stand in these bids and nowhere else: the write-ahead log is that of every database of the server */
const prices = ['7654321.09', '8765432.18'];
const secret = { manager: '诸葛孔明 鄂9988776', method: '%PDF-1.7 木牛流马施工组织设计', file: '木牛流马.pdf' };

beforeAll(async () => {
  house = await openHouse({ at: soon(), key: journalKey });
  town = await makeTown(house, { bidders: 2, experts: 1 });
  ({ lot } = await publishedLot(town));
  for (const [at, price] of prices.entries()) {
    const bidder = town.bidders[at];
    if (!bidder) throw new Error('a bidder is missing');
    const files = [
      { field: 'technical', name: secret.file, content: secret.method },
      { field: 'qualification', name: '资格审查资料.zip', content: 'PK' },
    ];
    await submitSealed(town, lot, bidder, { price, files, figures: { manager: secret.manager } });
  }
  ({ tables, disk } = await everything());
}, 120_000);
afterAll(() => house.close());

/** As a superuser with root: every row of every table as text, every file of the node, and the database's own files with its write-ahead log. */
async function everything() {
  const owner = new Client(house.database.ownerUrl);
  await owner.connect();
  try {
    const { rows } = await owner.query<{ name: string }>(
      `select format('%I', tablename) as name from pg_tables where schemaname = 'public'`,
    );
    const texts: string[] = [];
    for (const { name } of rows) {
      const found = await owner.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`);
      texts.push(`# ${name}`, ...found.rows.map(({ row }) => row));
    }
    await owner.query('checkpoint');
    const [place] = (
      await owner.query<{ folder: string; oid: string }>(
        `select current_setting('data_directory') as folder, oid::text from pg_database where datname = current_database()`,
      )
    ).rows;
    const folders = [join(house.uploads, '..'), join(place?.folder ?? '', 'base', place?.oid ?? ''), join(place?.folder ?? '', 'pg_wal')];
    return { tables: texts.join('\n'), disk: folders.flatMap(filesIn) };
  } finally {
    await owner.end();
  }
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => ({ name, content: readFileSync(name) }));

/** a text as it could stand there: plain, in both wide encodings, in hex, and inside base64 at each of three offsets */
function spellings(text: string): Buffer[] {
  const plain = Buffer.from(text);
  const inBase64 = [0, 1, 2].map((offset) => {
    const code = Buffer.concat([Buffer.alloc(offset), plain]).toString('base64');
    return Buffer.from(code.slice(offset === 0 ? 0 : 4, -4));
  });
  return [plain, Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16(), Buffer.from(plain.toString('hex')), ...inBase64];
}
const placesOf = (text: string): string[] =>
  spellings(text).flatMap((spelling) => [
    ...(tables.includes(spelling.toString()) ? ['the tables'] : []),
    ...disk.filter(({ content }) => content.includes(spelling)).map(({ name }) => name),
  ]);
const envelopes = () => disk.filter(({ content }) => content.subarray(0, 21).toString() === 'age-encryption.org/v1');

describe('An operator who takes everything before the deadline', () => {
  it('took enough to find what is there: the search does find what is public', () => {
    expect(placesOf('黄柏河生态护岸工程').length).toBeGreaterThan(1);
    expect(tables).toContain('# submission');
    expect(envelopes().length).toBeGreaterThanOrEqual(2);
  });
  it.each([...prices, secret.manager, secret.method, secret.file])('finds no “%s” of a bid, in any spelling, anywhere', (text) => {
    expect(placesOf(text)).toEqual([]);
  });
  it('no other compressed form either: envelopes do not shrink, so nothing readable lies in them', async () => {
    const { deflateSync } = await import('node:zlib');
    for (const { content } of envelopes()) expect(deflateSync(content.subarray(1024)).length).toBeGreaterThan(content.length - 1024 - 64);
  });
  it('opens none with the journal’s key, the passwords’ hashes or any other 32 bytes that lie about', async () => {
    const secrets = [journalKey.secretKey, Buffer.from(printSignerKey(journalKey)).subarray(-32), new Uint8Array(32)];
    for (const { content } of envelopes()) {
      const read = await readEnvelopeHeader(new Uint8Array(content));
      if (!read.ok) throw new Error('an envelope is not readable');
      for (const bytes of secrets) {
        for (const { actor } of town.bidders) {
          const context = { lot, part: 'whole' as const, bidder: actor.code ?? '' };
          expect(unwrapFileKey(town.council, context, read.header, Buffer.from(bytes).toString('base64url')).ok).toBe(false);
        }
        const decrypter = new Decrypter();
        decrypter.addIdentity({ unwrapFileKey: () => bytes.slice(0, 16) });
        await expect(decrypter.decrypt(new Uint8Array(content))).rejects.toThrow();
      }
    }
  });
  it('opens none with all that one custodian holds: one answer is too few, given twice it is one, and it is no key by itself', async () => {
    const [share] = town.shares;
    if (!share) throw new Error('no share');
    for (const { content } of envelopes()) {
      const read = await readEnvelopeHeader(new Uint8Array(content));
      if (!read.ok) throw new Error('an envelope is not readable');
      const points = [read.header.ephemeral];
      const answer = evaluate(share, points, town.council);
      expect(combine(town.council, points, [answer])).toMatchObject({ ok: false, problem: { problem: 'shares-too-few' } });
      expect(combine(town.council, points, [answer, answer])).toMatchObject({
        ok: false,
        problem: { problem: 'shares-same-trustee-twice' },
      });
      expect(combine(town.council, points, [answer, { ...answer, trustee: 2 }])).toMatchObject({ ok: false });
      for (const { actor } of town.bidders)
        expect(
          unwrapFileKey(town.council, { lot, part: 'whole', bidder: actor.code ?? '' }, read.header, answer.evaluated[0] ?? '').ok,
        ).toBe(false);
    }
  });
  it('with two custodians of three it does open: that is the line the threshold draws', async () => {
    const { content } = envelopes()[0] ?? { content: Buffer.alloc(0) };
    const read = await readEnvelopeHeader(new Uint8Array(content));
    if (!read.ok) throw new Error('an envelope is not readable');
    const points = [read.header.ephemeral];
    const combined = combine(
      town.council,
      points,
      town.shares.slice(0, 2).map((share) => evaluate(share, points, town.council)),
    );
    if (!combined.ok) throw new Error('the shares do not combine');
    const opened = town.bidders.map(({ actor }) =>
      unwrapFileKey(town.council, { lot, part: 'whole', bidder: actor.code ?? '' }, read.header, combined.shared[0] ?? ''),
    );
    expect(opened.filter(({ ok }) => ok)).toHaveLength(1);
  });
  it('does see who submitted, when, from where and how many bytes: that remains, to whoever reads the tables', () => {
    for (const { actor } of town.bidders) expect(placesOf(actor.code ?? '').length).toBeGreaterThan(0);
    expect(tables).toMatch(/"bytes":\d+/);
    expect(tables).toMatch(/"received_at"/);
    // but no file name says whose it is
    for (const { name } of envelopes()) for (const { actor } of town.bidders) expect(name).not.toContain(actor.code ?? '');
  });
});
