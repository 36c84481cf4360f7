import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { type AnyDrawRequest, checkDrawRequest, drawDigest, drawPoint } from '../sealing/draw.ts';
import { candidateBytes, candidatesIn, commitmentAt } from '../sealing/draw-list.ts';
import type { Part } from '../sealing/shapes.ts';
import { partFact } from '../tenders/envelopes.ts';
import { type DrawPurpose, fitsPurpose } from './draw-purpose.ts';
import { CouncilTask, DrawRequest as DrawRow } from './schema.ts';

/** Candidates of one part: a quarter of a megabyte, so that looking for one person reads no more. */
const partSize = 4096;

/**
 * Puts a draw to the council: the request is journalled before any trustee evaluates it (protocol §7), so nobody can try twice.
 * The caller holds the lot's lock and returns the fact with its own.
 */
export function askDraw(
  call: Call,
  lot: { readonly id: string; readonly council: string | null | undefined },
  draw: {
    readonly request: AnyDrawRequest;
    readonly purpose: DrawPurpose;
    /** purpose `reading`: the part whose envelopes are read, of these */
    readonly of?: { readonly part: Part; readonly parts: readonly Part[] };
    readonly drawSalt: string | null;
    readonly saltKey: string | null;
    readonly excluded: Readonly<Record<string, number>>;
    /** why the lot needs another draw, and the draws it puts out of force */
    readonly ground?: string;
    readonly supersedes?: readonly string[];
  },
): { readonly id: string; readonly fact: Fact } {
  const verdict = checkDrawRequest(draw.request);
  if (!verdict.ok) throw verdict.problem;
  if (!fitsPurpose(draw.purpose, draw.request)) throw new Error(`no custodian would answer this draw as one of ${draw.purpose}`);
  const task = newId(call.now);
  const digest = drawDigest(draw.request);
  call.em.create(CouncilTask, {
    id: task,
    kind: 'draw',
    lot: lot.id,
    council: lot.council ?? '',
    question: { request: draw.request },
    points: [drawPoint(draw.request)],
    askedAt: call.now,
  });
  call.em.create(DrawRow, {
    id: draw.request.id,
    lot: lot.id,
    purpose: draw.purpose,
    part: draw.of?.part ?? null,
    request: draw.request,
    digest,
    drawSalt: draw.drawSalt,
    saltKey: draw.saltKey,
    task,
    requestedAt: call.now,
  });
  const again = draw.ground === undefined ? {} : { ground: draw.ground, supersedes: [...(draw.supersedes ?? [])] };
  const part = draw.of ? partFact(draw.of.parts, draw.of.part) : {};
  const asked = { request: draw.request, digest, purpose: draw.purpose, ...part, excluded: { ...draw.excluded }, ...again };
  return { id: draw.request.id, fact: fact('draw.requested', { lot: lot.id }, asked) };
}

/** The lists of a draw with the people behind them, by specialty. */
export type KeptLists = Readonly<Record<string, { readonly candidates: Uint8Array; readonly people: Uint8Array }>>;

/** Keeps the lists of a draw beside its request, in the same transaction. */
export async function keepLists(call: Call, request: string, lists: KeptLists): Promise<void> {
  for (const [specialty, { candidates, people }] of Object.entries(lists)) {
    const parts = Math.ceil(candidatesIn(candidates) / partSize);
    const personBytes = people.length / candidatesIn(candidates);
    // a few megabytes a statement: they are written out in it as text
    for (let from = 0; from < parts; from += 8) {
      const rows = Array.from({ length: Math.min(8, parts - from) }, (_, at) => {
        const place = (from + at) * partSize;
        const own = candidates.subarray(place * candidateBytes, (place + partSize) * candidateBytes);
        const whose = people.subarray(place * personBytes, (place + partSize) * personBytes);
        return [request, specialty, from + at, buffer(commitmentAt(own, 0)), buffer(own), buffer(whose)];
      });
      const values = rows.map(() => '(?, ?, ?, ?, ?, ?)').join(', ');
      await call.em.execute(`insert into draw_list (request, specialty, part, first, candidates, people) values ${values}`, rows.flat());
    }
  }
}

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
