import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LotView, type Moment, maySee } from '../../src/journal/event.ts';
import { type Actor, thePublic } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { announcements } from '../../src/papers/announcement.ts';
import type { PaperEntry } from '../../src/papers/answers.ts';
import { checkPaper } from '../../src/papers/check-paper.ts';
import { composePaper } from '../../src/papers/compose.ts';
import { type PaperKind, paperKinds } from '../../src/papers/index.ts';
import { rangeOf } from '../../src/papers/range-reads.ts';
import { paperByHash, paperById, paperFor, papersOf } from '../../src/papers/reads.ts';
import type { PaperRow } from '../../src/papers/schema.ts';
import { lotView } from '../../src/tenders/reads.ts';
import { at, pageOf, refusal, regulatorOf, shown, today } from '../awards/scene.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';
import { announcedIn, contentOf, failedLot, issueAll, kindsIn, letItFail, papersIn, wholeLot } from './whole-lot.ts';

const root = join(import.meta.dirname, '../..');
const patience = 240_000;

let house: TestHouse;
let town: Town;
let regulator: Person;
let foreignRegulator: Person;

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  town = today(await makeTown(house));
  regulator = await regulatorOf(town, '420500');
  foreignRegulator = await regulatorOf(town, '420100');
}, patience);
afterAll(() => house.close());

const bidder = (n: number): Person => town.bidders[n] as Person;
const fileOf = (row: PaperRow): Promise<Buffer> => contentOf(house, row);
const paperOf = async (lot: string, kind: PaperKind): Promise<PaperRow> => {
  const found = (await papersIn(house, lot)).filter((row) => row.kind === kind).at(-1);
  if (!found) throw new Error(`no ${kind}`);
  return found;
};
const actorOf = (who: Person | null): Actor => who?.actor ?? thePublic;
/** Does a reader find a lot's paper of a kind? As the page says it: 200 or 404. */
const statusOf = (who: Person | null, lot: string, kind: PaperKind, event?: string): Promise<number> =>
  found(paperFor(house.em(), actorOf(who), { lot, kind, event }));
const found = async (attempt: Promise<unknown>): Promise<number> => {
  const refused = await refusal(attempt);
  return refused === 'done' ? 200 : refused === 'not-found' ? 404 : Number.NaN;
};
const listOf = async (who: Person | null, lot: string): Promise<string[]> =>
  (await papersOf(house.em(), actorOf(who), lot)).papers.map((each) => each.kind);

describe('A tender that fails for want of bids', () => {
  let lot: string;
  let failing: { lot: string; deadline: Instant };
  const everyoneElse = (): (Person | null)[] => [
    null,
    town.agent,
    town.tenderee,
    town.stranger,
    regulator,
    foreignRegulator,
    town.centre,
    town.administrator,
    bidder(2),
  ];

  beforeAll(async () => {
    failing = await failedLot(town);
    lot = failing.lot;
    await issueAll(house);
  }, patience);

  it('before the deadline: notice and addendum are out, and nothing in the journal tells of a receipt', async () => {
    expect(await kindsIn(house, lot)).toEqual(['tender-notice', 'addendum']);
    expect(await announcedIn(house, lot, 'paper.issued')).toBe(2);
    expect(await announcedIn(house, lot, 'paper.delivered')).toBe(0);
    for (const who of everyoneElse()) {
      expect(await statusOf(who, lot, 'tender-notice')).toBe(200);
      expect(await listOf(who, lot)).toEqual(['tender-notice', 'addendum']);
    }
  });

  it('a bidder has its own receipts at once, one for each submission; nobody else finds any', async () => {
    const { body } = await shown(house, bidder(0), `/lots/${lot}/papers`);
    const own: PaperEntry[] = body.papers.filter((each: PaperEntry) => each.kind === 'submission-receipt');
    expect(own.map((each) => [each.id, each.sha256])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(await statusOf(bidder(0), lot, 'submission-receipt')).toBe(200);
    for (const who of everyoneElse()) {
      for (const event of [undefined, own[0]?.source, own[1]?.source])
        expect(await statusOf(who, lot, 'submission-receipt', event)).toBe(404);
    }
    expect(await statusOf(bidder(1), lot, 'submission-receipt', own[0]?.source)).toBe(404);
  });

  it(
    'the receipt that is drawn before is byte for byte the one that is issued after',
    async () => {
      const before = await (await bidder(0).api())
        .get(`/lots/${lot}/papers/submission-receipt`)
        .buffer(true)
        .parse(binary as never);
      expect(before.headers['content-type']).toBe('application/pdf');
      expect(before.headers['content-disposition']).toMatch(/^inline/);
      await letItFail(today(town), failing);
      await issueAll(house);
      const rows = (await papersIn(house, lot)).filter((row) => row.kind === 'submission-receipt');
      const last = rows.filter((row) => row.party === bidder(0).actor.code).at(-1);
      expect(last?.sha256).toBe(
        createHash('sha256')
          .update(before.body as Buffer)
          .digest('base64url'),
      );
      expect(rows).toHaveLength(3);
      expect(await announcedIn(house, lot, 'paper.delivered')).toBe(3);
    },
    patience,
  );

  it('a receipt stays its bidder’s and the supervisor’s: a tender that was never opened tells nobody who bid', async () => {
    for (const who of everyoneElse()) expect([who?.login, await statusOf(who, lot, 'submission-receipt')]).toEqual([who?.login, 404]);
    expect(await statusOf(bidder(0), lot, 'submission-receipt')).toBe(200);
    const other = (await papersIn(house, lot)).find((row) => row.party === bidder(1).actor.code);
    expect(await statusOf(bidder(0), lot, 'submission-receipt', other?.source)).toBe(404);
    expect(await found(paperById(house.em(), bidder(0).actor, other?.id ?? ''))).toBe(404);
    expect(await found(paperByHash(house.em(), bidder(0).actor, other?.dataHash ?? ''))).toBe(404);
  });

  it('the failure is for everyone; the report to the supervisor for host, centre and the supervisor of the region', async () => {
    for (const who of everyoneElse()) {
      expect(await statusOf(who, lot, 'failure-notice')).toBe(200);
      const inside = who !== null && [town.agent, town.tenderee, town.centre, regulator].includes(who);
      expect([who?.login, await statusOf(who, lot, 'supervisor-report')]).toEqual([who?.login, inside ? 200 : 404]);
    }
    const report = JSON.stringify((await paperOf(lot, 'supervisor-report')).data);
    for (const n of [0, 1]) expect(report).not.toContain(bidder(n).actor.organisationName);
  });

  it('the hall shows the notice that there was no opening', async () => {
    const row = await paperOf(lot, 'failure-notice');
    expect((await shown(house, null, `/lots/${lot}/hall`)).body.paper).toMatchObject({ href: `/papers/${row.id}`, sha256: row.sha256 });
  });
});

describe('A whole tender', () => {
  let lot: string;
  let rows: PaperRow[];
  const nobodyNamed = async (): Promise<void> => {
    const masked = await fileOf(await paperOf(lot, 'draw-record'));
    for (const expert of town.experts) expect(masked.includes(Buffer.from(expert.actor.name))).toBe(false);
  };

  beforeAll(async () => {
    await wholeLot(today(town), {
      reported: async (id) => {
        lot = id;
        await issueAll(house);
        // the evaluation report is out, for host and supervisor; the experts' names are not
        for (const who of [town.agent, town.tenderee, regulator, town.centre]) {
          expect([who.login, await statusOf(who, lot, 'evaluation-report')]).toEqual([who.login, 200]);
        }
        const others = [
          null,
          town.stranger,
          foreignRegulator,
          town.administrator,
          ...town.bidders.slice(0, 4),
          ...town.experts.slice(0, 2),
        ];
        for (const who of others) {
          expect([who?.login, await statusOf(who, lot, 'evaluation-report')]).toEqual([who?.login, 404]);
          expect(await statusOf(who, lot, 'draw-record')).toBe(200);
        }
        expect(await kindsIn(house, lot)).not.toContain('candidates-publicity');
        expect((await kindsIn(house, lot)).filter((kind) => kind === 'draw-record')).toHaveLength(1);
        await nobodyNamed();
      },
      awarded: async () => {
        await issueAll(house);
        await nobodyNamed();
        for (const kind of ['award-notice', 'result-notice'] as const) expect(await statusOf(bidder(0), lot, kind)).toBe(404);
      },
    });
    await issueAll(house);
    rows = await papersIn(house, lot);
  }, patience * 2);

  it('has every paper there is, each the right number of times (a failed one aside)', () => {
    const count = Object.fromEntries(paperKinds.map((kind) => [kind, rows.filter((row) => row.kind === kind).length]));
    expect(count).toEqual({
      'tender-notice': 1,
      addendum: 0,
      'submission-receipt': 4,
      'opening-record': 1,
      'draw-record': 2,
      'evaluation-report': 1,
      'candidates-publicity': 1,
      'suspension-notice': 0,
      'resumption-notice': 0,
      'termination-notice': 0,
      'failure-notice': 0,
      // its line publishes the candidates before the award
      'result-announcement': 0,
      'award-notice': 1,
      'result-notice': 3,
      'contract-register': 1,
      // this one was signed on paper and only registered
      contract: 0,
      'supervisor-report': 1,
      'fee-sheet': 1,
    });
  });

  it('is called by its name on the page of its supervisor, in the history and in the list', async () => {
    const { body } = await (await regulator.api()).get(`/supervision/lots/${lot}`);
    const told = body.entries
      .filter(({ type }: { type: string }) => type.startsWith('paper.'))
      .map(({ says }: { says: { zh: string } }) => says.zh);
    const titles = body.papers.map(({ title }: { title: { zh: string } }) => title.zh);
    expect(told).toContain('出具文书：招标公告');
    expect(titles).toContain('开标记录');
    for (const text of [...told, ...titles]) expect(text).not.toMatch(/[a-z]/);
  });

  it('stands in the journal with the hash, size and data hash of each file, after the event it names', async () => {
    const told = await house
      .em()
      .execute<{ type: string; party: string | null; body: string }[]>(
        `select type, party, body from journal_event where lot = ? and type like 'paper.%' order by position`,
        [lot],
      );
    expect(told).toHaveLength(rows.length);
    for (const row of rows) {
      const file = await fileOf(row);
      const sha256 = createHash('sha256').update(file).digest('base64url');
      const entry = told.find(({ body }) => JSON.parse(body).data.sha256 === sha256);
      expect(entry).toMatchObject({ type: announcements[row.kind as PaperKind], party: row.party ?? null });
      expect(JSON.parse(entry?.body ?? '{}').data).toEqual({
        kind: row.kind,
        dataHash: row.dataHash,
        sha256: row.sha256,
        bytes: file.length,
        events: [row.source],
      });
    }
  });

  it(
    'gives the same bytes from the same events in another process, long after, in another language and time zone',
    async () => {
      const script = `
      await import('./src/house.ts');
      const { openStore } = await import('./src/store/orm.ts');
      const { rangeOf } = await import('./src/papers/range-reads.ts');
      const { renderRange } = await import('./src/papers/issue-papers.ts');
      const store = await openStore({ url: process.argv[1] });
      for (const source of process.argv.slice(2)) console.log(source, (await renderRange(await rangeOf(store.em(), source))).sha256);
      await store.close();`;
      const answer = execFileSync(
        process.execPath,
        ['--no-warnings', '--input-type=module', '-e', script, '--', house.database.url, ...rows.map((row) => row.source).reverse()],
        { cwd: root, env: { PATH: process.env.PATH, TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8' }, encoding: 'utf8', maxBuffer: 1 << 24 },
      );
      const there = new Map(
        answer
          .trim()
          .split('\n')
          .map((line) => line.split(' ') as [string, string]),
      );
      for (const row of rows) expect([row.kind, there.get(row.source)]).toEqual([row.kind, row.sha256]);
    },
    patience,
  );

  it('is verified from the file alone, and refuted when a byte was changed', async () => {
    const file = await fileOf(await paperOf(lot, 'award-notice'));
    expect(await checkPaper(file)).toMatchObject({ result: 'verified', kind: 'award-notice' });
    file[file.length - 200] = (file[file.length - 200] ?? 0) ^ 1;
    expect(await checkPaper(file)).toMatchObject({ result: 'refuted' });
  });

  it(
    'states nothing that its readers may not see: made from their events alone it says the same',
    async () => {
      const view = await lotView(house.em(), lot);
      for (const row of rows) {
        const range = await rangeOf(house.em(), row.source);
        if (!range) throw new Error(row.kind);
        const types = new Set(range.events.map(({ event }) => event.type));
        for (const reader of readersOf(row)) {
          const known: LotView = { ...view, reached: reachedBy(types, row) };
          const seen = range.events.filter(({ event }) => maySee(event, reader, known));
          const data: Record<string, unknown> = await composePaper(row.kind as PaperKind, seen, range.names);
          // of a signature the host reads when it was given and its digest, not whose it is
          const { signatures: _, ...rest } = row.data as Record<string, unknown>;
          const { signatures: __, ...again } = data;
          expect([row.kind, reader.role, again]).toEqual([row.kind, reader.role, rest]);
        }
      }
    },
    patience,
  );

  it.each([
    ['tender-notice', 'everyone'],
    ['opening-record', 'everyone'],
    ['draw-record', 'everyone'],
    ['candidates-publicity', 'everyone'],
    ['award-notice', 'everyone'],
    ['contract-register', 'everyone'],
    ['evaluation-report', 'host and supervisor'],
    ['supervisor-report', 'host and supervisor'],
    ['fee-sheet', 'host and supervisor'],
  ] as const)('in the end %s is for %s', async (kind, whom) => {
    const inside = [town.agent, town.tenderee, town.centre, regulator];
    const outside = [null, town.stranger, foreignRegulator, town.administrator, bidder(0), bidder(3), town.experts[0] as Person];
    for (const who of inside) expect([who.login, await statusOf(who, lot, kind)]).toEqual([who.login, 200]);
    for (const who of outside) expect([who?.login, await statusOf(who, lot, kind)]).toEqual([who?.login, whom === 'everyone' ? 200 : 404]);
  });

  it('receipts and notices of the result are their bidder’s; host and supervisor read them all', async () => {
    for (const row of rows.filter(({ party }) => party !== null && party !== undefined)) {
      const statusFor = (who: Person | null): Promise<number> => found(paperById(house.em(), actorOf(who), row.id));
      for (const n of [0, 1, 2, 3])
        expect([row.kind, await statusFor(bidder(n))]).toEqual([row.kind, bidder(n).actor.code === row.party ? 200 : 404]);
      for (const who of [town.agent, town.tenderee, regulator]) expect(await statusFor(who)).toBe(200);
      for (const who of [null, town.stranger, foreignRegulator, town.administrator]) expect(await statusFor(who)).toBe(404);
    }
    expect(await statusOf(bidder(0), lot, 'result-notice')).toBe(404); // the winner has its letter
    expect(await statusOf(bidder(3), lot, 'result-notice')).toBe(200);
  });

  it('the final edition of the draw names those who were called, and only them', async () => {
    const final = rows.find((row) => row.kind === 'draw-record' && row.number.includes('公开版'));
    const { called } = (final?.data ?? {}) as { called: { name: string | null; state: string }[] };
    expect(called.filter((each) => each.state === 'accepted').map((each) => each.name)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\p{Script=Han}{3}$/u)]),
    );
    for (const each of called) expect(each.name === null).toBe(each.state === 'standby');
  });

  it('tells a rejected bidder why, in the words of the documents, not of single members', async () => {
    const notice = rows.find((row) => row.kind === 'result-notice' && row.party === bidder(3).actor.code)?.data as { own: object };
    expect(notice.own).toMatchObject({ rank: null, total: null, rejectedFor: { zh: expect.stringMatching(/^资格条件：/) } });
    const report = (await paperOf(lot, 'evaluation-report')).data as {
      rejected: object[];
      rows: { total: string }[];
      candidates: object[];
    };
    expect(report.rejected).toEqual([expect.objectContaining({ votes: '5/5', reason: '资格条件不符合' })]);
    const publicity = JSON.stringify((await paperOf(lot, 'candidates-publicity')).data);
    expect(publicity).not.toContain('资格条件不符合');
    expect(publicity).toContain(bidder(3).actor.organisationName);
  });

  it('leads from the code on a paper to the paper, its page in both languages, and the hall to its record', async () => {
    const row = await paperOf(lot, 'opening-record');
    expect((await shown(house, null, `/verify/${row.dataHash}`)).body).toMatchObject({
      lot: { id: lot },
      paper: { id: row.id, sha256: row.sha256 },
    });
    expect((await shown(house, null, `/verify/${'A'.repeat(43)}`)).status).toBe(404);
    expect((await shown(house, null, `/lots/${lot}/hall`)).body.paper).toMatchObject({ href: `/papers/${row.id}`, sha256: row.sha256 });
    expect((await shown(house, null, `/lots/${lot}/papers/no-such-kind`)).status).toBe(404);
    const downloaded = await house
      .api()
      .get(`/lots/${lot}/papers/opening-record`)
      .buffer(true)
      .parse(binary as never);
    expect(downloaded.headers['content-disposition']).toContain(encodeURIComponent(row.number));
    expect(
      createHash('sha256')
        .update(downloaded.body as Buffer)
        .digest('base64url'),
    ).toBe(row.sha256);
    for (const path of [`/lots/${lot}/papers`, `/verify/${row.dataHash}`]) {
      const page = await pageOf(house, null, path);
      expect([page.status, page.text.includes(row.number), page.text.includes(`/papers/${row.id}`)]).toEqual([200, true, true]);
    }
  });
});

const binary = (response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
};

/** The readers a paper is for, at the least: everyone, or its party, or host and supervisor. */
function readersOf(row: PaperRow): readonly Actor[] {
  const announced = announcements[row.kind as PaperKind];
  if (announced === 'paper.issued') return [{ ...town.stranger.actor, user: null, code: null, role: 'public' }];
  if (announced === 'paper.filed') return [town.agent.actor, regulator.actor];
  return town.bidders.filter((each) => each.actor.code === row.party).map((each) => each.actor);
}

/** The moments a lot had reached when a paper became readable. */
function reachedBy(types: ReadonlySet<string>, row: PaperRow): ReadonlySet<Moment> {
  const moments: readonly (readonly [Moment, string])[] = [
    ['published', 'notice.published'],
    ['opened', 'opening.started'],
    ['reported', 'evaluation.reported'],
    ['candidates', 'candidates.published'],
    ['resulted', 'award.notified'],
  ];
  const reached = moments.filter(([, type]) => types.has(type)).map(([moment]) => moment);
  // the final edition of a draw waits for the result, though it is made of what stood in the journal before
  return new Set<Moment>(row.number.includes('公开版') ? [...reached, 'resulted'] : reached);
}
