import { pipeline } from 'node:stream/promises';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Html } from '../../views/html.ts';
import type { View } from '../../views/view.ts';
import { databaseNow, type Frame, parse, perform } from '../kernel/act.ts';
import type { AnyEndpoint, Download, Visit } from '../kernel/endpoint.ts';
import type { FileStore } from '../kernel/files.ts';
import { notPermitted, notSignedIn, type Problem } from '../kernel/problem.ts';
import type { Language } from '../kernel/words.ts';
import { signedInElsewhere } from '../parties/problems.ts';
import { keepDoors } from './doors.ts';
import { languageOf } from './language.ts';
import { problemOf, statusOfProblem } from './problem.ts';
import { type PublicEditions, pageNow } from './public-edition.ts';
import { checkForm, isAnonymous, sessionCookie, setCookie, type Visitor, visitorOf, type WhoIs } from './sessions.ts';
import { readMultipart } from './uploads.ts';

export interface House {
  readonly frame: Frame;
  readonly files: FileStore;
  readonly whoIs: WhoIs;
  /** was the session of this token ended because its user signed in elsewhere? */
  readonly endedElsewhere: (token: string) => Promise<boolean>;
  readonly secureCookies: boolean;
  /** makes the view of a page */
  view(
    asked: { readonly lang: Language; readonly path: string },
    visitor: Visitor,
    shown: { problem: Problem | null; values: Readonly<Record<string, unknown>> },
    visit: Visit,
    /** what the page's address names */
    params?: Readonly<Record<string, unknown>>,
  ): Promise<View>;
  problemPage(view: View, problem: Problem, status: number): Html;
}

/** Language and address of the page that a request asks for. */
const viewAsked = (request: Request) => ({ lang: languageOf(request), path: request.originalUrl });

interface Asked {
  readonly visitor: Visitor;
  readonly visit: Visit;
  /** whose session ended because its user signed in on another device */
  readonly elsewhere: boolean;
}

async function ask(house: House, request: Request, response: Response): Promise<Asked> {
  const visitor = await visitorOf(request, response, house.whoIs, house.secureCookies);
  const em = house.frame.fork();
  const visit: Visit = {
    em,
    by: visitor.actor,
    now: await databaseNow(em),
    files: house.files,
    token: visitor.token,
    perform: (act, input) => perform(house.frame, act, visitor.actor, input),
  };
  const elsewhere = visitor.stale !== null && (await house.endedElsewhere(visitor.stale));
  return { visitor, visit, elsewhere };
}

function admit(endpoint: AnyEndpoint, { visitor, elsewhere }: Asked): void {
  if (endpoint.by === 'anyone') return;
  if (visitor.actor.user === null) throw elsewhere ? signedInElsewhere() : notSignedIn();
  if (endpoint.by !== 'signed-in' && !endpoint.by.includes(visitor.actor.role)) throw notPermitted();
}

async function bodyOf(house: House, endpoint: AnyEndpoint, request: Request): Promise<Record<string, unknown>> {
  if (endpoint.files && request.is('multipart/form-data')) return readMultipart(request, endpoint.files, house.files);
  const body = { ...((request.body as Record<string, unknown> | undefined) ?? {}) };
  // a staged file is made by the reader above and nowhere else: nobody may name a stored file by its key
  for (const field of endpoint.files ?? []) delete body[field];
  return body;
}

async function answerOf(endpoint: AnyEndpoint, asked: Asked, request: Request, body: Record<string, unknown>) {
  const input = {
    params: parse(endpoint.params, request.params),
    query: parse(endpoint.query, request.query),
    body: endpoint.method === 'post' ? parse(endpoint.body, body) : undefined,
  };
  await keepDoors(endpoint, asked.visit, input.params);
  return { input, answer: await endpoint.handle(asked.visit, input) };
}

async function send(response: Response, download: Download): Promise<void> {
  const ascii = download.name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  response.set({
    'content-type': download.type,
    'content-disposition': `${download.inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(download.name)}`,
    'x-content-type-options': 'nosniff',
    ...(download.bytes === undefined ? {} : { 'content-length': String(download.bytes) }),
    ...(download.policy === undefined ? {} : { 'content-security-policy': download.policy, 'cache-control': 'no-store' }),
  });
  // whoever has gone on to another page reads no more: no failure of ours
  if (response.destroyed) {
    download.stream.destroy();
    return;
  }
  await pipeline(download.stream, response).catch((error: unknown) => {
    if (!response.destroyed || (error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** The endpoints as an API: JSON in, JSON out, refusals as problem+json (the error middleware of the app). */
export function apiRouter(house: House, endpoints: readonly AnyEndpoint[]): Router {
  const router = express.Router();
  for (const endpoint of endpoints) {
    if (endpoint.pageOnly) continue;
    router[endpoint.method](endpoint.path, async (request: Request, response: Response) => {
      const asked = await ask(house, request, response);
      admit(endpoint, asked);
      // Without a session there is nothing another site's page could misuse: signing in here sets no cookie.
      if (endpoint.method === 'post' && asked.visitor.token !== null) checkForm(asked.visitor, request.get('x-csrf-token'));
      const { answer } = await answerOf(endpoint, asked, request, await bodyOf(house, endpoint, request));
      if (endpoint.download) return send(response, answer as Download);
      response.status(endpoint.method === 'post' ? 201 : 200).json(endpoint.answer.parse(answer));
    });
  }
  return router;
}

interface Shown {
  problem: Problem | null;
  values: Readonly<Record<string, unknown>>;
  status: number;
}

/** The same endpoints as pages: GET shows, POST takes the form and goes on; a refused form is shown again with what was typed. */
export function pageRouter(house: House, endpoints: readonly AnyEndpoint[], editions: PublicEditions): Router {
  const router = express.Router();
  for (const endpoint of endpoints) {
    if (endpoint.apiOnly) continue;
    if (endpoint.method === 'get' && (endpoint.page || endpoint.download)) router.get(endpoint.path, getPage(house, endpoint, editions));
    if (endpoint.method === 'post' && endpoint.goTo) router.post(endpoint.path, postForm(house, endpoint, router));
  }
  return router;
}

function getPage(house: House, endpoint: AnyEndpoint, editions: PublicEditions) {
  return async (request: Request, response: Response): Promise<unknown> => {
    const refused = response.locals.shown as Shown | undefined;
    const edition = refused || !isAnonymous(request) ? null : editions.edition(request.path, languageOf(request));
    if (edition) return sendPage(response, 200, pageNow(await edition));
    const shown = refused ?? { problem: null, values: {}, status: 200 };
    const asked = await ask(house, request, response);
    if (asked.elsewhere) return tellElsewhere(house, request, response);
    if (endpoint.by !== 'anyone' && asked.visitor.actor.user === null)
      return response.redirect(303, `/session?back=${encodeURIComponent(request.originalUrl)}`);
    admit(endpoint, asked);
    const { answer, input } = await answerOf(endpoint, asked, request, {});
    if (endpoint.download) return send(response, answer as Download);
    const view = await house.view(viewAsked(request), asked.visitor, shown, asked.visit, input.params as Record<string, unknown>);
    const page = (endpoint.page as (answer: unknown, view: View, input: unknown) => Html)(answer, view, input);
    return sendPage(response, shown.status, page.toString());
  };
}

/** The device on which an older session stood is told once why it ended; what was typed there stays in its browser. */
function tellElsewhere(house: House, request: Request, response: Response): void {
  setCookie(response, sessionCookie, '', { secure: house.secureCookies, maxAgeSeconds: 0 });
  const back = request.method === 'GET' ? request.originalUrl : (request.get('referer') ?? '');
  const path = back.startsWith('/') ? back : back.replace(/^https?:\/\/[^/]+/, '');
  response.redirect(303, `/session?ended=elsewhere&back=${encodeURIComponent(path.startsWith('/session') ? '' : path)}`);
}

const sendPage = (response: Response, status: number, page: string): unknown =>
  response.status(status).type('html').set('cache-control', 'no-store').send(page);

function postForm(house: House, endpoint: AnyEndpoint, router: Router) {
  return async (request: Request, response: Response, next: NextFunction): Promise<unknown> => {
    let body: Record<string, unknown> = {};
    try {
      const asked = await ask(house, request, response);
      if (asked.elsewhere) return tellElsewhere(house, request, response);
      if (endpoint.by !== 'anyone' && asked.visitor.actor.user === null) return response.redirect(303, '/session');
      body = await bodyOf(house, endpoint, request);
      checkForm(asked.visitor, body._csrf);
      admit(endpoint, asked);
      const { answer, input } = await answerOf(endpoint, asked, request, body);
      keepSession(house, response, answer);
      return response.redirect(303, endpoint.goTo?.(answer, input) ?? '/');
    } catch (error) {
      const problem = problemOf(error);
      const again = problem && endpoint.form?.({ params: request.params as Record<string, string>, body });
      if (!problem || !again) throw error;
      const shown: Shown = { problem, values: withoutSecrets(body), status: statusOfProblem(problem) };
      response.locals.shown = shown;
      request.method = 'GET';
      request.url = again;
      return router(request, response, next);
    }
  };
}

/** An answer with a member `session` signs the browser in (a token) or out (null). */
function keepSession(house: House, response: Response, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || !('session' in answer)) return;
  const { session } = answer as { session: { token: string; seconds: number } | null };
  setCookie(response, sessionCookie, session?.token ?? '', { secure: house.secureCookies, maxAgeSeconds: session?.seconds ?? 0 });
}

/** What was typed is shown again, except passwords and codes. */
function withoutSecrets(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !/password|passphrase|totp|_csrf/i.test(name)));
}

/** The last middleware of the pages: a refusal that belongs to no form gets a page of its own; the unknown gets a bare 500. */
export function pageErrors(house: House, log: (line: string, error: unknown) => void) {
  return async (error: unknown, request: Request, response: Response, next: NextFunction): Promise<void> => {
    const problem = problemOf(error);
    if (response.headersSent) {
      next(error);
      return;
    }
    if (!problem) {
      const id = crypto.randomUUID();
      log(`unknown failure ${id}`, error);
      response
        .status(500)
        .type('html')
        .send(
          `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>系统故障</title><h1>系统故障，已记录</h1><p>Something failed on our side; it has been logged. 编号 ${id}</p><p><a href="/">返回首页 Home</a></p></html>`,
        );
      return;
    }
    const { visitor, visit } = await ask(house, request, response);
    const status = statusOfProblem(problem);
    const view = await house.view(viewAsked(request), visitor, { problem, values: {} }, visit);
    response
      .status(status)
      .type('html')
      .send(house.problemPage(view, problem, status).toString());
  };
}
