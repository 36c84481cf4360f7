import { partRefusal, partStatement } from '../evaluation/part-statement.ts';
import { signUntil } from '../evaluation/sign-until.ts';
import { isWithdrawn, type Stance, standsWith } from '../evaluation/stance.ts';
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
  const words = [...signed, ...refused, ...deemed];
  // an edition for readers who may not see the words yet holds none of them
  if (words.length === 0 && withdrawn.length === 0) return;
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
  const between = <T extends { readonly index: number; readonly data: { readonly sha256: string } }>(events: readonly T[], at: number) => {
    const [from, until] = [context.concluded[at], context.concluded[at + 1]];
    return events.filter(
      (event) =>
        event.data.sha256 === from?.data.sha256 && event.index > from.index && event.index < (until?.index ?? context.reported.index),
    );
  };
  const last = context.concluded.length - 1;
  const stances = new Map<string, Stance>([
    ...between(deemed, last).map(({ data }) => [data.member, 'deemed'] as const),
    ...between(refused, last).map(({ data }) => [data.member, 'refused'] as const),
    ...between(signed, last).map(({ data }) => [data.member, 'signed'] as const),
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
  const rightly = context.concluded.slice(0, -1).every((_, at) => {
    const against = new Set(between(refused, at).map(({ data }) => data.member));
    const counts = between(withdrawn, at);
    return counts.length === 1 && isWithdrawn(context.seats.filter((seat) => against.has(seat)).length, context.seats.length);
  });
  list.that(
    fill(
      {
        zh: '{part} 信封结果作废的，确有半数以上成员拒绝',
        en: 'A result of {part} was withdrawn only where half of the panel or more refused it',
      },
      { part },
    ),
    rightly && withdrawn.length === last,
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
