import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { checkDrawRequest, type DrawRequest, drawDigest, drawPoint } from '../sealing/draw.ts';
import { CouncilTask, DrawRequest as DrawRow } from './schema.ts';

export type DrawPurpose = 'parameters' | 'experts';

/**
 * Puts a draw to the council: the request is journalled before any trustee evaluates it (protocol §7), so nobody can try twice.
 * The caller holds the lot's lock and returns the fact with its own.
 */
export function askDraw(
  call: Call,
  lot: { readonly id: string; readonly council: string | null | undefined },
  draw: {
    readonly request: DrawRequest;
    readonly purpose: DrawPurpose;
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
    request: draw.request,
    digest,
    drawSalt: draw.drawSalt,
    saltKey: draw.saltKey,
    task,
    requestedAt: call.now,
  });
  const again = draw.ground === undefined ? {} : { ground: draw.ground, supersedes: [...(draw.supersedes ?? [])] };
  const asked = { request: draw.request, digest, purpose: draw.purpose, excluded: { ...draw.excluded }, ...again };
  return { id: draw.request.id, fact: fact('draw.requested', { lot: lot.id }, asked) };
}
