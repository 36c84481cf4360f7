import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { allEndpoints } from '../kernel/endpoint.ts';
import { notFound, tooManyRequests } from '../kernel/problem.ts';
import { lineBreaks } from './line-breaks.ts';
import { apiRouter, type House, pageErrors, pageRouter } from './mount.ts';
import { openapiRouter } from './openapi.ts';
import { apiErrors, sendProblem } from './problem.ts';
import { keepEditions, publicEditions } from './public-edition.ts';

export interface AppOptions {
  readonly house: House;
  /** folder with the built assets (content hashes in their names) */
  readonly assetsFolder: string;
  /** other routers that are not endpoints (journal tiles, resumable uploads), mounted before the pages */
  readonly raw: readonly { readonly path: string; readonly router: express.Router | express.RequestHandler }[];
  readonly log: (line: string, error?: unknown) => void;
  /** the number of trusted proxies in front */
  readonly proxies: number;
  readonly https: boolean;
  /** from one address, for people and for programs of trustees and witnesses apart; a test that reads everything as everybody asks for more */
  readonly requestsPerMinute?: number;
}

/** The whole web application: middleware in one list, in the order in which a request meets it. */
export function createApp({ house, assetsFolder, raw, log, proxies, https, requestsPerMinute = 3000 }: AppOptions): Express {
  const app = express();
  const endpoints = allEndpoints();
  app.set('trust proxy', proxies);
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(securityHeaders(https));
  app.use('/assets', express.static(assetsFolder, { immutable: true, maxAge: '365d', index: false }));
  app.get('/healthz', (_request: Request, response: Response) => void response.type('text').send('ok'));
  app.use(['/session', '/api/session'], onlyPosts(signInLimit()));
  // a custodian that polls from an institution's one address does not use up what its people may ask
  const [programs, people] = [requestLimit(requestsPerMinute), requestLimit(requestsPerMinute)];
  app.use((request, response, next) => (/^\/(journal|council)\//.test(request.path) ? programs : people)(request, response, next));
  for (const { path, router } of raw) app.use(path, router);
  app.use(express.json({ limit: '4mb' }));
  app.use(express.urlencoded({ extended: true, limit: '2mb', parameterLimit: 5000 }), lineBreaks);
  app.use('/api', openapiRouter(endpoints), apiRouter(house, endpoints), nothingElse, apiErrors(log));
  const editions = publicEditions(house, endpoints);
  keepEditions(app, editions);
  app.use(pageRouter(house, endpoints, editions));
  app.use(() => nothingHere());
  app.use(pageErrors(house, log));
  return app;
}

function nothingHere(): never {
  throw notFound();
}

/** The bare address of the API is a page for people; below it there is nothing but the endpoints. */
function nothingElse(request: Request, _response: Response, next: NextFunction): void {
  if (request.path !== '/' || request.method !== 'GET') nothingHere();
  next();
}

/** Script, style, font and connection only from ourselves; nothing inline; nobody frames us. */
function securityHeaders(https: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    hsts: https,
    referrerPolicy: { policy: 'same-origin' },
  });
}

const requestLimit = (limit: number) =>
  rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: true,
    legacyHeaders: false,
    handler: (_request, response) => sendProblem(response, tooManyRequests()),
  });

/** Ten tries in five minutes per address and login: guessing passwords is slow, mistyping one is not punished. */
function signInLimit() {
  return rateLimit({
    windowMs: 5 * 60_000,
    limit: 200,
    standardHeaders: true,
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    handler: (_request, response) => sendProblem(response, tooManyRequests()),
  });
}

const onlyPosts = (limit: express.RequestHandler) => (request: Request, response: Response, next: NextFunction) =>
  request.method === 'POST' ? limit(request, response, next) : next();
