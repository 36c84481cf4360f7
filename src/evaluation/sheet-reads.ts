import type { EntityManager } from '@mikro-orm/postgresql';
import { OpeningItem } from '../openings/schema.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { unconfirmed } from './enquiry.ts';
import { enquiriesOf } from './enquiry-reads.ts';
import type { SheetAsks } from './member-sheet.ts';
import { judgedPart, owedWith } from './part-work.ts';
import { disqualified } from './qualification-reads.ts';
import { type PanelMember, SealedSheet } from './schema.ts';

/** A sealed sheet without its bytes. */
export type SheetRow = Pick<
  SealedSheet,
  'id' | 'member' | 'version' | 'sha256' | 'ephemeral' | 'proof' | 'wrappedKey' | 'at' | 'round' | 'state' | 'sheet'
>;

/** The newest sheet of each of these members for the envelope at hand. */
export async function newestSheets(em: EntityManager, lot: Lot, members: readonly PanelMember[]): Promise<ReadonlyMap<string, SheetRow>> {
  const rows = await em.find(
    SealedSheet,
    { lot: lot.id, part: judgedPart(lot), member: { $in: members.map(({ id }) => id) } },
    { exclude: ['sealed', 'signature'], orderBy: { version: 'asc' } },
  );
  return new Map(rows.map((row) => [row.member, row as SheetRow]));
}

/** Is the sheet of every seat open? Only then may anybody see another's. */
export const allOpened = (lot: Lot, members: readonly PanelMember[], sheets: ReadonlyMap<string, Pick<SheetRow, 'state'>>): boolean =>
  members.length === termsOf(lot).panel.size && members.every(({ id }) => sheets.get(id)?.state === 'opened');

/** What is asked of a member with the envelope at hand, as its next or a stated version. */
export async function sheetAsks(em: EntityManager, lot: Lot, member: string, version: number): Promise<SheetAsks> {
  const part = judgedPart(lot);
  const given = await em.find(SealedSheet, { member, state: 'opened', part: { $ne: part } }, { fields: ['part'] });
  const { items, criteria } = owedWith(termsOf(lot), part, new Set(given.map((row) => row.part)));
  const bids = await em.find(
    OpeningItem,
    { lot: lot.id, part, state: 'opened' },
    { fields: ['submission'], orderBy: { readOrder: 'asc', id: 'asc' } },
  );
  const out = await disqualified(em, lot.id);
  return {
    lot: lot.id,
    part,
    member,
    version,
    bids: bids.map(({ submission }) => submission).filter((submission) => !out.has(submission)),
    gone: [...unconfirmed(await enquiriesOf(em, lot.id))],
    items: items.map(({ id }) => id),
    criteria: criteria.map(({ id, max }) => ({ id, max })),
  };
}
