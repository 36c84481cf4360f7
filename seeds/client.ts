import { createReadStream } from 'node:fs';
import { Upload } from 'tus-js-client';
import { demonstrationPassword } from './organisations.ts';

/** A refusal of the platform (RFC 9457), as a program sees it. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Readonly<Record<string, unknown>>;
  constructor(what: string, status: number, problem: Record<string, unknown>) {
    super(
      `${what}: ${status} ${String(problem.type)} ${String(problem.titleEn ?? '')} ${problem.detailEn ? String(problem.detailEn) : ''} ${problem.errors ? JSON.stringify(problem.errors) : ''}`,
    );
    this.name = 'Refused';
    this.status = status;
    this.problem = problem;
  }
}

type Json = Record<string, unknown>;

/** One signed-in person (or nobody) talking to the platform's public API, and to nothing else. */
export interface Client {
  readonly base: string;
  readonly token: string | null;
  get<T = Json>(path: string): Promise<T>;
  /** Asks for something to be made and answers what was made. After a lost answer it asks again, and so may make a second one. */
  post<T = Json>(path: string, body?: Json): Promise<T>;
  /** Does what can be done once only. After a lost answer it asks again; a refusal then means that it had been done. */
  act(path: string, body?: Json): Promise<void>;
  /** multipart: text fields and files */
  send(
    path: string,
    fields: Record<string, string>,
    files: Record<string, { name: string; type: string; bytes: Uint8Array }>,
  ): Promise<void>;
  download(path: string): Promise<Uint8Array>;
  /** a sealed file on disk, resumable; answers the upload's id */
  upload(file: string, bytes: number, metadata: Record<string, string>): Promise<string>;
}

/** How long a platform may be away (started again after a failure, say) before its absence is an error. */
const patienceSeconds = 90;

interface Answered {
  readonly response: Response;
  /** an earlier try got no answer: what was asked may have been done already */
  readonly doubtful: boolean;
}

/** Asks again while nobody answers, or the platform answers that something failed on its side (which a database that is away is). */
async function asked(url: string, request: () => RequestInit): Promise<Answered> {
  const start = performance.now();
  for (let doubtful = false; ; doubtful = true) {
    let trouble: unknown;
    try {
      const response = await fetch(url, request());
      if (response.status !== 500) return { response, doubtful };
      trouble = new Refused(url, 500, (await response.json().catch(() => ({}))) as Json);
    } catch (error) {
      trouble = error;
    }
    if (performance.now() - start > patienceSeconds * 1000) throw trouble;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export function client(base: string, token: string | null = null): Client {
  const headers: Record<string, string> = { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = async <T>(what: string, response: Response): Promise<T> => {
    if (response.ok) return (await response.json()) as T;
    throw new Refused(what, response.status, (await response.json().catch(() => ({}))) as Json);
  };
  const posted = (path: string, body: Json): Promise<Answered> =>
    asked(`${base}/api${path}`, () => ({
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }));
  const done = async (what: string, { response, doubtful }: Answered): Promise<void> => {
    if (!(doubtful && response.status === 409)) await answer(what, response);
  };
  return {
    base,
    token,
    get: async (path) => answer(`GET ${path}`, (await asked(`${base}/api${path}`, () => ({ headers }))).response),
    post: async (path, body = {}) => answer(`POST ${path}`, (await posted(path, body)).response),
    act: async (path, body = {}) => done(`POST ${path}`, await posted(path, body)),
    send: async (path, fields, files) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      for (const [name, file] of Object.entries(files))
        form.set(name, new Blob([Uint8Array.from(file.bytes)], { type: file.type }), file.name);
      await done(`POST ${path}`, await asked(`${base}/api${path}`, () => ({ method: 'POST', headers, body: form })));
    },
    download: async (path) => {
      const { response } = await asked(`${base}/api${path}`, () => ({ headers }));
      if (!response.ok) throw new Refused(`GET ${path}`, response.status, (await response.json().catch(() => ({}))) as Json);
      return new Uint8Array(await response.arrayBuffer());
    },
    upload: (file, bytes, metadata) =>
      new Promise<string>((resolve, reject) => {
        const upload = new Upload(createReadStream(file), {
          endpoint: `${base}/uploads`,
          headers,
          metadata,
          uploadSize: bytes,
          chunkSize: 8 * 1024 * 1024,
          retryDelays: [200, 500, 1000, 2000, 4000, 8000, 15_000, 30_000],
          onError: reject,
          onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
        });
        upload.start();
      }),
  };
}

/** Signs in with a demonstration account. Where it holds several roles, the wanted one is chosen. */
export async function signIn(base: string, login: string, role?: string): Promise<Client> {
  const nobody = client(base);
  const session = await nobody.post<{ token: string; role: string; roles: { membership: string; role: string }[] }>('/session', {
    login,
    password: demonstrationPassword,
  });
  const wanted = role ? session.roles.find((each) => each.role === role) : undefined;
  if (!role || session.role === role || !wanted) return client(base, session.token);
  const chosen = await client(base, session.token).post<{ token?: string }>('/session/role', { membership: wanted.membership });
  return client(base, chosen.token ?? session.token);
}

/** Asks until the answer is there (the sequencer, the council and the worker need a moment), at most `seconds`. */
export async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>, seconds = 60): Promise<T> {
  const start = performance.now();
  for (;;) {
    const found = await ask().catch((error: unknown) => {
      if (error instanceof Refused && (error.status === 503 || error.status === 404)) return null;
      throw error;
    });
    if (found) return found;
    if (performance.now() - start > seconds * 1000) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
