import { partRefusal, partStatement } from '../evaluation/part-statement.ts';
import { signUntil } from '../evaluation/sign-until.ts';
import { isWithdrawn, rightlyLapsed, type Stance, standsWith } from '../evaluation/stance.ts';
import { canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { type Instant, parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import type { Certificate } from '../sealing/certificate.ts';
import type { Part } from '../sealing/shapes.ts';
import { verifyDetached } from '../sealing/signature.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';

/** What the members of a panel said on the result of an envelope: signed it, refused it with reasons, or were silent to the end. */

interface Context {
  readonly lot: string;
  readonly anchors: readonly Certificate[];
  readonly reported: Placed<'part.reported'>;
  /** every conclusion of this part that the edition holds, in order */
  readonly concluded: readonly Placed<'part.concluded'>[];
  readonly seats: readonly string[];
}
type Word = Placed<'part.signed'> | Placed<'part.refused'>;

/** Every word has its member's signature; the result that was reported stands with them, and each before it was rightly withdrawn. */
export async function checkPartWords(history: History, list: Checklist, context: Context): Promise<void> {
  const { part, sha256 } = context.reported.data;
  const ofPart = <T extends { readonly data: { readonly part: string } }>(events: readonly T[]): readonly T[] =>
    events.filter((event) => event.data.part === part);
  const signed = ofPart(history.all('part.signed'));
  const refused = ofPart(history.all('part.refused'));
  const deemed = ofPart(history.all('part.deemed'));
  const withdrawn = ofPart(history.all('part.withdrawn'));
  const lapsed = ofPart(history.all('part.lapsed'));
  const undone = withdrawn.length + lapsed.length;
  const words = [...signed, ...refused, ...deemed];
  // an edition for readers who may not see the words yet holds none of them
  if (words.length === 0 && (undone === 0 || context.concluded.length === 0)) return;
  for (const event of [...signed, ...refused]) {
    const holds = await signatureHolds(context, event);
    list.that(fill({ zh: '{part} 信封结果的签署有效', en: 'The signatures on the result of {part} hold' }, { part }), holds);
  }
  list.that(
    fill({ zh: '{part} 信封的意见都在结果公布之前', en: 'Everything said on {part} was said before its result stood' }, { part }),
    words.every((event) => event.index < context.reported.index) &&
      words.some((event) => event.data.sha256 === sha256) &&
      deemed.every((event) => event.data.sha256 === sha256),
  );
  if (context.concluded.length === 0) return;
  const last = context.concluded.length - 1;
  const stances = new Map<string, Stance>([
    ...between(context, deemed, last).map(({ data }) => [data.member, 'deemed'] as const),
    ...between(context, refused, last).map(({ data }) => [data.member, 'refused'] as const),
    ...between(context, signed, last).map(({ data }) => [data.member, 'signed'] as const),
  ]);
  list.that(
    fill({ zh: '{part} 信封由评标委员会全体成员评审', en: 'Every member of the panel judged the envelopes {part}' }, { part }),
    context.seats.every((seat) => stances.has(seat)),
  );
  const until = signUntil(context.concluded[last]?.at as Instant);
  list.that(
    fill(
      {
        zh: '{part} 信封结果：视为同意的，期限已过，且过半数成员已签署',
        en: 'Silence on {part} came to its end, beside the signatures of more than half',
      },
      { part },
    ),
    standsWith(context.seats, stances) && deemed.every((event) => event.at >= until),
  );
  checkUndone(history, list, context, { signed, refused, withdrawn, lapsed });
}

/** What was said on one conclusion, by its place: after it, and before the next one or the report. */
function between<T extends { readonly index: number; readonly data: { readonly sha256: string } }>(
  { concluded, reported }: Context,
  events: readonly T[],
  at: number,
): readonly T[] {
  const [from, until] = [concluded[at], concluded[at + 1]];
  return events.filter(
    (event) => event.data.sha256 === from?.data.sha256 && event.index > from.index && event.index < (until?.index ?? reported.index),
  );
}

/** The members of the panel that was last formed before an event. */
export const seatsBefore = (history: History, index: number): readonly string[] =>
  (history.all('panel.formed').findLast((event) => event.index < index)?.data.seats ?? []).map(({ member }) => member);

/** Each conclusion before the last ended by the rule, once, and nothing else is said to have ended. */
function checkUndone(
  history: History,
  list: Checklist,
  context: Context,
  {
    signed,
    refused,
    withdrawn,
    lapsed,
  }: {
    readonly signed: readonly Placed<'part.signed'>[];
    readonly refused: readonly Placed<'part.refused'>[];
    readonly withdrawn: readonly Placed<'part.withdrawn'>[];
    readonly lapsed: readonly Placed<'part.lapsed'>[];
  },
): void {
  const { concluded } = context;
  const ended = concluded.slice(0, -1).map((conclusion, at) => {
    const [ends, more] = [...between(context, withdrawn, at), ...between(context, lapsed, at)];
    if (!ends || more) return false;
    const seats = seatsBefore(history, conclusion.index);
    const said = [...between(context, refused, at), ...between(context, signed, at)].filter(({ index }) => index < ends.index);
    const words = new Map<string, Stance>(said.map(({ type, data }) => [data.member, type === 'part.signed' ? 'signed' : 'refused']));
    if (ends.type === 'part.withdrawn') return isWithdrawn(seats.filter((seat) => words.get(seat) === 'refused').length, seats.length);
    const next = seatsBefore(history, concluded[at + 1]?.index ?? 0);
    return rightlyLapsed({ concludedAt: conclusion.at as Instant, seats, words, at: ends.at, silent: ends.data.silent, next });
  });
  list.that(
    fill(
      {
        zh: '{part} 信封结果作废的，确有半数以上成员拒绝，或者到期未获过半数签署且只更换未表态的成员',
        en: 'A result of {part} ended only where half of the panel or more refused it, or its time ended without the signatures of more than half and the silent were replaced',
      },
      { part: context.reported.data.part },
    ),
    ended.every((sound) => sound) && withdrawn.length + lapsed.length === concluded.length - 1,
  );
}

async function signatureHolds({ lot, anchors }: Context, event: Word): Promise<boolean> {
  const { part, sha256, member, signature } = event.data;
  const statement =
    'reason' in event.data
      ? partRefusal(lot, part as Part, sha256, member, event.data.reason)
      : partStatement(lot, part as Part, sha256, member);
  const [der, at] = [fromBase64(signature), parseInstant(event.at)];
  const verdict = der && at && (await verifyDetached(der, canonicalBytes(statement), { anchors, at }));
  return verdict?.ok === true;
}
