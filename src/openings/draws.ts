import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { type AnyDrawRequest, checkDrawRequest, drawDigest, drawPoint } from '../sealing/draw.ts';
import type { Part } from '../sealing/shapes.ts';
import { partFact } from '../tenders/envelopes.ts';
import { type DrawPurpose, fitsPurpose } from './draw-purpose.ts';
import { CouncilTask, DrawRequest as DrawRow } from './schema.ts';

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
    /** purpose `invited`: how many of the drawn are invited, and who of the host's staff watches */
    readonly invitation?: { readonly invited: number; readonly witnesses: readonly string[] };
    readonly drawSalt: string | null;
    readonly saltKey: string | null;
    /** how many each ground left out: exact, for supervisors alone; and in bands, for everyone */
    readonly excluded: Readonly<Record<string, number>>;
    readonly excludedBands: Readonly<Record<string, string>>;
    /** purpose `experts`: how far the experts of each seat were looked for */
    readonly reach?: Readonly<Record<string, { readonly rung: string; readonly specialties: readonly string[]; readonly region: string }>>;
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
    excluded: draw.excluded,
    task,
    requestedAt: call.now,
  });
  // who qualified may be known before the opening to the host alone, their number included: so this request is an event of its own
  if (draw.invitation) {
    const { invited, witnesses } = draw.invitation;
    const asked = { request: draw.request, digest, invited, witnesses: [...witnesses] };
    return { id: draw.request.id, fact: fact('invitations.requested', { lot: lot.id }, asked) };
  }
  const again = draw.ground === undefined ? {} : { ground: draw.ground, supersedes: [...(draw.supersedes ?? [])] };
  const reach = draw.reach
    ? {
        reach: Object.fromEntries(
          Object.entries(draw.reach).map(([seat, each]) => [seat, { ...each, specialties: [...each.specialties] }]),
        ),
      }
    : {};
  const part = draw.of ? partFact(draw.of.parts, draw.of.part) : {};
  const asked = { request: draw.request, digest, purpose: draw.purpose, ...part, excluded: { ...draw.excludedBands }, ...reach, ...again };
  return { id: draw.request.id, fact: fact('draw.requested', { lot: lot.id }, asked) };
}
