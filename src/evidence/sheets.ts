import { z } from 'zod';
import { holderOfSignature, openSheet, type SheetAsks, sheetSubmission } from '../evaluation/member-sheet.ts';
import { onSheet, owedWith } from '../evaluation/part-work.ts';
import { type ListedSheet, revealedInTurn, sheetsDue, type Told, wronglyReplaced } from '../evaluation/sheet-rounds.ts';
import { base64url, canonical, canonicalBytes, fromBase64, fromBase64url } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import type { Certificate } from '../sealing/certificate.ts';
import type { Council } from '../sealing/council.ts';
import { sha256 } from '../sealing/digest.ts';
import { type Part, partShape } from '../sealing/shapes.ts';
import { type OpenedSheet, verifySheetOpening } from '../sealing/sheet-opening.ts';
import { verifyDetached } from '../sealing/signature.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';
import { checkJournalledShares } from './openings.ts';
import { checkSheetChanges } from './sheet-changes.ts';

/** Score sheets sealed until all are in (protocol §17): none was opened before, all were opened together, and what was opened is what counted. */

export interface SheetFiles {
  /** transcripts by part and round */
  readonly transcripts: ReadonlyMap<string, unknown>;
  /** sealed sheets by seat, part and version; none in the public edition */
  readonly sealed: ReadonlyMap<string, Uint8Array>;
}
interface Context extends SheetFiles {
  readonly lot: string;
  readonly council: Council | null;
  readonly anchors: readonly Certificate[];
}

/** The name of a round's transcript, and of a sealed sheet, in a bundle. */
export const roundName = (part: string, round: number): string => `${part}-${round}`;
export const sealedName = (part: string, member: string, version: number): string => `${part}-${member}-${version}`;

export async function checkSheets(history: History, list: Checklist, context: Context): Promise<void> {
  const sealedBy = history.one('notice.published')?.data.sheets;
  const rounds = history.all('sheets.complete');
  const events = [
    ...rounds,
    ...history.all('sheet.sealed', 'sheet.opened', 'sheet.flawed', 'sheets.opened', 'sheet.changed', 'member.replaced'),
  ];
  if (sealedBy === undefined) {
    list.that(
      { zh: '公告未载明密封的，没有密封评审表', en: 'Where the notice does not have sheets sealed, there are none' },
      events.length === 0 && context.transcripts.size === 0 && context.sealed.size === 0,
    );
    return;
  }
  const told = toldIn(history);
  checkLaidOpen(history, list, told);
  checkRounds(history, list, rounds);
  await checkHandedIn(history, list, context);
  for (const round of rounds) checkDue(list, told, round, sealedBy.hours);
  checkConcluded(history, list);
  for (const round of rounds) await checkOpened(history, list, round, context);
  const names = new Set(rounds.map(({ data }) => roundName(data.part, data.round)));
  list.that(
    { zh: '没有多余的评审表开启记录', en: 'There is no opening of sheets that was not asked for' },
    [...context.transcripts.keys()].every((name) => names.has(name)),
  );
  await checkSheetChanges(history, list, context.lot, context.anchors);
}

/** The events on which rounds rest, as their data were hashed. */
const toldIn = (history: History): readonly Told[] =>
  history
    .all(
      'evaluation.started',
      'panel.formed',
      'recusal.declared',
      'member.replaced',
      'part.lapsed',
      'sheet.sealed',
      'sheet.flawed',
      'sheets.complete',
      'sheets.opened',
      'pseudonyms.revealed',
      'order.lifted',
    )
    .map(({ index, type, at, raw }) => ({ index, type, at, data: raw }));

/** Rounds are numbered by envelope, list nobody twice, and leave no seat of the panel out. */
function checkRounds(history: History, list: Checklist, rounds: readonly Placed<'sheets.complete'>[]): void {
  const parts = history.one('notice.published')?.data.parts ?? ['whole'];
  for (const part of new Set(rounds.map(({ data }) => data.part))) {
    const own = rounds.filter(({ data }) => data.part === part);
    const started = history.all('evaluation.started').find((event) => (event.data.part ?? 'whole') === part);
    const named = laidOpenAt(history, part);
    const [blind, byName]: [string[], string[]] = [[], []];
    const sound = own.every(({ index, data }, at) => {
      const asked = index < named ? blind : byName;
      asked.push(...data.list.map(({ member }) => member));
      const panel = history.all('panel.formed').findLast((event) => event.index < index);
      const seats = panel?.data.seats.map(({ member }) => member) ?? [];
      return (
        data.round === at + 1 &&
        started !== undefined &&
        started.index < index &&
        seats.length > 0 &&
        seats.every((seat) => asked.includes(seat))
      );
    });
    list.that(
      fill(
        { zh: '{part} 评审表在全体成员递交之后才申请开启', en: 'The sheets of {part} were asked for only when every seat’s was in' },
        { part },
      ),
      parts.includes(part) && sound && [blind, byName].every((asked) => new Set(asked).size === asked.length),
    );
  }
}

/** Where the pseudonyms of a part were laid open; behind everything where they were not. */
const laidOpenAt = (history: History, part: string): number =>
  history.all('pseudonyms.revealed').find(({ data }) => data.part === part)?.index ?? Number.POSITIVE_INFINITY;

/** Where a part is reviewed blind: the names were not told before every blind sheet was open. */
function checkLaidOpen(history: History, list: Checklist, told: readonly Told[]): void {
  const part = history.one('notice.published')?.data.blind?.part;
  if (part === undefined || laidOpenAt(history, part) === Number.POSITIVE_INFINITY) return;
  list.that(
    { zh: '暗标评审表全部开启以后才揭晓暗标', en: 'The pseudonyms were laid open only when every blind sheet was open' },
    revealedInTurn(told, part),
  );
}

/** Every sheet was handed in under the signature of its seat's holder, version by version. */
async function checkHandedIn(history: History, list: Checklist, { lot, anchors }: Context): Promise<void> {
  const says = { zh: '每份评审表由该席位的成员签名递交', en: 'Each sheet was handed in under the signature of its seat’s holder' };
  const versions = new Map<string, number>();
  for (const { at, data } of history.all('sheet.sealed')) {
    const key = canonical([data.part, data.member]);
    const expected = sheetSubmission({ ...data, lot, at: (data.statement as { at?: string } | null)?.at ?? '' });
    const [der, moment] = [fromBase64(data.signature), parseInstant(at)];
    const verdict = der && moment && (await verifyDetached(der, canonicalBytes(expected), { anchors, at: moment }));
    const confirmed = history.all('identity.confirmed').find((event) => event.data.member === data.member);
    const own = confirmed === undefined || holderOfSignature(confirmed.data.signature) === holderOfSignature(data.signature);
    const next = data.version === (versions.get(key) ?? 0) + 1;
    versions.set(key, data.version);
    list.that(says, verdict?.ok === true && canonical(data.statement) === canonical(expected) && own && next);
  }
}

/** Where this edition tells who handed in what, the list is exactly what was due, and nobody lost a seat but by rule. */
function checkDue(list: Checklist, told: readonly Told[], { index, data }: Placed<'sheets.complete'>, hours: number): void {
  const { part } = data;
  if (told.some(({ type }) => type === 'sheet.sealed')) {
    const due = sheetsDue(told, part, index);
    list.that(
      fill({ zh: '{part} 开启的正是各成员最后递交的评审表', en: 'The sheets opened of {part} are each seat’s newest' }, { part }),
      due.ok && canonical(due.list) === canonical(data.list),
    );
  }
  list.that(
    { zh: '成员只依公告的规则被更换', en: 'Members were replaced only by the rule of the notice' },
    wronglyReplaced(told, part, hours, Number.POSITIVE_INFINITY) === null,
  );
}

/** Nothing was concluded of an envelope before its sheets were open. */
function checkConcluded(history: History, list: Checklist): void {
  const parts = history.one('notice.published')?.data.parts ?? ['whole'];
  const concluded = [
    ...history.all('part.reported').map(({ index, data }) => ({ index, part: data.part })),
    ...history.all('evaluation.concluded').map(({ index }) => ({ index, part: parts.at(-1) ?? 'whole' })),
  ];
  const blind = history.one('notice.published')?.data.blind?.part;
  // of a part that is reviewed blind the sheets by name, which follow its pseudonyms
  const byName = ({ index, data }: Placed<'sheets.opened'>): boolean => data.part !== blind || index > laidOpenAt(history, data.part);
  list.that(
    { zh: '评审表共同开启之后才汇总', en: 'Results were computed only after the sheets had been opened together' },
    concluded.every(({ index, part }) =>
      history.all('sheets.opened').some((event) => event.data.part === part && event.data.all && event.index < index && byName(event)),
    ),
  );
}

async function checkOpened(history: History, list: Checklist, round: Placed<'sheets.complete'>, context: Context): Promise<void> {
  const { part } = round.data;
  const ofRound = ({ data }: { readonly data: { readonly part: string; readonly round: number } }): boolean =>
    data.part === part && data.round === round.data.round;
  const combined = history.all('sheets.combined').find(ofRound);
  const opened = history.all('sheets.opened').find(ofRound);
  const transcript = context.transcripts.get(roundName(part, round.data.round));
  const says = fill(
    { zh: '{part} 评审表的开启记录成立，名单与日志一致', en: 'The opening of the sheets of {part} holds, and lists what the journal does' },
    { part },
  );
  list.that(says, (combined === undefined) === (transcript === undefined) && (opened === undefined || combined !== undefined));
  if (transcript === undefined || combined === undefined) return;
  const verdict = verifySheetOpening(transcript);
  list.that(says, verdict.ok, verdict.ok ? undefined : verdict.problem.title);
  const stated = verdict.transcript;
  const items = stated.items.map(({ member, version, sha256: digest, ephemeral, proof }) => ({
    member,
    version,
    sha256: digest,
    ephemeral,
    proof,
  }));
  list.that(
    says,
    stated.lot === context.lot &&
      stated.part === part &&
      stated.round === round.data.round &&
      canonical(stated.council) === canonical(context.council),
  );
  list.that(
    says,
    canonical(items) === canonical(round.data.list) && combined.index > round.index && (opened?.index ?? Infinity) > combined.index,
  );
  checkJournalledShares(history, list, stated.shares, round.index);
  const told = history.all('sheet.opened').some(({ data }) => data.part === part);
  list.that(
    { zh: '载有评审表内容的版本，也载有密封件和密钥', en: 'An edition that holds what sheets said holds the sealed sheets and their keys' },
    !told || verdict.edition === 'full',
  );
  if (verdict.edition === 'full' && opened) await checkContents(history, list, round, opened, { ...context, sheets: verdict.sheets });
}

/** With keys and sealed files in hand: each opened sheet is, to the byte, what was sealed, and each that was found void is void. */
async function checkContents(
  history: History,
  list: Checklist,
  round: Placed<'sheets.complete'>,
  opened: Placed<'sheets.opened'>,
  { lot, sealed, sheets }: Context & { readonly sheets: readonly OpenedSheet[] },
): Promise<void> {
  const { part } = round.data;
  const outcomes = await Promise.all(
    round.data.list.map(async (listed) => {
      const bytes = sealed.get(sealedName(part, listed.member, listed.version));
      const handedIn = history.all('sheet.sealed').find((event) => same(event.data, listed) && event.data.part === part);
      if (bytes === undefined || handedIn === undefined || base64url(sha256(bytes)) !== listed.sha256) return false;
      const key = fromBase64url(sheets.find((each) => each.member === listed.member)?.fileKey ?? '');
      const asks = asksIn(history, lot, part, listed, opened.index);
      if (asks === undefined) return true;
      const read = await openSheet(bytes, key?.length === 16 ? key : null, asks, handedIn.data.signature);
      return outcomeTold(
        history,
        listed,
        part,
        round.index,
        opened.index,
        read.ok ? { sheet: read.sheet, signature: read.signature } : { reason: read.reason },
      );
    }),
  );
  list.that(
    fill(
      {
        zh: '{part} 开启的评审表与密封件逐字一致，由本人签名；无效的确实无效',
        en: 'Each sheet opened of {part} is word for word the one that was sealed, signed by its author; each found void is void',
      },
      { part },
    ),
    outcomes.every((each) => each),
  );
}

const same = (a: Pick<ListedSheet, 'member' | 'version'>, b: Pick<ListedSheet, 'member' | 'version'>): boolean =>
  a.member === b.member && a.version === b.version;

/** The one outcome that the journal tells of a sheet: opened as it is, void for this reason, or its author had left before. */
function outcomeTold(
  history: History,
  listed: ListedSheet,
  part: string,
  asked: number,
  openedAt: number,
  found: { readonly sheet: unknown; readonly signature: string } | { readonly reason: string },
): boolean {
  const isOpened = history.all('sheet.opened').filter((event) => event.data.part === part && same(event.data, listed));
  const isFlawed = history.all('sheet.flawed').filter((event) => event.data.part === part && same(event.data, listed));
  const left = [...history.all('recusal.declared'), ...history.all('member.replaced')].some(
    (event) =>
      event.data.member === listed.member &&
      event.index > asked &&
      event.index < openedAt &&
      (event.type === 'member.replaced' || ('recuses' in event.data && event.data.recuses)),
  );
  if (left) return isOpened.length + isFlawed.length === 0;
  if ('reason' in found) return isOpened.length === 0 && isFlawed.length === 1 && isFlawed[0]?.data.reason === found.reason;
  const [first] = isOpened;
  return (
    isOpened.length === 1 &&
    isFlawed.length === 0 &&
    canonical([first?.data.sheet, first?.data.signature]) === canonical([found.sheet, found.signature])
  );
}

const rows = z.object({
  items: z.array(z.object({ id: z.string(), part: partShape.optional() })),
  criteria: z.array(z.object({ id: z.string(), part: partShape.optional(), max: z.string() })),
});

/**
 * What was asked of a seat, from the notice and the start of the evaluation; undefined of a blind sheet whose pseudonyms are not laid open, since the file does
 * not tell yet whose they are.
 */
function asksIn(history: History, lot: string, part: string, { member, version }: ListedSheet, before: number): SheetAsks | undefined {
  const notice = history.one('notice.published')?.data;
  const started = history.all('evaluation.started').findLast((event) => (event.data.part ?? 'whole') === part && event.index < before);
  const given = history.all('sheet.opened').filter((event) => event.data.member === member && event.index < before);
  const terms = rows.safeParse(notice?.terms);
  const known = terms.success ? terms.data : { items: [], criteria: [] };
  const owed = owedWith(
    { ...known, parts: (notice?.parts ?? ['whole']) as Part[] },
    part as Part,
    new Set(given.flatMap(({ data }) => (data.part === part ? [] : [data.part]))),
  );
  const blind = notice?.blind?.part === part ? notice.blind : undefined;
  const named = laidOpenAt(history, part);
  const isBlind = blind !== undefined && before < named;
  const pseudonyms = history.all('pseudonyms.revealed').find(({ data }) => data.part === part)?.data.list;
  if (isBlind && pseudonyms === undefined) return undefined;
  const gaveBlind = blind !== undefined && given.some(({ index, data }) => data.part === part && index < named);
  const judgedBlind = { items: blind?.items ?? [], criteria: blind?.criteria ?? [] };
  const asked = onSheet(owed, judgedBlind, { blind: isBlind, gaveBlind });
  const judged = started?.data.bids ?? [];
  return {
    lot,
    part: part as Part,
    member,
    version,
    bids: isBlind ? (pseudonyms ?? []).flatMap(({ id, submission }) => (judged.includes(submission) ? [id] : [])) : judged,
    gone: history
      .all('correction.unconfirmed')
      .filter((event) => event.index < before)
      .map((event) => event.data.bid),
    items: asked.items.map(({ id }) => id),
    criteria: asked.criteria.map(({ id, max }) => ({ id, max })),
  };
}
