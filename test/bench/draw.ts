import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import { callExperts } from '../../src/experts/call-experts.ts';
import { listPlan } from '../../src/experts/eligible-lists.ts';
import { reachOf } from '../../src/experts/reach.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { DayString } from '../../src/kernel/working-days.ts';
import { giveShare } from '../../src/openings/give-share.ts';
import { drawTranscriptsOf } from '../../src/openings/reads.ts';
import { CouncilTask, DrawRequest as DrawRow } from '../../src/openings/schema.ts';
import { evaluate } from '../../src/sealing/council.ts';
import { eligibleFor, type LongDrawRequest, verifyDraw } from '../../src/sealing/draw.ts';
import { useNative } from '../../src/sealing/native-node.ts';
import { openedLot } from '../support/opened-lot.ts';
import type { Town } from '../support/town.ts';
import type { Comparison } from './measure.ts';

const pool = 1_000_000;
/** experts of another specialty in the same pool: who looks for these reads an index, not the pool */
const others = 10_000;
const specialties = ['A080301', 'A060101', 'A040101'];

/**
 * A draw over a million experts in three specialities, end to end: request → seed → resolve → called, against the bare HMACs of its tickets in OpenSSL.
 * The clocks of the parts are printed, the plan of the search too.
 */
export async function draw(town: Town): Promise<Comparison[]> {
  await useNative();
  const { house } = town;
  const { lot } = await openedLot(town, { draft: { seats: seatsOf(), panelSize: 7, panelExperts: 6 } });
  await fillPool(house.database.ownerUrl);
  const parts: [string, number][] = [];
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const begin = performance.now();
    const result = await work();
    parts.push([what, performance.now() - begin]);
    return result;
  };
  await timed('request', () => house.perform(requestDraw, town.agent.actor, { lot }));
  const row = await house.em().findOneOrFail(DrawRow, { lot, purpose: 'experts' });
  const task = await house.em().findOneOrFail(CouncilTask, { id: row.task });
  await timed('seed and resolve', async () => {
    for (const share of town.shares.slice(0, town.council.threshold))
      await house.perform(giveShare, theSystem, { task: task.id, share: evaluate(share, task.points as string[], town.council) });
  });
  await timed('called', () => house.perform(callExperts, theSystem, { draw: row.id }));
  const whole = parts.reduce((sum, [, each]) => sum + each, 0);
  const request = row.request as LongDrawRequest;
  const drawn = request.seats.reduce((sum, { specialty }) => sum + eligibleFor(request, specialty), 0);
  const bare = bareTickets(drawn);
  const called = await house.em().count(DrawSeat, { request: row.id, state: 'called' });
  const [journalled] = await house
    .em()
    .execute<{ bytes: number }[]>(
      `select max(length(body))::int as bytes from journal_event where lot = ? and type in ('draw.requested', 'draw.completed') and body like '%draw/v2%'`,
      [lot],
    );
  const [transcript] = (await drawTranscriptsOf(house.em(), lot)).filter((each) => each.request.id === row.id);
  const sound = await timed('verified by anyone', async () => verifyDraw(transcript).ok);
  if (!sound || called !== 6) throw new Error('the large draw does not verify');
  for (const [what, milliseconds] of parts) console.log(`  draw over ${drawn}: ${what} ${(milliseconds / 1000).toFixed(2)} s`);
  for (const line of await narrowPlan(house)) console.log(`    ${line}`);
  console.log(
    `  whole ${(whole / 1000).toFixed(2)} s; ${drawn} bare HMACs ${(bare / 1000).toFixed(2)} s; largest event ${journalled?.bytes ?? 0} characters`,
  );
  return [{ what: `draw over ${drawn} experts, whole`, ours: 1000 / whole, bare: 'its HMACs in OpenSSL', bareRate: 1000 / bare, limit: 1 }];
}

/** How the pool is searched for a narrow specialty. */
async function narrowPlan(house: Town['house']): Promise<readonly string[]> {
  const parties = { on: '2027-03-15' as DayString, tenderee: '', agent: null, bidders: [], affiliates: [], supervisors: [] };
  const seats = [{ specialty: 'B01', reach: reachOf('B01', '420500', 'province', parties.on) }];
  return listPlan(house.em(), { line: 'construction', project: '', lot: newId(), sitting: false, seats }, parties, systemClock());
}

const seatsOf = () => specialties.map((specialty) => ({ specialty: specialty.slice(0, 3), count: 2, reserve: 4 }));

/** Milliseconds of one HMAC for each ticket. */
function bareTickets(count: number): number {
  const [key, message] = [new Uint8Array(32), new Uint8Array(40)];
  const begin = performance.now();
  for (let at = 0; at < count; at += 1) createHmac('sha256', key).update(message).digest();
  return performance.now() - begin;
}

/** By inserts, as the owner: admitting a million one by one is not what is measured. */
export async function fillPool(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(
    `insert into expert (id, name, employer, employer_name, former_employers, specialties, memberships, terms, region, title, status, interests, relatives, prepared, admitted_at)
     select gen_random_uuid(), '专家' || n, '91420500' || lpad((n % 50000)::text, 10, '0'), '某设计院' || n % 50000,
       case when n % 5 = 0 then jsonb_build_array(jsonb_build_object('code', '91420500' || lpad((n % 777)::text, 10, '0'), 'name', '', 'until', '2025-06-30')) else '[]' end,
       array[case when n > $2 then 'B010101' else ($1::text[])[1 + n % 3] end], array['construction'], '{"construction":"2029-11-27"}', '420500', '高级工程师', 'normal', '{}', '{}', '{}', now()
     from generate_series(1, $2::int + $3::int) n`,
    [specialties, pool, others],
  );
  await client.query('vacuum analyze expert');
  await client.end();
}
