import type { EntityManager } from '@mikro-orm/postgresql';
import { eventsOfLot } from '../journal/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/problem.ts';
import { councilOf } from '../openings/reads.ts';
import { holderOf } from '../parties/certify.ts';
import { termsOf } from '../tenders/lot.ts';
import { lotFor } from '../tenders/reads.ts';
import type { Lot } from '../tenders/schema.ts';
import type { DeskAnswer } from './answers.ts';
import type { Standing } from './desk-reads.ts';
import { driftOf } from './drift.ts';
import { givenKey } from './given.ts';
import { maskWords } from './mask.ts';
import { ownSeat, sittingMembers } from './member-reads.ts';
import { judgedPart } from './part-work.ts';
import { seatSheets } from './result.ts';
import { type PanelMember, SheetDraft } from './schema.ts';
import type { DeskSheets, SheetWork } from './sheet-answers.ts';
import { allOpened, asSealed, newestSheets, newestVersion, type SheetRow, sheetAsks, sheetTimeFrom } from './sheet-reads.ts';
import { sheetUntil } from './sheet-rounds.ts';

/** How far the sealed sheets of the envelope at hand have come, as those inside may know it: who is still awaited, by the seat's letter, never what anybody gave. */
export async function deskSheets(
  em: EntityManager,
  by: Actor,
  lot: Lot,
  members: readonly PanelMember[],
  own: PanelMember | null,
): Promise<DeskSheets | null> {
  const { sheets: rule } = termsOf(lot);
  if (!rule || !lot.judgedFrom) return null;
  const sheets = await newestSheets(em, lot, members);
  const mine = own && sheets.get(own.id);
  const asked = [...sheets.values()].some((row) => row.state === 'sealed' && row.round !== null);
  return {
    state: allOpened(lot, members, sheets) ? 'open' : asked ? 'opening' : 'sealing',
    in: sheets.size,
    of: termsOf(lot).panel.size,
    missing: members.filter(({ id }) => !sheets.has(id)).map(({ mask }) => maskWords(mask)),
    until: own && sheetUntil(sheetTimeFrom(lot, own), rule.hours),
    hours: rule.hours,
    holder: holderOf(by).holder,
    own:
      own && mine
        ? {
            version: mine.version,
            at: mine.at,
            sha256: mine.sha256,
            closed: mine.round !== null,
            event: await handedIn(em, lot, own, mine),
          }
        : null,
  };
}

/** The event of a hand-in, whose receipt its author may take. */
async function handedIn(em: EntityManager, lot: Lot, own: PanelMember, { version }: SheetRow): Promise<string | null> {
  const events = await eventsOfLot(em, lot.id, { types: ['sheet.sealed'] });
  const found = events.find(({ event }) => {
    const data = event.data as { part: string; member: string; version: number };
    return data.member === own.id && data.part === judgedPart(lot) && data.version === version;
  });
  return found?.id ?? null;
}

/** Which seats' sheets are in, and which are open; null where sheets are not sealed. */
export async function sheetStates(
  em: EntityManager,
  { lot, terms, work }: Pick<Standing, 'lot' | 'terms' | 'work'>,
): Promise<ReadonlyMap<string, 'in' | 'open'> | null> {
  if (!terms.sheets) return null;
  const sheets = await newestSheets(em, lot, work.members);
  return new Map([...sheets].map(([member, { state }]) => [member, state === 'opened' ? 'open' : 'in']));
}

/** Every seat's sheet and how far it has moved since the opening: for those who sit, once all are open. */
export async function openedSheets(
  em: EntityManager,
  { lot, terms, work, named }: Pick<Standing, 'lot' | 'terms' | 'work' | 'named'>,
): Promise<NonNullable<DeskAnswer['opened']>> {
  const sheets = await asSealed(em, lot, work.members);
  const names = new Map(work.bids.map((item) => [item.submission, item.bidderName]));
  const now = {
    verdicts: new Map(work.reviews.map((row) => [givenKey(row.member, row.submission, row.item), row.pass])),
    marks: new Map(work.scores.map((row) => [givenKey(row.member, row.submission, row.criterion), row.score])),
  };
  return {
    sheets: seatSheets(terms, work, named),
    drift: work.members.flatMap(({ id, mask }) => {
      const sheet = sheets.get(id);
      if (!sheet) return [];
      const { versions, verdicts, marks, points, bids } = driftOf(sheet, now);
      const moved = bids.map((each) => ({ name: names.get(each.bid) ?? each.bid, points: each.points }));
      return [{ mask: maskWords(mask), versions, verdicts, marks, points, bids: moved }];
    }),
  };
}

/** What a member's browser needs to fill in, keep and seal its sheet; for nobody else is there such a thing. */
export async function sheetWork(em: EntityManager, by: Actor, id: string): Promise<SheetWork> {
  const { lot } = await lotFor(em, by, id);
  const member = await ownSeat(em, by, lot.id);
  const { sheets: rule } = termsOf(lot);
  if (!rule || !member.declaredAt || !lot.judgedFrom) throw notFound();
  const newest = (await newestSheets(em, lot, [member])).get(member.id);
  const draft = await em.findOne(SheetDraft, { member: member.id, part: judgedPart(lot) });
  const members = await sittingMembers(em, lot.id);
  return {
    asks: await sheetAsks(em, lot, member.id, (await newestVersion(em, lot, member.id)) + 1),
    council: await councilOf(em, lot.council ?? ''),
    draft: draft?.sealed ?? null,
    closed: newest != null && newest.round !== null,
    open: allOpened(lot, members, await newestSheets(em, lot, members)),
  };
}
