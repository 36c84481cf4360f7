import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { type BundleInput, verifyBundle, writeBundle } from '../../src/evidence/bundle.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat, Expert } from '../../src/experts/schema.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { thePublic, theSystem } from '../../src/kernel/actor.ts';
import { fromBase64url } from '../../src/kernel/bytes.ts';
import { later } from '../../src/kernel/clock.ts';
import type { Problem } from '../../src/kernel/problem.ts';
import { DrawRequest as DrawRow } from '../../src/openings/schema.ts';
import { type Evidence, publicEvidence } from '../../src/openness/evidence-reads.ts';
import { bareTranscript, type DrawTranscript, type LongDrawRequest, listsOf, nextCalled, verifyDraw } from '../../src/sealing/draw.ts';
import { witnessedTown } from '../openness/witness.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, until } from '../support/opened-lot.ts';
import { makeTown, soon, type Town } from '../support/town.ts';

/** A pool too large for a request to hold: its lists lie beside the journal, which holds their digests. */
let house: TestHouse;
let town: Town;
let lot: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  const witnessed = await witnessedTown(await makeTown(house, { experts: 16 }));
  town = witnessed.town;
  stop = witnessed.stop;
  const owner = new Client(house.database.ownerUrl);
  await owner.connect();
  // 10 001 for works from as many employers; for cost six, so that their reserve runs out
  await owner.query(
    `insert into expert (id, name, employer, employer_name, former_employers, specialties, memberships, terms, region, title, status, interests, relatives, prepared, admitted_at)
     select gen_random_uuid(), '专家' || n, '91420500' || lpad(n::text, 10, '0'), '单位' || n, '[]', array[case when n <= 10001 then 'A080301' else 'A060101' end],
       array['construction'], '{"construction":"2029-11-27"}', '420500', '高级工程师', 'normal', '{}', '{}', '{}', now() from generate_series(1, 10007) n`,
  );
  await owner.end();
  lot = (await openedLot(town)).lot;
  await house.perform(requestDraw, town.agent.actor, { lot });
  await until(town, async () => (await house.em().count(DrawSeat, { lot, state: 'called' })) === 4);
}, 120_000);
afterAll(async () => {
  await stop();
  await house.close();
});

const row = (): Promise<DrawRow> => house.em().findOneOrFail(DrawRow, { lot, purpose: 'experts' });
const transcriptOf = async (): Promise<DrawTranscript> => {
  const { body } = await house.api().get(`/lots/${lot}/draws`);
  return (body.draws as DrawTranscript[]).find((each) => each.request.seats.length > 0) as DrawTranscript;
};

describe('A draw over more experts than a request holds', () => {
  it('is journalled as digests: its events stay small, however large the pool', async () => {
    expect(((await row()).request as LongDrawRequest).eligible.A08).toMatchObject({ size: 10_001 + 8 });
    const bodies = await house
      .em()
      .execute<{ body: string }[]>(`select body from journal_event where lot = ? and type in ('draw.requested', 'draw.completed')`, [lot]);
    expect(Math.max(...bodies.map(({ body }) => body.length))).toBeLessThan(8000);
  });

  it('is given out with its lists, and verifies without us', async () => {
    const transcript = await transcriptOf();
    expect(verifyDraw(transcript).ok).toBe(true);
    expect(verifyDraw(bareTranscript(transcript))).toMatchObject({ ok: false, reason: 'draw-lists-missing' });
    const list = transcript.lists?.A08 ?? '';
    const changed = { ...transcript, lists: { ...transcript.lists, A08: `${list.startsWith('A') ? 'B' : 'A'}${list.slice(1)}` } };
    expect(verifyDraw(changed)).toMatchObject({ ok: false, reason: 'draw-list-differs' });
  });

  it('calls those whom it names: each seat’s expert is the one behind the commitment, and the evidence takes the lists along', async () => {
    const seats = await house.em().find(DrawSeat, { lot });
    expect(seats.length).toBeGreaterThan(4);
    for (const seat of seats) {
      const expert = await house.em().findOneOrFail(Expert, { id: seat.expert });
      expect(expert.branches).toContain(seat.specialty);
      expect(seat.record).toEqual(JSON.parse(expert.identity ?? ''));
    }
    let evidence: Evidence | undefined;
    await until(town, async () => {
      evidence = await publicEvidence(house.em(), thePublic, lot).catch((problem: Problem) => {
        if (problem.problem !== 'evidence-not-witnessed') throw problem;
        return undefined;
      });
      return evidence !== undefined;
    });
    if (!evidence) throw new Error('no evidence came');
    const file = await writeBundle(evidence.parts as BundleInput);
    const key = parseVerifierKey((await house.api().get('/keys')).body.platform);
    expect(await verifyBundle(file, { key })).toMatchObject({ result: 'verified' });
  }, 60_000);

  it('goes on in ticket order when the reserve is used up, by the lists', async () => {
    const declined = async (): Promise<DrawSeat> => {
      const seat = await house.em().findOneOrFail(DrawSeat, { lot, specialty: 'A06', state: 'called' });
      return seat;
    };
    const transcript = await transcriptOf();
    const seed = fromBase64url((await row()).seed ?? '') ?? new Uint8Array(0);
    for (let standing = 2; standing >= -1; standing -= 1) {
      const seat = await declined();
      const before = await house.em().find(DrawSeat, { lot, state: { $nin: ['standby'] } });
      const due = nextCalled(transcript.request, seed, 'A06', new Set(before.map((each) => each.commitment)), listsOf(transcript));
      await house.clock.to(later(seat.answerUntil ?? seat.calledAt ?? soon(), 0));
      await house.perform(answerCall, theSystem, { seat: seat.id, accepts: false });
      expect((await declined()).commitment).toBe(due);
    }
  }, 60_000);
});
