import { z } from 'zod';
import { type NoteSigner, signEd25519 } from '../journal/checkpoint.ts';
import { type SignedStatement, trialMessage } from '../journal/probe.ts';
import { base64, base64url, utf8 } from '../kernel/bytes.ts';
import { dateOf, type Instant, systemClock } from '../kernel/clock.ts';
import { sha256 } from '../sealing/digest.ts';

/** What a trial found: how long it took, or that the file was not taken; `known` is false while the platform does not know this probe. */
export interface Trial {
  readonly known: boolean;
  readonly took: number | null;
  readonly why?: string;
}

/** The intake as a probe reaches it. It only ever calls out. */
export interface Intake {
  time(): Promise<{ readonly now: Instant; readonly rate: number; readonly deadlines: readonly string[] }>;
  trial(): Promise<Trial>;
  /** `again`: to be kept and handed in later */
  handIn(signed: SignedStatement): Promise<{ readonly event?: string; readonly refused?: string; readonly again: boolean }>;
  /** the receipt of an event; null while there is none */
  receipt(event: string): Promise<unknown>;
}

const trialMilliseconds = 20_000;
const trialBytes = 4096;
const clockShape = z.object({ now: z.string(), rate: z.number() });
const nowShape = z.object({ now: z.string(), deadlines: z.array(z.string()).max(1000) });

/** `address` without a slash at the end. Each trial has a limit as a whole: an intake that answers too slowly for a small file takes no large one. */
export function reachIntake(address: string, key: NoteSigner, signal: AbortSignal, limit = trialMilliseconds): Intake {
  const call = (path: string, init: RequestInit, within: AbortSignal): Promise<Response> =>
    fetch(address + path, { ...init, redirect: 'error', signal: AbortSignal.any([signal, within]) });
  const asked = async (path: string): Promise<unknown> => {
    const answer = await call(path, { headers: { accept: 'application/json' } }, AbortSignal.timeout(limit));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  };
  const signed = (method: string, path: string): Record<string, string> => {
    const seconds = Math.floor(dateOf(systemClock()).getTime() / 1000);
    const signature = base64(signEd25519(utf8(trialMessage(method, path, seconds)), key));
    return { 'x-probe': `${key.name} ${seconds} ${signature}`, 'tus-resumable': '1.0.0' };
  };
  return {
    async time() {
      const [clock, near] = await Promise.all([asked('/api/clock'), asked('/probes/door/now')]);
      return { now: clockShape.parse(clock).now as Instant, rate: clockShape.parse(clock).rate, deadlines: nowShape.parse(near).deadlines };
    },
    async trial() {
      const began = performance.now();
      const within = AbortSignal.timeout(limit);
      try {
        const why = await handFileIn((path, init) =>
          call(path, { ...init, headers: { ...init.headers, ...signed(init.method, path) } }, within),
        );
        if (why === 'unknown') return { known: false, took: null, why: 'the platform does not know this probe' };
        return why === null ? { known: true, took: Math.round(performance.now() - began) } : { known: true, took: null, why };
      } catch (error) {
        // told to end in the middle of a trial: that is no finding
        if (signal.aborted) throw error;
        return { known: true, took: null, why: error instanceof Error ? error.message : String(error) };
      }
    },
    async handIn(statement) {
      const answer = await call(
        '/probes/door/statements',
        { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(statement) },
        AbortSignal.timeout(limit),
      );
      const text = await answer.text();
      if (answer.status === 201) return { event: z.object({ event: z.string() }).parse(JSON.parse(text)).event, again: false };
      // not known yet, or a breath too early, or in trouble: it keeps
      const later = answer.status >= 500 || answer.status === 429 || /probe-unknown|probe-report-ahead/.test(text);
      return later ? { again: true } : { refused: `${answer.status} ${text.slice(0, 300)}`, again: false };
    },
    async receipt(event) {
      const answer = await call(`/api/receipts/${event}`, { headers: { accept: 'application/json' } }, AbortSignal.timeout(limit));
      return answer.ok ? answer.json() : null;
    },
  };
}

type Step = (path: string, init: { method: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> }) => Promise<Response>;

/** A bidder's steps: create, send, ask what arrived, and end. Null when all of them went as they should, else what did not. */
async function handFileIn(step: Step): Promise<string | null> {
  const bytes = crypto.getRandomValues(new Uint8Array(trialBytes));
  const created = await step('/uploads', { method: 'POST', headers: { 'upload-length': String(bytes.length) } });
  if (created.status === 403 && (await created.text()).includes('unknown-probe')) return 'unknown';
  if (created.status !== 201) return `create: ${created.status}`;
  const path = new URL(created.headers.get('location') ?? '', 'http://any').pathname;
  if (!/^\/uploads\/[A-Za-z0-9_-]+$/.test(path)) return 'create: no place';
  const sent = await step(path, {
    method: 'PATCH',
    headers: { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: bytes,
  });
  if (sent.status !== 204) return `send: ${sent.status}`;
  if (sent.headers.get('upload-digest') !== base64url(sha256(bytes))) return 'send: another file is there';
  const there = await step(path, { method: 'HEAD' });
  if (there.status !== 200 || there.headers.get('upload-offset') !== String(bytes.length)) return `ask: ${there.status}`;
  const ended = await step(path, { method: 'DELETE' });
  return ended.status === 204 ? null : `end: ${ended.status}`;
}
