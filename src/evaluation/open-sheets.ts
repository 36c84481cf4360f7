import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField, newId } from '../kernel/ids.ts';
import { CouncilRow, CouncilTask } from '../openings/schema.ts';
import { notSuspended, platformStop } from '../openings/suspension.ts';
import type { Council } from '../sealing/council.ts';
import { sha256 } from '../sealing/digest.ts';
import { unwrapFileKey } from '../sealing/envelope.ts';
import { type SealedItem, sheetContext } from '../sealing/sheet-opening.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { blindingOf, submissionNamed } from './blind-reads.ts';
import { leavesPanel } from './leaving.ts';
import { sittingMembers } from './member-reads.ts';
import { type MemberSheet, openSheet, type ReadSheet } from './member-sheet.ts';
import { judgedPart } from './part-work.ts';
import { sheetsStillSealed } from './problems.ts';
import { type PanelMember, Review, Score, SealedSheet, SheetRound } from './schema.ts';
import { allOpened, newestSheets, sheetAsks } from './sheet-reads.ts';

/**
 * Opens the sheets of a round when the council has answered, all in one transaction. A sheet that is not whole is its author's doing, since what is opened
 * is what was handed in: its author is replaced, so that nobody holds the others up by sealing rubbish, and nobody mends a sheet after seeing theirs.
 * The sheet of somebody who has left since is not opened.
 */
export const openSheets = act({
  name: 'open-sheets',
  by: ['system'],
  says: { zh: '共同开启评审表', en: 'Open the score sheets together' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('open-sheets', lot.phase);
    await notSuspended(call, lot.id);
    const part = judgedPart(lot);
    const round = await call.em.findOne(SheetRound, { lot: lot.id, part, openedAt: null });
    const task = round && (await call.em.findOne(CouncilTask, { id: round.task }));
    if (!round || !task?.combinedAt) throw sheetsStillSealed();
    const members = await sittingMembers(call.em, lot.id);
    const outcomes = await outcomesOf(call, lot, task, members);
    const facts: Fact[] = [];
    for (const outcome of outcomes) facts.push(...(await recorded(call, lot, outcome)));
    round.openedAt = call.now;
    await call.em.flush();
    const sitting = members.filter((member) => !member.leftAt);
    const all = allOpened(lot, sitting, await newestSheets(call.em, lot, sitting));
    const flawed = outcomes.filter(({ read }) => !read.ok).length;
    const said = { part, round: round.round, opened: outcomes.length - flawed, flawed, all };
    return { result: { all }, facts: [fact('sheets.opened', { lot: lot.id }, said), ...facts] };
  },
});

interface Outcome {
  readonly member: PanelMember;
  readonly row: SealedSheet;
  readonly read: ReadSheet;
}

async function outcomesOf(call: Call, lot: Lot, task: CouncilTask, members: readonly PanelMember[]): Promise<Outcome[]> {
  const { items, part } = task.question as { items: readonly SealedItem[]; part: SealedSheet['part'] };
  const council = (await call.em.findOneOrFail(CouncilRow, { id: task.council })).body as Council;
  const combined = task.combined as readonly string[];
  const outcomes: Outcome[] = [];
  for (const [at, item] of items.entries()) {
    const member = members.find(({ id }) => id === item.member);
    if (!member) continue;
    const row = await call.em.findOneOrFail(SealedSheet, { member: item.member, part, version: item.version });
    if (base64url(sha256(row.sealed)) !== row.sha256) throw new Error(`sealed sheet ${row.id} is not stored as it was handed in`);
    const asks = await sheetAsks(call.em, lot, item.member, item.version);
    const key = unwrapFileKey(council, sheetContext(asks, item), item, combined[at] ?? '');
    outcomes.push({ member, row, read: await openSheet(row.sealed, key.ok ? key.fileKey : null, asks, row.signature) });
  }
  return outcomes;
}

async function recorded(call: Call, lot: Lot, { member, row, read }: Outcome): Promise<readonly Fact[]> {
  const about = { lot: lot.id, member: member.id };
  const said = { part: row.part, member: member.id, version: row.version };
  if (read.ok) {
    Object.assign(row, { state: 'opened', sheet: read.sheet });
    await writeDown(call, lot, read.sheet);
    return [fact('sheet.opened', about, { ...said, sheet: read.sheet, signature: read.signature })];
  }
  row.state = 'flawed';
  return [
    fact('sheet.flawed', about, { ...said, reason: read.reason }),
    fact('member.replaced', about, { part: row.part, member: member.id, ground: 'flawed-sheet' }),
    ...(await leavesPanel(call, member, 'flawed-sheet')),
  ];
}

/** The verdicts and marks of an opened sheet as the evaluation counts them; from here on each may be changed, under its author's signature. */
async function writeDown(call: Call, lot: Lot, { member, bids }: MemberSheet): Promise<void> {
  const blinding = await blindingOf(call.em, lot);
  const given = (named: string) => {
    const submission = submissionNamed(blinding, named);
    if (submission === undefined) throw new Error(`an opened sheet names ${named}, which is no bid of this lot`);
    return { id: newId(call.now), lot: lot.id, member, submission, version: 1, at: call.now };
  };
  const reviews = bids.flatMap(({ bid, reviews: rows }) => rows.map(({ item, pass, reason }) => ({ ...given(bid), item, pass, reason })));
  const scores = bids.flatMap(({ bid, scores: rows }) =>
    rows.map(({ criterion, score, reason }) => ({ ...given(bid), criterion, score, reason })),
  );
  await call.em.insertMany(Review, reviews);
  await call.em.insertMany(Score, scores);
}

export const sheetOpenings = clockwork({
  name: 'sheet-openings',
  act: openSheets,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ lot: string }[]>(
      `select r.lot from sheet_round r join council_task t on t.id = r.task join lot on lot.id = r.lot
       where r.opened_at is null and t.combined_at is not null and lot.phase = 'evaluating'
       and not exists (select from suspension_order s where s.lot = r.lot and s.lifted_at is null)`,
    );
    return rows.map(({ lot }) => ({ lot: lot as Id }));
  },
});
