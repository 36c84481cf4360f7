import { type Instant, later } from '../kernel/clock.ts';

/**
 * When sealed sheets may be opened, and which: a pure function of a lot's events, for platform, custodians and verifiers alike. A round is due when
 * nobody has left the panel since it was last formed, and every seat's sheet is there or was opened before.
 */
export interface Told {
  readonly index: number;
  readonly type: string;
  readonly at: string;
  readonly data: unknown;
}

/** A sealed sheet as a round lists it. */
export interface ListedSheet {
  readonly member: string;
  readonly version: number;
  readonly sha256: string;
  readonly ephemeral: string;
  readonly proof: string;
}

export interface Round {
  readonly part: string;
  readonly round: number;
  readonly list: readonly ListedSheet[];
}

/** In an order that depends on nothing but the seats. */
export const inOrder = <T extends { readonly member: string }>(sheets: readonly T[]): T[] =>
  [...sheets].sort((a, b) => (a.member < b.member ? -1 : 1));

interface Seats {
  readonly index: number;
  readonly seats: readonly string[];
}

function panelAt(told: readonly Told[], before: number): Seats | undefined {
  const formed = told.findLast(({ index, type }) => index < before && type === 'panel.formed');
  return formed && { index: formed.index, seats: (formed.data as { seats: { member: string }[] }).seats.map(({ member }) => member) };
}

/** The seats whose holder left after the panel was last formed. */
function leftSince(told: readonly Told[], { index: formed }: Seats, before: number): readonly string[] {
  return told.flatMap(({ index, type, data }) => {
    if (index < formed || index > before) return [];
    if (type === 'part.lapsed') return (data as { silent: readonly string[] }).silent;
    const { member, recuses } = data as { member: string; recuses?: boolean };
    return type === 'member.replaced' || (type === 'recusal.declared' && recuses) ? [member] : [];
  });
}

/** Of a fact that names no part: the bid is one envelope. */
const ofPart = (told: readonly Told[], type: string, part: string, before: number): readonly Told[] =>
  told.filter((each) => each.type === type && each.index < before && ((each.data as { part?: string }).part ?? 'whole') === part);

/**
 * Where the sheets by name of a part begin: at the list of its pseudonyms. What was sealed before it is of the blind review, and no round holds both. -1
 * where nothing of the part was laid open.
 */
const namedFrom = (told: readonly Told[], part: string, before: number): number =>
  ofPart(told, 'pseudonyms.revealed', part, before).at(-1)?.index ?? -1;

/**
 * Were the pseudonyms of a part laid open no sooner than every seat's blind sheet was open, and once? Where they were not, members judged, or could have
 * judged, what they took for blind when the names were known. True where nothing was laid open.
 */
export function revealedInTurn(told: readonly Told[], part: string): boolean {
  const [revealed, ...more] = ofPart(told, 'pseudonyms.revealed', part, Number.POSITIVE_INFINITY);
  if (revealed === undefined) return true;
  const due = sheetsDue(told, part, revealed.index);
  const asked = ofPart(told, 'sheets.complete', part, revealed.index);
  const opened = ofPart(told, 'sheets.opened', part, revealed.index);
  const all = (opened.at(-1)?.data as { all?: boolean } | undefined)?.all === true;
  return more.length === 0 && !due.ok && due.reason === 'nothing-to-open' && all && opened.length === asked.length;
}

export type Due =
  | { readonly ok: true; readonly list: readonly ListedSheet[] }
  | {
      readonly ok: false;
      readonly reason: 'not-started' | 'panel-incomplete' | 'sheet-missing' | 'nothing-to-open';
      readonly about: string;
    };

/**
 * The sheets of a part that are due to be opened by what stands before an index: of each seat the newest, of those who were in a round before none. Where a
 * part is reviewed blind its sheets by name are counted anew.
 */
export function sheetsDue(told: readonly Told[], part: string, before: number): Due {
  const panel = panelAt(told, before);
  if (!panel || ofPart(told, 'evaluation.started', part, before).length === 0) return { ok: false, reason: 'not-started', about: part };
  const [left] = leftSince(told, panel, before);
  if (left !== undefined) return { ok: false, reason: 'panel-incomplete', about: left };
  const named = namedFrom(told, part, before);
  const since = (type: string): readonly Told[] => ofPart(told, type, part, before).filter(({ index }) => index > named);
  const asked = new Set(since('sheets.complete').flatMap(({ data }) => (data as Round).list.map(({ member }) => member)));
  const newest = new Map(since('sheet.sealed').map(({ data }) => [(data as ListedSheet).member, data as ListedSheet]));
  const due = panel.seats.filter((member) => !asked.has(member));
  const missing = due.find((member) => !newest.has(member));
  if (missing !== undefined) return { ok: false, reason: 'sheet-missing', about: missing };
  if (due.length === 0) return { ok: false, reason: 'nothing-to-open', about: part };
  const list = inOrder(due.flatMap((member) => newest.get(member) ?? [])).map(({ member, version, sha256, ephemeral, proof }) => ({
    member,
    version,
    sha256,
    ephemeral,
    proof,
  }));
  return { ok: true, list };
}

/** Why a seat was taken from its holder by rule: no sheet until the end of its time, or one that counts for nothing. */
export const replacementGrounds = ['no-sheet', 'flawed-sheet'] as const;
export type ReplacementGround = (typeof replacementGrounds)[number];

/**
 * Until when a member's sheet has to be in: its time runs from the start of the evaluation of this part, or from when it took its seat, or anew from when the
 * lot went on, or the pseudonyms of a blind review were laid open.
 */
export const sheetUntil = (since: readonly (string | null | undefined)[], hours: number): Instant =>
  later(
    since
      .flatMap((each) => each ?? [])
      .sort()
      .at(-1) as Instant,
    hours * 3_600_000,
  );

/** Nobody loses a seat but by the rule of the notice. The first replacement of a part that the rule does not bear out; null when all are. */
export function wronglyReplaced(told: readonly Told[], part: string, hours: number, before: number): string | null {
  const started = ofPart(told, 'evaluation.started', part, before).at(-1);
  for (const { index, at, data } of ofPart(told, 'member.replaced', part, before)) {
    const { member, ground } = data as { member: string; ground: string };
    if (ground === 'flawed-sheet') {
      if (!ofPart(told, 'sheet.flawed', part, index).some((each) => (each.data as { member: string }).member === member)) return member;
      continue;
    }
    const seated = told.find(
      (each) => each.type === 'panel.formed' && (each.data as { seats: { member: string }[] }).seats.some((seat) => seat.member === member),
    );
    const lifted = told.findLast((each) => each.type === 'order.lifted' && each.index < index);
    const revealed = ofPart(told, 'pseudonyms.revealed', part, index).at(-1);
    const handedIn = ofPart(told, 'sheet.sealed', part, index).some(
      (each) => each.index > (revealed?.index ?? -1) && (each.data as { member: string }).member === member,
    );
    if (handedIn || !started || !seated || at < sheetUntil([started.at, seated.at, lifted?.at, revealed?.at], hours)) return member;
  }
  return null;
}
