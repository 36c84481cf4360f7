import type { Request, RequestHandler, Response } from 'express';
import { type Language, languages } from '../kernel/words.ts';
import { cookie, setCookie } from './sessions.ts';

const cookieName = 'lang';

/** The language a request asks for: the reader's choice, else Chinese. The API answers both. */
export function languageOf(request: Request): Language {
  const chosen = cookie(request, cookieName);
  return languages.find((each) => each === chosen) ?? 'zh';
}

/** GET /language?to=en&back=/lots: keeps the choice for a year and goes back to the same page (of this site only). */
export function languageSwitch(secure: boolean): RequestHandler {
  return (request: Request, response: Response) => {
    const to = languages.find((each) => each === request.query.to) ?? 'zh';
    setCookie(response, cookieName, to, { secure, maxAgeSeconds: 365 * 24 * 3600 });
    const back = typeof request.query.back === 'string' ? request.query.back : '/';
    response.redirect(303, /^\/(?![/\\])/.test(back) ? back : '/');
  };
}
