import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ArchiveAnswer } from '../../src/archives/answers.ts';
import { askDestruction } from '../../src/archives/ask-destruction.ts';
import { closeArchive } from '../../src/archives/close-archive.ts';
import { destroyArchive } from '../../src/archives/destroy-archive.ts';
import { handoverBy, keepingFrom } from '../../src/archives/keeping.ts';
import { openArchive } from '../../src/archives/open-archive.ts';
import { ArchiveVolume } from '../../src/archives/schema.ts';
import { pack, unpack } from '../../src/evidence/archive.ts';
import { manifestOfVolume, writeVolume } from '../../src/evidence/archive-volume.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { later } from '../../src/kernel/clock.ts';
import { terminateTender } from '../../src/tenders/terminate-tender.ts';
import { at, pageOf, regulatorOf, today } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { issueAll } from '../papers/whole-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, openedLot } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';

/** One lot, one volume: closed, sealed, verified, taken out on record, kept for fifteen years, destroyed by two. */

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
let lot: string;
let volume: Uint8Array;
beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house));
  town = today(witnessed.town);
  stop = witnessed.stop;
  ({ lot } = await openedLot(town));
}, 120_000);
afterAll(async () => {
  await stop();
  await house.close();
});

const row = () => house.em().findOneOrFail(ArchiveVolume, { lot });
const shown = async (who: Person | null): Promise<ArchiveAnswer> =>
  (await (who ? await who.api() : house.api()).get(`/lots/${lot}/archive`)).body as ArchiveAnswer;
const ground = '案件复核需要';
const key = async () => parseVerifierKey((await house.api().get('/keys')).body.platform);

describe('ARCH-1 how long it is kept', () => {
  it('fifteen years from the day after it was closed, to the second; handed over by the end of next March', () => {
    const { years, until } = keepingFrom(at('2031-03-03T09:00'));
    expect([years, until]).toEqual([15, at('2046-03-04T00:00')]);
    expect(keepingFrom(at('2032-02-29T23:59')).until).toBe(at('2047-03-01T00:00'));
    expect(handoverBy(at('2031-12-31T23:59'))).toBe(at('2032-04-01T00:00'));
    expect(handoverBy(at('2032-01-01T00:00'))).toBe(at('2033-04-01T00:00'));
  });
});

describe('the volume of a lot', () => {
  it('is closed by its host when the lot has ended, once, and by nobody before', async () => {
    expect(await refusal(house.perform(closeArchive, town.agent.actor, { lot }))).toBe('not-in-this-phase');
    await house.perform(terminateTender, town.agent.actor, { lot, ground: 'funds-lost', reason: '专项债券额度被收回，资金不再落实' });
    expect((await shown(town.agent)).you.mayClose).toBe(true);
    expect(await refusal(house.perform(closeArchive, town.stranger.actor, { lot }))).not.toBe('performed');
    await (await town.agent.api()).post(`/lots/${lot}/archive`, {});
    expect(await refusal(house.perform(closeArchive, town.agent.actor, { lot }))).toBe('archive-closed-already');
    expect(await refusal(house.perform(openArchive, town.agent.actor, { lot, ground }))).toBe('archive-not-sealed');
  });

  it('is made by the platform when its papers are issued and its entries witnessed, and its digest stands in the journal', async () => {
    for (let tries = 0; tries < 100 && (await row()).state === 'asked'; tries += 1) {
      await issueAll(house);
      await beat(house);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const made = await row();
    expect(made.state).toBe('sealed');
    const [sealed] = await eventsOfLot(house.em(), lot, { types: ['archive.sealed'] });
    expect(sealed?.event.data).toMatchObject({ sha256: made.sha256, manifestSha256: made.manifestSha256 });
  }, 60_000);

  it('is taken out on record by host and supervisor alone; everybody sees that it is there', async () => {
    const elsewhere = await regulatorOf(town, '420100');
    for (const who of [town.bidders[0], town.experts[0], town.stranger])
      expect(await refusal(house.perform(openArchive, who?.actor ?? town.stranger.actor, { lot, ground }))).not.toBe('performed');
    expect(await refusal(house.perform(openArchive, elsewhere.actor, { lot, ground }))).toBe('not-found');
    const everybody = await shown(null);
    expect([everybody.volume?.state, everybody.files, everybody.you.mayOpen]).toEqual(['sealed', [], false]);
    expect((await shown(town.regulator)).files.length).toBeGreaterThan(3);
    const { opening } = (await (await town.agent.api()).post(`/lots/${lot}/archive/openings`, { ground })).body as { opening: string };
    const download = (who: Person, id: string) =>
      who.token().then((token) =>
        request(house.app)
          .get(`/api/lots/${lot}/archive/openings/${id}`)
          .set({ authorization: `Bearer ${token}` })
          .buffer(true)
          .parse((response, done) => {
            const pieces: Buffer[] = [];
            const stream = response as unknown as NodeJS.ReadableStream;
            stream.on('data', (piece: Buffer) => pieces.push(piece));
            stream.on('end', () => done(null, Buffer.concat(pieces)));
          }),
      );
    expect((await download(town.regulator, opening)).status).toBe(404);
    const answer = await download(town.agent, opening);
    expect(answer.status).toBe(200);
    volume = new Uint8Array(answer.body as Buffer);
  });

  it('proves itself: files, digests, pages and its evidence; a changed, missing or added file is found', async () => {
    const options = { key: await key() };
    expect(await verifyFile(volume, options)).toMatchObject({ result: 'verified' });
    const files = (await unpack(volume)) ?? new Map<string, Uint8Array>();
    const manifest = manifestOfVolume(files);
    if (!manifest) throw new Error('no manifest');
    const [paper] = manifest.files.filter(({ pages }) => pages !== null);
    if (!paper) throw new Error('no paper');
    const altered = new Map(files).set(paper.name, new TextEncoder().encode('%PDF-1.4 /Type /Page'));
    expect(await verifyFile(await pack(altered), options)).toMatchObject({ result: 'refuted' });
    const fewer = new Map([...files].filter(([name]) => name !== paper.name));
    expect(await verifyFile(await pack(fewer), options)).toMatchObject({ result: 'refuted' });
    expect(await verifyFile(await pack(new Map(files).set('papers/999-more.pdf', new Uint8Array(3))), options)).toMatchObject({
      result: 'refuted',
    });
    const recounted = {
      ...manifest,
      files: manifest.files.map((each) => (each.name === paper.name ? { ...each, pages: (each.pages ?? 0) + 1 } : each)),
    };
    const content = new Map([...files].filter(([name]) => name !== 'manifest.json'));
    expect(await verifyFile(await writeVolume(recounted, content), options)).toMatchObject({ result: 'refuted' });
    expect(paper.pages).toBeGreaterThan(0);
  }, 60_000);

  it('ARCH-1 is destroyed only when its time is over, by the host’s asking and the supervisor’s agreeing; the journal keeps its digest', async () => {
    const { keepUntil, sha256 } = await row();
    const asked = () => refusal(house.perform(askDestruction, town.tenderee.actor, { lot, ground: '保管期满' }));
    const agreed = () => refusal(house.perform(destroyArchive, town.regulator.actor, { lot, ground: '保管期满，同意' }));
    await house.clock.to(later(keepUntil, -60_000));
    expect(await asked()).toBe('archive-still-kept');
    await house.clock.to(keepUntil);
    expect(await agreed()).toBe('destruction-not-asked');
    expect(await asked()).toBe('performed');
    expect(await refusal(house.perform(destroyArchive, town.tenderee.actor, { lot, ground: '保管期满' }))).toBe('not-permitted');
    expect(await agreed()).toBe('performed');
    await beat(house);
    expect(await row()).toMatchObject({ state: 'destroyed', fileKey: null, sha256 });
    expect((await pageOf(house, null, `/lots/${lot}/archive`)).text).toContain('期满已销毁');
  }, 60_000);
});
