import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { OpeningItem, PseudonymRow } from '../openings/schema.ts';
import { isBlind } from '../tenders/blind.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { blindingOf } from './blind-reads.ts';
import { asOne } from './drift.ts';
import { unconfirmed } from './enquiry.ts';
import { enquiriesOf } from './enquiry-reads.ts';
import type { MemberSheet, SheetAsks } from './member-sheet.ts';
import { judgedPart, onSheet, owedWith } from './part-work.ts';
import { disqualified } from './qualification-reads.ts';
import { type PanelMember, SealedSheet } from './schema.ts';

/** A sealed sheet without its bytes. */
export type SheetRow = Pick<
  SealedSheet,
  'id' | 'member' | 'version' | 'blind' | 'sha256' | 'ephemeral' | 'proof' | 'wrappedKey' | 'at' | 'round' | 'state' | 'sheet'
>;

/** Is what is sealed of the envelope at hand now sealed over pseudonyms? */
export const sealsBlind = (lot: Lot): boolean => isBlind(lot, termsOf(lot), judgedPart(lot));

/** From when a member's time for the sheet that is due now runs: the latest of these. */
export const sheetTimeFrom = (lot: Lot, { formedAt }: Pick<PanelMember, 'formedAt'>): readonly (Instant | null | undefined)[] => [
  lot.judgedFrom,
  formedAt,
  termsOf(lot).blind?.part === judgedPart(lot) ? lot.unblindedAt : null,
];

/** The newest sheet of each of these members for the envelope at hand; where it is reviewed blind, of the blind review or of what follows it, whichever is now. */
export async function newestSheets(em: EntityManager, lot: Lot, members: readonly PanelMember[]): Promise<ReadonlyMap<string, SheetRow>> {
  const rows = await em.find(
    SealedSheet,
    { lot: lot.id, part: judgedPart(lot), blind: sealsBlind(lot), member: { $in: members.map(({ id }) => id) } },
    { exclude: ['sealed', 'signature'], orderBy: { version: 'asc' } },
  );
  return new Map(rows.map((row) => [row.member, row as SheetRow]));
}

/** The newest version that a member handed in for the envelope at hand, of whichever review; 0 before the first. Versions are counted on, so that no two sheets of a seat are sealed under one label. */
export async function newestVersion(em: EntityManager, lot: Lot, member: string): Promise<number> {
  const newest = await em.findOne(SealedSheet, { member, part: judgedPart(lot) }, { fields: ['version'], orderBy: { version: 'desc' } });
  return newest?.version ?? 0;
}

/**
 * What each of these members had sealed of the envelope at hand and is open, each bid under the id by which it is known now: where the envelope was reviewed
 * blind first, what was sealed over pseudonyms and by name as one sheet.
 */
export async function asSealed(em: EntityManager, lot: Lot, members: readonly PanelMember[]): Promise<ReadonlyMap<string, MemberSheet>> {
  const part = judgedPart(lot);
  const rows = await em.find(
    SealedSheet,
    { lot: lot.id, part, state: 'opened', member: { $in: members.map(({ id }) => id) } },
    { exclude: ['sealed', 'signature'], orderBy: { version: 'asc' } },
  );
  const known = sealsBlind(lot) ? [] : await em.find(PseudonymRow, { lot: lot.id, part });
  const names = new Map(known.map(({ id, submission }) => [id, submission]));
  return new Map(
    members.flatMap(({ id }): [string, MemberSheet][] => {
      const sheets = rows.flatMap(({ member, sheet }) => (member === id && sheet ? [sheet] : []));
      const whole = asOne(sheets, (bid) => names.get(bid) ?? bid);
      return whole ? [[id, whole]] : [];
    }),
  );
}

/** Is the sheet of every seat open? Only then may anybody see another's. */
export const allOpened = (lot: Lot, members: readonly PanelMember[], sheets: ReadonlyMap<string, Pick<SheetRow, 'state'>>): boolean =>
  members.length === termsOf(lot).panel.size && members.every(({ id }) => sheets.get(id)?.state === 'opened');

/** What is asked of a member with the envelope at hand, as its next or a stated version. */
export async function sheetAsks(em: EntityManager, lot: Lot, member: string, version: number): Promise<SheetAsks> {
  const part = judgedPart(lot);
  const given = await em.find(SealedSheet, { member, state: 'opened' }, { fields: ['part', 'blind'] });
  const owed = owedWith(termsOf(lot), part, new Set(given.map((row) => row.part).filter((each) => each !== part)));
  const blinding = await blindingOf(em, lot);
  const gaveBlind = given.some((row) => row.part === part && row.blind);
  const { items, criteria } = onSheet(owed, termsOf(lot).blind ?? { items: [], criteria: [] }, { blind: blinding !== null, gaveBlind });
  const bids = await em.find(
    OpeningItem,
    { lot: lot.id, part, state: 'opened' },
    { fields: ['submission'], orderBy: { readOrder: 'asc', id: 'asc' } },
  );
  const out = await disqualified(em, lot.id);
  const judged = new Set(bids.map(({ submission }) => submission).filter((submission) => !out.has(submission)));
  return {
    lot: lot.id,
    part,
    member,
    version,
    bids: blinding ? blinding.list.filter(({ submission }) => judged.has(submission)).map((each) => each.id) : [...judged],
    gone: [...unconfirmed(await enquiriesOf(em, lot.id))],
    items: items.map(({ id }) => id),
    criteria: criteria.map(({ id, max }) => ({ id, max })),
  };
}
