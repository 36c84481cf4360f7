import type { Express } from 'express';
import type { Html } from '../../views/html.ts';
import type { View } from '../../views/view.ts';
import { databaseNow, parse } from '../kernel/act.ts';
import { thePublic } from '../kernel/actor.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import { dateOf, type Instant, instantOf } from '../kernel/clock.ts';
import type { AnyEndpoint } from '../kernel/endpoint.ts';
import { notPermitted } from '../kernel/problem.ts';
import type { Language } from '../kernel/words.ts';
import { sha256 } from '../sealing/digest.ts';
import { keepDoors } from './doors.ts';
import type { House } from './mount.ts';

/**
 * The public edition of a page: what everyone sees who is not signed in. It is made once for all of them, so that ten thousand people in a hall
 * cost the database what one does; sockets push its changes (live.ts). Only endpoints that say `shared` have one, and none of them may hold
 * anything of one visitor, a form's token included.
 */
export interface Edition {
  readonly page: string;
  /** the moving regions of the page by name, exactly as they stand in it */
  readonly regions: ReadonlyMap<string, string>;
  /** the lots of whose news the page is made */
  readonly follows: readonly string[];
  /** base64url SHA-256 of the regions: equal on every web node that shows the same */
  readonly version: string;
  readonly made: Made;
}

interface Made {
  /** the platform's time in the page, and how fast it runs */
  readonly now: Instant;
  readonly rate: number;
  /** this process's stopwatch at that moment, in milliseconds */
  readonly since: number;
}

export interface PublicEditions {
  /** The present edition of the page at this path; null when the page is not shared. Rejects with what the page refuses. */
  edition(path: string, lang: Language): Promise<Edition> | null;
  /** The journal grew: whoever asks from now on is given a page made after this. */
  grew(): void;
}

/** How old an edition may be when it is handed out, in milliseconds. */
const freshFor = 400;
const mostKept = 500;

export function publicEditions(house: House, endpoints: readonly AnyEndpoint[]): PublicEditions {
  const shared = endpoints.filter((each) => each.shared).map((each) => ({ endpoint: each, matches: matcher(each.path) }));
  const kept = new Map<string, { edition: Promise<Edition>; since: number }>();

  const make = async (endpoint: AnyEndpoint, params: Record<string, string>, path: string, lang: Language): Promise<Edition> => {
    const em = house.frame.fork();
    const now = await databaseNow(em);
    const since = performance.now();
    const visitor = { actor: thePublic, csrf: '', bearer: false, token: null, stale: null };
    const refuses = async (): Promise<never> => {
      throw notPermitted();
    };
    const visit = { em, by: thePublic, now, files: house.files, token: null, perform: refuses };
    const input = { params: parse(endpoint.params, params), query: parse(endpoint.query, {}), body: undefined };
    await keepDoors(endpoint, visit, input.params);
    const answer = await endpoint.handle(visit, input);
    const view = await house.view({ lang, path }, visitor, { problem: null, values: {} }, visit);
    const page = (endpoint.page as (answer: unknown, view: View, input: unknown) => Html)(answer, view, input).toString();
    const regions = regionsOf(page);
    const version = base64url(sha256(utf8([...regions].flat().join('\0'))));
    return { page, regions, follows: followsOf(page, path), version, made: { now: view.now, rate: view.sandbox?.rate ?? 1, since } };
  };

  return {
    edition(path, lang) {
      for (const { endpoint, matches } of shared) {
        const params = matches(path);
        if (!params) continue;
        const key = `${lang} ${path}`;
        const there = kept.get(key);
        if (there && performance.now() - there.since < freshFor) return there.edition;
        const edition = make(endpoint, params, path, lang);
        kept.delete(key);
        kept.set(key, { edition, since: performance.now() });
        // a refusal is told, not kept: the lot may be published a moment later
        edition.catch(() => kept.get(key)?.edition === edition && kept.delete(key));
        if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
        return edition;
      }
      return null;
    },
    grew: () => kept.clear(),
  };
}

/** The page with its clock moved on from when it was made. */
export function pageNow({ page, made }: Edition): string {
  const passed = (performance.now() - made.since) * made.rate;
  const now = instantOf(new Date(dateOf(made.now).getTime() + passed));
  return page.replace(`data-now="${made.now}"`, `data-now="${now}"`);
}

/** The moving regions of a page, between the marks that `live()` sets (views/parts/page.ts). */
export function regionsOf(page: string): ReadonlyMap<string, string> {
  const found = page.matchAll(/<!--live ([\w-]+)-->([\s\S]*?)<!--\/live \1-->/g);
  return new Map([...found].map(([, name = '', body = '']) => [name, body]));
}

/** The lots that a page names as those it follows; the one in its address where it names none. */
function followsOf(page: string, path: string): readonly string[] {
  const named = /data-follows="([0-9a-f -]*)"/.exec(page)?.[1]?.split(' ');
  return named ?? /\/lots\/([0-9a-f-]{36})(?:\/|$)/.exec(path)?.slice(1) ?? [];
}

/** One region's change: at a place, so many characters give way to others. */
export interface Splice {
  readonly region: string;
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}

/** What leads from one edition to the next: what stands before and behind a change is not sent again. */
export function splicesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly Splice[] {
  return [...after].flatMap(([region, text]) => {
    const old = before.get(region) ?? '';
    if (old === text) return [];
    const most = Math.min(old.length, text.length);
    let at = 0;
    while (at < most && old[at] === text[at]) at += 1;
    let tail = 0;
    while (tail < most - at && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
    return [{ region, at, drop: old.length - tail - at, put: text.slice(at, text.length - tail) }];
  });
}

/** `/lots/:lot/hall` as a question to a path: its parameters, or null. */
function matcher(pattern: string): (path: string) => Record<string, string> | null {
  const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const shape = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`);
  return (path) => {
    const found = shape.exec(path);
    return found && Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? '']));
  };
}

const known = new WeakMap<Express, PublicEditions>();

/** Keeps with an application the editions it hands out, so that its sockets push the same ones. */
export function keepEditions(app: Express, editions: PublicEditions): void {
  known.set(app, editions);
}

/** The editions of an application made by `createApp`. */
export function editionsOf(app: Express): PublicEditions {
  const editions = known.get(app);
  if (!editions) throw new TypeError('this application hands out no public editions');
  return editions;
}
