import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { Upload } from '../../src/bids/schema.ts';
import { leftovers, sweepUploadsIn } from '../../src/bids/sweep-uploads.ts';
import { largestEnvelope, mostOpenUploads } from '../../src/bids/upload-router.ts';
import { databaseNow } from '../../src/kernel/act.ts';
import { giveAuthority } from '../support/authority.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { at, type Cast, cast, draftedLot, publishedLot, withCouncil } from '../tenders/scene.ts';
import { aBidder, aBidderOf, type Bidder, bids, digestOf, envelope, idIn, tus, uploadedWhole } from './scene.ts';

let house: TestHouse;
let people: Cast;
let lot: string;
let other: string;
let bidder: Bidder;
let rival: Bidder;
let bytes: Uint8Array;
beforeAll(async () => {
  house = await openHouse({ at: at('2031-11-01T09:00') });
  await giveAuthority();
  people = await cast(house);
  await withCouncil(house);
  lot = await publishedLot(house, people);
  other = await publishedLot(house, people);
  bidder = await aBidderOf(house, 21, lot, other);
  rival = await aBidderOf(house, 22, lot);
  bytes = await envelope(lot, bidder, { bytes: 200_000 });
}, 60_000);
afterAll(() => house.close());

const stored = (id: string) => house.em().findOneOrFail(Upload, { id });
const whole = async (key: string | null | undefined): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of house.files.read(key ?? '')) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};
const folderOf = (): string[] => readdirSync(house.uploads);

describe('An upload goes on where it was cut off', () => {
  it('after any number of cuts the file is the same, byte for byte', async () => {
    const { create, head, patch } = tus(house, bidder.token);
    const created = await create(lot, bytes.length);
    expect(created.status).toBe(201);
    expect(created.headers.location).toMatch(/^\/uploads\/[0-9a-f-]{36}$/);
    const id = idIn(created);
    for (const [from, to] of [
      [0, 1],
      [1, 65_537],
      [65_537, bytes.length - 1],
    ] as const) {
      expect((await head(id)).headers['upload-offset']).toBe(String(from));
      expect((await patch(id, from, bytes.slice(from, to))).status).toBe(204);
    }
    expect((await stored(id)).completedAt).toBeNull();
    expect((await patch(id, bytes.length - 1, bytes.slice(-1))).status).toBe(204);
    const row = await stored(id);
    expect(row).toMatchObject({ sha256: digestOf(bytes), bytes: BigInt(bytes.length), party: bidder.code });
    expect(row.completedAt).not.toBeNull();
    const kept = await whole(row.fileKey);
    expect(kept.equals(Buffer.from(bytes))).toBe(true);
    expect(folderOf().filter((name) => name.startsWith(id))).toEqual([]);
  });

  it('a piece at the wrong place is refused and changes nothing', async () => {
    const id = idIn(await tus(house, bidder.token).create(lot, bytes.length));
    await tus(house, bidder.token).patch(id, 0, bytes.slice(0, 1000));
    expect((await tus(house, bidder.token).patch(id, 0, bytes.slice(0, 1000))).status).toBe(409);
    expect((await tus(house, bidder.token).patch(id, 2000, bytes.slice(2000))).status).toBe(409);
    expect((await tus(house, bidder.token).head(id)).headers['upload-offset']).toBe('1000');
  });

  it('more bytes than were announced are refused', async () => {
    const id = idIn(await tus(house, bidder.token).create(lot, 1000));
    expect((await tus(house, bidder.token).patch(id, 0, bytes.slice(0, 1001))).status).toBe(413);
    expect((await stored(id)).completedAt).toBeNull();
  });

  it('a connection that breaks in the middle keeps what had arrived', async () => {
    const server = house.app.listen(0);
    const { port } = server.address() as { port: number };
    const id = idIn(await tus(house, bidder.token).create(lot, bytes.length));
    const breaking = new AbortController();
    const broken = fetch(`http://127.0.0.1:${port}/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${bidder.token}`,
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
        'content-length': String(bytes.length),
      },
      body: new ReadableStream({
        async start(controller) {
          controller.enqueue(bytes.slice(0, 100_000));
          await new Promise((wait) => setTimeout(wait, 300));
          breaking.abort();
        },
      }),
      duplex: 'half',
      signal: breaking.signal,
    } as RequestInit);
    await expect(broken).rejects.toThrow();
    let offset = 0;
    for (let tries = 0; tries < 50 && offset === 0; tries += 1) {
      await new Promise((wait) => setTimeout(wait, 100));
      offset = Number((await tus(house, bidder.token).head(id)).headers['upload-offset'] ?? 0);
    }
    server.close();
    expect(offset).toBeGreaterThan(0);
    expect((await tus(house, bidder.token).patch(id, offset, bytes.slice(offset))).status).toBe(204);
    expect((await stored(id)).sha256).toBe(digestOf(bytes));
  }, 30_000);

  it('a finished one says so, however often it is asked, and takes nothing more', async () => {
    const id = await uploadedWhole(house, bidder.token, lot, bytes);
    for (let asked = 0; asked < 2; asked += 1) {
      const head = await tus(house, bidder.token).head(id);
      expect([head.status, head.headers['upload-offset'], head.headers['upload-length']]).toEqual([
        200,
        String(bytes.length),
        String(bytes.length),
      ]);
    }
    expect((await tus(house, bidder.token).patch(id, bytes.length, new Uint8Array(0))).status).toBe(204);
    expect((await stored(id)).sha256).toBe(digestOf(bytes));
  });

  it('whose last byte was stored by a process that died before putting the file away is put away when it is asked for', async () => {
    const id = await uploadedWhole(house, bidder.token, lot, bytes.slice(0, 5000));
    const row = await stored(id);
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(house.uploads, id), bytes.slice(0, 5000));
    await house.em().nativeUpdate(Upload, { id }, { completedAt: null, sha256: null, fileKey: null });
    const [first, second] = await Promise.all([tus(house, bidder.token).head(id), tus(house, bidder.token).head(id)]);
    expect([first.headers['upload-offset'], second.headers['upload-offset']]).toEqual(['5000', '5000']);
    expect((await stored(id)).sha256).toBe(row.sha256);
  });
});

describe('Who may upload what', () => {
  it('nobody without a session, and no other role', async () => {
    expect((await tus(house).create(lot, 1000)).status).toBe(401);
    for (const who of ['agent', 'tenderee', 'centre', 'regulator', 'administrator'] as const) {
      const refused = await tus(house, people[who]).create(lot, 1000);
      expect([who, refused.status, refused.body.type]).toEqual([who, 403, '/problems/not-permitted']);
    }
  });

  it('a page of another site cannot: the session cookie alone is not enough', async () => {
    const asked = () =>
      request(house.app)
        .post('/uploads')
        .set('cookie', `yg_session=${bidder.token}`)
        .set('tus-resumable', '1.0.0')
        .set('upload-length', '1000')
        .set('upload-metadata', `lot ${btoa(lot)},part ${btoa('whole')}`);
    const forged = await asked();
    expect([forged.status, forged.body.type]).toEqual([403, '/problems/form-expired']);
    expect((await asked().set('x-csrf-token', rival.csrf)).status).toBe(403);
    expect((await asked().set('x-csrf-token', bidder.csrf)).status).toBe(201);
  });

  it('an upload of another bidder is not there, to see or to go on with', async () => {
    const id = idIn(await tus(house, bidder.token).create(lot, bytes.length));
    const unknown = await tus(house, rival.token).head(crypto.randomUUID());
    for (const token of [rival.token, people.agent, people.administrator, undefined]) {
      const head = await tus(house, token).head(id);
      const patch = await tus(house, token).patch(id, 0, bytes);
      expect([401, 403, 404]).toContain(head.status);
      expect(patch.status).toBe(head.status);
      expect(head.headers['upload-offset']).toBeUndefined();
    }
    expect((await tus(house, rival.token).head(id)).status).toBe(unknown.status);
    expect((await tus(house, bidder.token).head(id)).headers['upload-offset']).toBe('0');
  });

  it('what was uploaded can be neither fetched nor deleted here, not even by its owner', async () => {
    const id = await uploadedWhole(house, bidder.token, lot, bytes);
    for (const method of ['get', 'delete', 'put'] as const) {
      const answer = await request(house.app)
        [method](`/uploads/${id}`)
        .set('authorization', `Bearer ${bidder.token}`)
        .set('tus-resumable', '1.0.0');
      expect([method, answer.status]).toEqual([method, 404]);
    }
    expect((await request(house.app).get('/uploads').set('authorization', `Bearer ${bidder.token}`)).status).toBe(404);
  });

  it('BID-DOCUMENTS: one who did not collect the documents does not bid', async () => {
    const late = await aBidder(house, 23);
    const refused = await tus(house, late.token).create(lot, 1000);
    expect([refused.status, refused.body.type, refused.body.rule]).toEqual([409, '/problems/documents-first', 'BID-DOCUMENTS']);
    expect((await tus(house, rival.token).create(other, 1000)).body.type).toBe('/problems/documents-first');
  });

  it('a lot that is not published is not there', async () => {
    const draft = await draftedLot(house, people);
    expect((await tus(house, bidder.token).create(draft, 1000)).status).toBe(404);
    expect((await tus(house, bidder.token).create('01a20305-5a3e-7724-8fb5-8cf50217a446', 1000)).status).toBe(404);
  });

  it('it must say lot, part and size; the size has an upper edge', async () => {
    const { create } = tus(house, bidder.token);
    expect((await create('anything', 1000)).body.type).toBe('/problems/upload-unreadable');
    expect((await create(lot, 1000, 'price')).body.type).toBe('/problems/upload-unreadable');
    expect((await create(lot, 1000, 'nonsense')).body.type).toBe('/problems/upload-unreadable');
    expect((await create(lot, null)).body.type).toBe('/problems/upload-unreadable');
    expect((await create(lot, 0)).body.type).toBe('/problems/upload-unreadable');
    const refused = await create(lot, largestEnvelope + 1);
    expect([refused.status, refused.body.type, refused.body.titleEn]).toEqual([
      413,
      '/problems/envelope-too-large',
      'The sealed file is larger than the platform takes (2 GB).',
    ]);
    expect((await create(lot, largestEnvelope)).status).toBe(201);
  });

  it('a bidder has a bounded number of uploads that wait; submitted ones do not count', async () => {
    const eager = await aBidderOf(house, 24, lot);
    await bids(house, eager, lot);
    for (let n = 0; n < mostOpenUploads; n += 1) expect((await tus(house, eager.token).create(lot, 1000)).status).toBe(201);
    const refused = await tus(house, eager.token).create(lot, 1000);
    expect([refused.status, refused.body.type]).toEqual([429, '/problems/too-many-uploads']);
    expect((await tus(house, rival.token).create(lot, 1000)).status).toBe(201);
  });
});

describe('The deadline, and a day after it', () => {
  it('not a byte more is taken from the deadline on; a day later what was never submitted is gone and the bid stands', async () => {
    const ends = await publishedLot(house, people, { deadline: '2031-11-22T09:30' });
    const late = await aBidderOf(house, 25, ends);
    const bid = await bids(house, late, ends);
    const finished = await uploadedWhole(house, late.token, ends, bytes);
    const id = idIn(await tus(house, late.token).create(ends, bytes.length));
    await house.clock.to('2031-11-22T01:29:59.999Z' as never);
    expect((await tus(house, late.token).patch(id, 0, bytes.slice(0, 1000))).status).toBe(204);
    await house.clock.to('2031-11-22T01:30:00.000Z' as never);
    const refused = await tus(house, late.token).patch(id, 1000, bytes.slice(1000));
    expect([refused.status, refused.body.type, refused.body.rule]).toEqual([409, '/problems/bidding-closed', 'BID-DEADLINE']);
    expect((await tus(house, late.token).create(ends, 1000)).body.type).toBe('/problems/bidding-closed');
    expect((await tus(house, late.token).head(id)).headers['upload-offset']).toBe('1000');

    sweepUploadsIn(house.uploads);
    const found = async () => (await leftovers.find(house.em(), await databaseNow(house.em()))).map((each) => each.id);
    await house.clock.to('2031-11-23T01:30:00.000Z' as never);
    expect(await found()).not.toContain(id);
    await house.clock.to('2031-11-23T01:30:00.001Z' as never);
    expect(await found()).toEqual(expect.arrayContaining([id, finished]));
    expect(await found()).not.toContain(bid.upload);
    const { fileKey } = await stored(finished);
    for (const each of await leftovers.find(house.em(), await databaseNow(house.em())))
      await leftovers.work(each, { frame: house.frame, files: house.files });
    expect(await found()).toEqual([]);
    expect(folderOf().filter((name) => name.startsWith(id))).toEqual([]);
    await expect(whole(fileKey)).rejects.toThrow();
    expect((await tus(house, late.token).head(id)).status).toBe(404);
    const kept = await house.api(late.token).get(`/lots/${ends}/bids/${bid.statement.id}/envelopes/whole`);
    expect(kept.status).toBe(200);
  });
});
