import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { journalFromDatabase } from '../../src/audit-sources.ts';
import { audit, auditReceipt } from '../../src/evidence/audit.ts';
import type { FindingKind } from '../../src/evidence/journal-copy.ts';
import { receiptOf } from '../../src/journal/reads.ts';
import type { Receipt } from '../../src/journal/receipt.ts';
import { later } from '../../src/kernel/clock.ts';
import { lotView } from '../../src/tenders/reads.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, publishedLot, submitSealed } from '../support/opened-lot.ts';
import { sequenced } from '../support/sequenced.ts';
import { makeTown, soon, type Town } from '../support/town.ts';

/**
 * What a database administrator can do who owns the tables, lifts their guards and changes rows: on a real database with real bids. Each attack is followed by
 * an independent reader and by the bidder with its receipt; who finds it is said in each title.
 */
let house: TestHouse;
let town: Town;
let owner: Client;
let receipt: Receipt;
const guarded = ['journal_event', 'journal_leaf', 'journal_node', 'journal_checkpoint', 'submission', 'envelope'];

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 2, experts: 1 });
  const { lot } = await publishedLot(town);
  for (const bidder of town.bidders) await submitSealed(town, lot, bidder, { price: '980.00' });
  await sequenced(house);
  receipt = await bidderReceipt();
  owner = new Client(house.database.ownerUrl);
  await owner.connect();
  for (const table of guarded) {
    await owner.query(`alter table ${table} disable trigger all`);
    await owner.query(`create table kept_${table} as select * from ${table}`);
  }
}, 120_000);
afterEach(async () => {
  for (const table of guarded) await owner.query(`delete from ${table}`);
  for (const table of guarded) await owner.query(`insert into ${table} select * from kept_${table}`);
});
afterAll(async () => {
  await owner?.end();
  await house.close();
});

async function bidderReceipt(): Promise<Receipt> {
  const bidder = town.bidders[0]?.actor;
  const [row] = await house
    .em()
    .execute<{ id: string }[]>(`select id from journal_event where type = 'bid.received' and party = ?`, [bidder?.code ?? '']);
  if (!bidder || !row) throw new Error('no bid was received');
  return receiptOf(house.em(), bidder, row.id, (lot) => lotView(house.em(), lot));
}

const copy = () => journalFromDatabase(house.database.url);
/** what the independent reader says, in order and once each */
async function found(): Promise<readonly FindingKind[]> {
  return [...new Set(audit(await copy()).findings.map(({ kind }) => kind))];
}
const theBid = (): string => `type = 'bid.received' and party = '${town.bidders[0]?.actor.code ?? ''}'`;

describe('A database administrator', () => {
  it('who changes nothing is accused of nothing, and the bidder finds its event', async () => {
    const read = await copy();
    expect(audit(read)).toMatchObject({ findings: [], waiting: 0, size: read.leaves.length });
    expect(auditReceipt(receipt, read)).toEqual([]);
    expect(audit({ ...read, held: [receipt.checkpoint] }).findings).toEqual([]);
  });
  it('who edits an event is found by the reader at once: body and salt no longer give the commitment', async () => {
    await owner.query(`update journal_event set body = replace(body, '"bid.received"', '"bid.receive"') where ${theBid()}`);
    expect(await found()).toEqual(['rewritten-row']);
  });
  it('who edits an event and fits its commitment is found by the reader: the tree still holds the old one', async () => {
    await owner.query(
      `update journal_event set body = replace(body, '"bytes":', '"byte":'), commitment = sha256(salt || convert_to(replace(body, '"bytes":', '"byte":'), 'utf8')) where ${theBid()}`,
    );
    expect(await found()).toContain('rewritten-row');
  });
  it('who fits the leaf too is found by the reader: the stored tree and every checkpoint from there on have another root; and by the bidder', async () => {
    await owner.query(
      `update journal_event set salt = sha256(salt), commitment = sha256(sha256(salt) || convert_to(body, 'utf8')) where ${theBid()}`,
    );
    await owner.query('update journal_leaf l set commitment = e.commitment from journal_event e where e.id = l.event');
    expect(await found()).toEqual(['wrong-node', 'rewritten-tree']);
    expect(auditReceipt(receipt, await copy())).toMatchObject([{ kind: 'lost-receipt', index: receipt.index }]);
  });
  it('who swaps a salt is found like one who edits', async () => {
    await owner.query(`update journal_event set salt = sha256(salt) where ${theBid()}`);
    expect(await found()).toEqual(['rewritten-row']);
  });
  it('who changes only what the tables are searched by is found by the reader', async () => {
    await owner.query(`update journal_event set at = at - interval '1 hour' where ${theBid()}`);
    expect(await found()).toEqual(['changed-column']);
    await owner.query(`update journal_event set party = null where ${theBid()}`);
    expect(await found()).toEqual(['changed-column']);
  });
  it('who drops an event is found by the reader: its number is there and it is not', async () => {
    await owner.query(`delete from journal_event where ${theBid()}`);
    expect(await found()).toEqual(['dropped-row', 'bid-without-event']);
  });
  it('who drops its leaf too is found by the reader (a number is missing) and by the bidder', async () => {
    await owner.query(`delete from journal_leaf where event = (select id from journal_event where ${theBid()})`);
    await owner.query(`delete from journal_event where ${theBid()}`);
    expect(await found()).toEqual(expect.arrayContaining(['dropped-leaf']));
    expect(auditReceipt(receipt, await copy())).toMatchObject([{ kind: 'lost-receipt' }]);
  });
  it('who drops the newest event with its leaf and its checkpoints leaves a shorter journal: found by whoever holds a checkpoint, and by nobody else', async () => {
    const [last] = (
      await owner.query<{ text: string; size: string }>('select text, size from journal_checkpoint order by size desc limit 1')
    ).rows;
    const [before] = (await owner.query<{ size: string }>('select size from journal_checkpoint order by size desc offset 1 limit 1')).rows;
    await owner.query('delete from journal_event where id in (select event from journal_leaf where index >= $1)', [before?.size]);
    await owner.query('delete from journal_leaf where index >= $1', [before?.size]);
    await owner.query('delete from journal_node where (number + 1) * (1::bigint << level) > $1', [before?.size]);
    await owner.query('delete from journal_checkpoint where size > $1', [before?.size]);
    const read = await copy();
    expect(audit(read).findings.map(({ kind }) => kind)).not.toContain('shrunk-log');
    expect(audit({ ...read, held: [last?.text ?? ''] }).findings.map(({ kind }) => kind)).toContain('shrunk-log');
  });
  it('who slips an event in between others is found by the reader: it has no number', async () => {
    await owner.query(
      `insert into journal_event (position, id, type, at, body, salt, commitment) select -5, gen_random_uuid(), type, at, body, salt, commitment from journal_event where ${theBid()}`,
    );
    expect(await found()).toContain('slipped-in');
  });
  it('who forges a checkpoint is found by the reader: it lacks the platform’s signature', async () => {
    await owner.query(`update journal_checkpoint set text = replace(text, '— ', '— x')`);
    expect(await found()).toEqual(['unsigned-checkpoint']);
  });
  it('who exchanges stored hashes of the tree is found by the reader', async () => {
    await owner.query('update journal_node set hash = sha256(hash) where level = 1 and number = 0');
    expect(await found()).toEqual(['wrong-node']);
  });
});

describe('An administrator who edits what the journal is not', () => {
  it('a bid: its statement, its time, its envelope or its bidder differ from the event that received it', async () => {
    for (const edit of [
      `update submission set statement = jsonb_set(statement, '{at}', '"2026-01-01T00:00:00.000Z"')`,
      `update submission set received_at = received_at - interval '1 minute'`,
      `update envelope set sha256 = 'A' || substr(sha256, 2) where sha256 not like 'A%'`,
      `update submission set signature = signature || 'A'`,
    ]) {
      await owner.query(edit);
      expect(await found()).toEqual(['edited-bid']);
      for (const table of ['envelope', 'submission']) {
        await owner.query(`delete from ${table}`);
        await owner.query(`insert into ${table} select * from kept_${table}`);
      }
    }
  });
  it('a bid that is removed, or that nobody submitted', async () => {
    await owner.query(`delete from submission where bidder = '${town.bidders[0]?.actor.code ?? ''}'`);
    expect(await found()).toEqual(['event-without-bid']);
    await owner.query(
      `insert into submission select gen_random_uuid(), lot, '91420500MA0000000X', bidder_name, null, status, statement, signature, received_at, null from kept_submission limit 1`,
    );
    expect(await found()).toEqual(['bid-without-event', 'event-without-bid']);
  });
});

describe('Whoever writes as the application', () => {
  it('may add, and a backdated event is found by the reader: it follows later ones', async () => {
    const early = later(await houseNow(house), -3_600_000);
    const facts = [{ type: 'session.closed', subject: {}, data: {} }];
    const nobody = {
      user: null,
      name: '',
      role: 'system',
      organisation: null,
      code: null,
      organisationName: null,
      expert: null,
      address: null,
    } as const;
    await house.em().transactional((em) => house.frame.append(em as never, facts, nobody, early));
    await sequenced(house);
    expect(await found()).toEqual(['backdated-event']);
  });
});
