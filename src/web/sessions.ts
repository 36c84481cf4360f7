import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Actor } from '../kernel/actor.ts';
import { thePublic } from '../kernel/actor.ts';
import { problem } from '../kernel/problem.ts';

export const forgedForm = problem(
  'form-expired',
  'not-permitted',
  '页面已过期，请刷新后重试。',
  'This page has expired; please reload and try again.',
);

/** Who a request comes from. */
export interface Visitor {
  readonly actor: Actor;
  /** token that a form of this visitor must carry */
  readonly csrf: string;
  /** a bearer token cannot be sent by another site's page, so it needs no form token */
  readonly bearer: boolean;
  readonly token: string | null;
  /** a token of a session that is no more, or never was */
  readonly stale: string | null;
}

/** Looks a session token up; null when it is unknown or over. */
export type WhoIs = (token: string) => Promise<{ readonly actor: Actor; readonly csrf: string } | null>;

export const sessionCookie = 'yg_session';
const anonymousCookie = 'yg_visitor';

const cookiesOf = (request: Request): Record<string, string> =>
  Object.fromEntries(
    (request.headers.cookie ?? '').split(';').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]];
    }),
  );

export const cookie = (request: Request, name: string): string | undefined => cookiesOf(request)[name];

/** Sets a cookie that scripts cannot read and other sites cannot send along with a POST. */
export function setCookie(
  response: Response,
  name: string,
  value: string,
  options: { readonly secure: boolean; readonly maxAgeSeconds?: number },
): void {
  response.cookie(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: options.secure,
    path: '/',
    ...(options.maxAgeSeconds === undefined ? {} : { maxAge: options.maxAgeSeconds * 1000 }),
  });
}

/** Finds out who asks: bearer token, session cookie, or nobody (with a visitor cookie, so that even the sign-in form is protected). */
export async function visitorOf(request: Request, response: Response, whoIs: WhoIs, secure: boolean): Promise<Visitor> {
  const address = request.ip ?? null;
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? cookie(request, sessionCookie) ?? null;
  const known = token === null ? null : await whoIs(token);
  if (known) return { actor: { ...known.actor, address }, csrf: known.csrf, bearer: bearer !== undefined, token, stale: null };
  let visitor = cookie(request, anonymousCookie);
  if (!visitor && bearer === undefined) {
    visitor = randomBytes(24).toString('base64url');
    setCookie(response, anonymousCookie, visitor, { secure });
  }
  const csrf = createHash('sha256')
    .update(`yangguang-form-1//${visitor ?? ''}`)
    .digest('base64url');
  return { actor: { ...thePublic, address }, csrf, bearer: bearer !== undefined, token: null, stale: token };
}

/** Does the request come without any credential? It may still name a session that is over; that one is looked up. */
export const isAnonymous = (request: Request): boolean =>
  request.headers.authorization === undefined && cookie(request, sessionCookie) === undefined;

/** Throws unless the form (or the header) carries this visitor's token. */
export function checkForm(visitor: Visitor, given: unknown): void {
  if (visitor.bearer) return;
  const expected = Buffer.from(visitor.csrf);
  const got = Buffer.from(typeof given === 'string' ? given : '');
  if (expected.length !== got.length || !timingSafeEqual(expected, got)) throw forgedForm();
}
