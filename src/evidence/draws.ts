import { z } from 'zod';
import { fitsRung } from '../experts/reach.ts';
import { base64url, canonical, fromBase64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import { fitsPurpose } from '../openings/draw-purpose.ts';
import type { Council } from '../sealing/council.ts';
import {
  type AnyDrawRequest,
  bareTranscript,
  type DrawTranscript,
  drawDigest,
  employerTag,
  employerTagsIn,
  expertCommitment,
  listsOf,
  nextCalled,
  verifyDraw,
} from '../sealing/draw.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';
import { checkJournalledShares } from './openings.ts';
import { drawStages, stateStages } from './verify.ts';

/** Draws (protocol §7) against the journal: asked once, before anyone could know the answer, and followed as drawn. */

export interface CheckedDraw {
  readonly transcript: DrawTranscript;
  readonly seed: Uint8Array;
  readonly purpose: string;
  readonly requestedAt: number;
  readonly completedAt: number;
}

/** The purpose of the draw whose seed breaks ties and whose parameters the evaluation uses. */
export const sessionPurpose = 'parameters';

/** Checks every draw of the bundle; answers them by id. */
export function checkDraws(
  history: History,
  list: Checklist,
  transcripts: ReadonlyMap<string, unknown>,
  lot: string,
  council: Council | null,
): ReadonlyMap<string, CheckedDraw> {
  const requests = history.all('draw.requested');
  const requested = new Map(requests.map((event) => [event.data.digest, event]));
  list.that({ zh: '同一抽取申请只提出一次', en: 'No request of a draw was made twice' }, requested.size === requests.length);
  const completed = history.all('draw.completed');
  const draws = new Map<string, CheckedDraw>();
  for (const [id, transcript] of transcripts) {
    const verdict = verifyDraw(transcript);
    stateStages(list, drawStages, verdict);
    if (!verdict.ok) return draws;
    const { request } = verdict.transcript;
    const says = fill(
      { zh: '抽取 {id} 先申请、后抽取，均在日志中', en: 'Draw {id} was asked in the journal before it was answered there' },
      { id },
    );
    const asked = requested.get(drawDigest(request));
    const answered = completed.find((event) => canonical(event.data.transcript) === canonical(bareTranscript(verdict.transcript)));
    list.that(says, request.id === id && request.lot === lot && canonical(verdict.transcript.council) === canonical(council));
    list.that(
      says,
      asked !== undefined && canonical(asked.data.request) === canonical(request) && answered !== undefined && asked.index < answered.index,
    );
    list.that({ zh: '抽取内容与申请用途相符', en: 'Each draw is of what its purpose names' }, fitsPurpose(asked.data.purpose, request));
    checkReach(list, asked, request);
    checkJournalledShares(history, list, verdict.transcript.shares, asked.index);
    draws.set(id, { ...verdict, purpose: asked.data.purpose, requestedAt: asked.index, completedAt: answered.index });
  }
  list.that({ zh: '日志中完成的抽取都有记录', en: 'Every completed draw is in the bundle' }, completed.length === draws.size);
  checkCalls(history, list, draws);
  checkRevealed(history, list, draws);
  return draws;
}

/** Where the experts of each seat were looked for is what the rule XD-7 says of the rung that is named, no narrower and no wider. */
function checkReach(list: Checklist, { at, data }: Placed<'draw.requested'>, request: AnyDrawRequest): void {
  const { reach } = data;
  if (reach === undefined) return;
  list.that(
    { zh: '每个席位的抽取范围与规则所定的级别相符', en: 'Each seat was looked for where its rung of the rule reaches' },
    request.seats.every(({ specialty }) => Object.hasOwn(reach, specialty)) &&
      Object.entries(reach).every(([specialty, each]) => fitsRung(specialty, each, dayOf(at as Instant))),
  );
}

/** The session's draw: one, asked after the closing, so that no bidder could know a coefficient or a ticket. */
export function sessionDraw(
  list: Checklist,
  draws: ReadonlyMap<string, CheckedDraw>,
  closedAt: number | undefined,
): CheckedDraw | undefined {
  const [draw, ...more] = [...draws.values()].filter((each) => each.purpose === sessionPurpose);
  if (draw === undefined) return undefined;
  list.that(
    { zh: '参数只抽取一次，且在截标以后申请', en: 'Parameters were drawn once, asked for after the closing' },
    more.length === 0 && closedAt !== undefined && draw.requestedAt > closedAt,
  );
  return draw;
}

/** Experts were called in the drawn order; a further one only after somebody declined. */
function checkCalls(history: History, list: Checklist, draws: ReadonlyMap<string, CheckedDraw>): void {
  const calls = history.all('expert.called', 'expert.declined', 'expert.accepted');
  if (calls.length === 0) return;
  const says = {
    zh: '专家按抽取顺序通知，有人不能参加才递补',
    en: 'Experts were called in the drawn order, a further one only after a refusal',
  };
  for (const [id, draw] of draws)
    checkCallsOf(
      draw,
      calls.filter((each) => each.data.request === id),
      list,
      says,
    );
  list.that(
    says,
    calls.every((each) => draws.has(each.data.request)),
  );
  const accepted = new Set(history.all('expert.accepted').map((event) => event.data.expert));
  const seated = history
    .all('panel.formed')
    .flatMap((event) => event.data.seats)
    .filter((seat) => seat.expert !== null);
  list.that(
    { zh: '评标委员会的专家都是抽取并确认参加的', en: 'The panel’s experts are those drawn who accepted' },
    seated.every((seat) => accepted.has(seat.expert ?? '')),
  );
}

function checkCallsOf(
  draw: CheckedDraw,
  calls: readonly Placed<'expert.called' | 'expert.declined' | 'expert.accepted'>[],
  list: Checklist,
  says: { zh: string; en: string },
): void {
  const { request, called } = draw.transcript;
  const lists = listsOf(draw.transcript);
  const bound = new Set(Object.values(called).flat());
  const waiting = new Map<string, number>();
  const seen = new Set<string>();
  for (const { type, index, data } of calls) {
    if (type === 'expert.called') {
      const first = called[data.specialty]?.includes(data.expert) ?? false;
      const spare = waiting.get(data.specialty) ?? 0;
      const due = first || (spare > 0 && nextCalled(request, draw.seed, data.specialty, bound, lists) === data.expert);
      list.that(says, due && index > draw.completedAt && !seen.has(data.expert));
      if (!first) waiting.set(data.specialty, spare - 1);
      bound.add(data.expert);
      seen.add(data.expert);
    } else {
      list.that(says, seen.has(data.expert));
      if (type === 'expert.declined') waiting.set(data.specialty, (waiting.get(data.specialty) ?? 0) + 1);
    }
  }
}

const identity = z.object({ id: z.string(), name: z.string(), employer: z.string(), specialties: z.array(z.string()) });

/** Once salts are published, each commitment is the person it is said to be, with the employer it was drawn under. */
function checkRevealed(history: History, list: Checklist, draws: ReadonlyMap<string, CheckedDraw>): void {
  for (const event of history.all('experts.revealed')) {
    const drawn = draws.get(event.data.request)?.transcript;
    const commitments = event.data.experts.map(({ expert }) => expert);
    const tags = drawn ? employerTagsIn(drawn.request, commitments, listsOf(drawn)) : new Map<string, string>();
    const drawSalt = fromBase64url(event.data.drawSalt);
    const reaching = reachOfCalled(history, event.data.request);
    const true_ = event.data.experts.every(({ expert, salt, record }) => {
      const [person, bytes] = [identity.safeParse(record), fromBase64url(salt)];
      if (!person.success || bytes === undefined || drawSalt === undefined) return false;
      const within = reaching.get(expert);
      if (within && !person.data.specialties.some((code) => within.some((each) => code.startsWith(each)))) return false;
      return expertCommitment(person.data, bytes) === expert && tags.get(expert) === employerTag(drawSalt, person.data.employer);
    });
    list.that({ zh: '公开的专家身份与抽取时的承诺一致', en: 'The revealed experts are those committed to in the draw' }, true_);
  }
}

/** For each expert called by a draw that says how far it reached: the specialties that its seat was looked for in. */
function reachOfCalled(history: History, request: string): ReadonlyMap<string, readonly string[]> {
  const asked = history.all('draw.requested').find(({ data }) => (data.request as { readonly id?: unknown }).id === request);
  const called = history.all('expert.called').filter(({ data }) => data.request === request);
  return new Map(
    called.flatMap(({ data }) => {
      const reach = asked?.data.reach?.[data.specialty];
      return reach ? [[data.expert, reach.specialties] as const] : [];
    }),
  );
}

/** How the tie seed of an evaluation follows from the session's draw: its seed, as base64url. */
export const tieSeedOf = (draw: CheckedDraw): string => base64url(draw.seed);
