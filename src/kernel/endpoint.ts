import type { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { Act, Performed } from './act.ts';
import type { Actor, Role } from './actor.ts';
import type { Instant } from './clock.ts';
import type { FileStore } from './files.ts';
import type { Words } from './words.ts';

/** What a request brings to an endpoint: who asks, the database's time, a fork of the store, and the way to perform acts. */
export interface Visit {
  readonly em: EntityManager;
  readonly by: Actor;
  readonly now: Instant;
  readonly files: FileStore;
  /** the session token the request came with; null when nobody is signed in */
  readonly token: string | null;
  perform<C, R>(act: Act<C, R>, input: unknown): Promise<Performed<R>>;
}

/** A file to send as it is (never buffered). */
export interface Download {
  readonly stream: Readable;
  readonly name: string;
  readonly type: string;
  readonly bytes?: number;
  readonly inline?: boolean;
  /** the content security policy of what strangers wrote, where it is shown instead of saved */
  readonly policy?: string;
}

/**
 * One URL with one method. Declared once, mounted twice by the web room: under `/api` it speaks JSON (and OpenAPI describes it),
 * at the plain path it shows a page (GET) or takes the form and goes on (POST). URLs are nouns.
 */
export interface Endpoint<P, Q, B, A> {
  /** operation id, kebab-case */
  readonly name: string;
  readonly method: 'get' | 'post';
  /** Express path with `:params` */
  readonly path: string;
  readonly says: Words;
  /** who may ask; `anyone` includes the public. Acts check their own roles again. */
  readonly by: 'anyone' | 'signed-in' | readonly Role[];
  readonly params: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  readonly body: z.ZodType<B>;
  /** the JSON answer (OpenAPI); a `Download` answer is declared by `download: true` */
  readonly answer: z.ZodType<A>;
  /** file fields of a multipart form: each is streamed to the file store and given to the body as a StagedFile */
  readonly files?: readonly string[];
  readonly download?: boolean;
  /** not in the API description and not under /api (pages that only lead on) */
  readonly pageOnly?: boolean;
  readonly apiOnly?: boolean;
  /** under `/lots/:lot`: it is there also for those who stand outside closed doors, and shows them nothing of what is behind */
  readonly outdoors?: true;
  /** GET: whoever is not signed in is given one and the same page, made once for all; it holds no form and nothing of one visitor */
  readonly shared?: boolean;
  handle(visit: Visit, input: { params: P; query: Q; body: B }): Promise<A | Download>;
  /** GET: the page for the answer */
  readonly page?: (answer: A, view: never, input: { params: P; query: Q; body: B }) => unknown;
  /** POST: where to go after success, e.g. `/lots/123` */
  readonly goTo?: (answer: A, input: { params: P; query: Q; body: B }) => string;
  /** POST: path of the GET page that shows the form; on a problem it is shown again with the problem beside the fields and the values kept */
  readonly form?: (input: { params: Record<string, string>; body: Record<string, unknown> }) => string;
}

/** A file that has been streamed to the file store but belongs to nothing yet. */
export interface StagedFile {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** base64url SHA-256 */
  readonly sha256: string;
}

export type AnyEndpoint = Endpoint<unknown, unknown, unknown, unknown>;

const registry: AnyEndpoint[] = [];

/** Declares an endpoint; the web room mounts every declared one, and a test asks each of them without a right. */
export function endpoint<P, Q, B, A>(declaration: Endpoint<P, Q, B, A>): Endpoint<P, Q, B, A> {
  if (registry.some((each) => each.name === declaration.name)) throw new Error(`endpoint '${declaration.name}' is declared twice`);
  registry.push(declaration as unknown as AnyEndpoint);
  return declaration;
}

export function allEndpoints(): readonly AnyEndpoint[] {
  return registry;
}
