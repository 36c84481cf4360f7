import { readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { Agent, request as tlsRequest } from 'node:https';
import { type NoteSigner, signEd25519 } from '../journal/checkpoint.ts';
import { base64, utf8 } from '../kernel/bytes.ts';
import { dateOf, systemClock } from '../kernel/clock.ts';
import { askMessage } from '../openings/tasks.ts';
import type { JournalSource } from './follow.ts';

/** Files for TLS: the platform's certificate or its authority (nothing else is then believed), and the custodian's own certificate and key. */
export interface TlsFiles {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly certKey?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** The platform as the custodian reaches it. It only ever calls out. */
export interface Platform {
  readonly journal: JournalSource;
  get(path: string): Promise<Answer>;
  /** asks as a known witness: evidence about sealed envelopes is not for everyone */
  ask(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  close(): void;
}

const timeout = 30_000;
const largestAnswer = 64 * 1024 * 1024;

/** `address` without a slash at the end; with https, `tls` says whom to believe and how to show who calls. */
export function reachPlatform(address: string, witness: NoteSigner, tls: TlsFiles, signal: AbortSignal): Platform {
  const agent = address.startsWith('https:') ? new Agent({ keepAlive: true, ...tlsOptions(tls) }) : undefined;
  const call = (method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const options = { method, headers, signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) };
      const sent = agent ? tlsRequest(address + path, { ...options, agent }) : plainRequest(address + path, options);
      sent.once('error', reject);
      sent.once('response', (response) => {
        const pieces: Buffer[] = [];
        let bytes = 0;
        response.on('data', (piece: Buffer) => {
          bytes += piece.length;
          if (bytes > largestAnswer) sent.destroy(new Error(`${path}: the answer is too large`));
          else pieces.push(piece);
        });
        response.once('error', reject);
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces) }));
      });
      sent.end(body);
    });
  const good = async (path: string, answering: Promise<Answer>, also: readonly number[]): Promise<Answer> => {
    const answer = await answering;
    if ((answer.status >= 200 && answer.status < 300) || also.includes(answer.status)) return answer;
    throw new Error(`${path}: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`);
  };
  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => good(path, call('GET', path, headers), [503]);
  const whole = async (path: string): Promise<Buffer> => (await good(path, call('GET', path, {}), [])).body;
  return {
    get,
    ask: (path) => {
      const seconds = Math.floor(dateOf(systemClock()).getTime() / 1000);
      const signature = base64(signEd25519(utf8(askMessage(path, seconds)), witness));
      return get(path, { 'x-custodian': `${witness.name} ${seconds} ${signature}` });
    },
    // 409: somebody handed it in before us (a restart after the answer left): that is what we wanted
    post: (path, body) => good(path, call('POST', path, { 'content-type': 'application/json' }, JSON.stringify(body)), [409]),
    journal: {
      checkpoint: async (size) => (await whole(`/journal/checkpoint${size === undefined ? '' : `?size=${size}`}`)).toString('utf8'),
      tile: async (path) => new Uint8Array(await whole(`/journal/${path}`)),
    },
    close: () => agent?.destroy(),
  };
}

function tlsOptions({ ca, cert, certKey }: TlsFiles) {
  const read = (name: string, file: string | undefined) => (file === undefined ? {} : { [name]: readFileSync(file) });
  return { ...read('ca', ca), ...read('cert', cert), ...read('key', certKey) };
}

/** The JSON of an answer. */
export const jsonOf = (answer: Answer): unknown => JSON.parse(answer.body.toString('utf8'));
