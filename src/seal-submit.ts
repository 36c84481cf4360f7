import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { judgeReceipts, type Standing } from './bids/receipt.ts';
import type { PlacedEnvelope, SealedBidRecord } from './bids/sealed-bid.ts';
import type { NoteVerifier } from './journal/checkpoint.ts';
import type { Receipt } from './journal/receipt.ts';
import { base64, utf8 } from './kernel/bytes.ts';
import { bytesAt } from './sealing/file-node.ts';

/** Handing a sealed-bid file in over the public API: resumable upload, submission, receipt. Needs a line; nothing else in the command does. */

const chunkBytes = 8 * 1024 * 1024;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What the platform refused, in its own words. */
export class PlatformRefused extends Error {
  readonly status: number;
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const text = (...names: readonly string[]): string => names.map((name) => body[name]).find((each) => typeof each === 'string') ?? '';
    super(`${text('detail', 'title')} · ${text('detailEn', 'titleEn')} (${status} ${text('type')})`);
    this.status = status;
  }
}

export interface Session {
  readonly platform: string;
  readonly token: string;
}

/** Asks the public API. Throws `PlatformRefused`. */
export async function ask<T>({ platform, token }: Session, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${platform}/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new PlatformRefused(response.status, (answer ?? {}) as Record<string, unknown>);
  return answer as T;
}

/** Signs in, in the role of a bidder where the person has several. */
export async function signIn(platform: string, login: string, password: string, totp?: string): Promise<Session> {
  const nobody = { platform, token: '' };
  const session = await ask<{ token: string; role: string; roles: { membership: string; role: string }[] }>(nobody, '/session', {
    login,
    password,
    ...(totp === undefined ? {} : { totp }),
  });
  const wanted = session.roles.find((each) => each.role === 'bidder');
  const here = { platform, token: session.token };
  if (session.role === 'bidder' || !wanted) return here;
  const chosen = await ask<{ token?: string }>(here, '/session/role', { membership: wanted.membership });
  return { platform, token: chosen.token ?? session.token };
}

interface OwnSubmission {
  readonly id: string;
  readonly event: string | null;
  readonly completionEvent: string | null;
}

export interface HandingIn {
  readonly session: Session;
  readonly file: string;
  readonly record: SealedBidRecord;
  readonly envelopes: readonly PlacedEnvelope[];
  /** the platform's key, pinned: nothing is called submitted under another */
  readonly key: NoteVerifier;
  /** submit as soon as the uploads have begun, where the notice gives a grace */
  readonly commitFirst: boolean;
  readonly tell: (done: number, all: number) => void;
}

/** Uploads, submits, waits for the receipts and judges them. What an earlier run uploaded is gone on with. */
export async function handIn(given: HandingIn): Promise<{ readonly standing: Standing; readonly receipts: readonly Receipt[] }> {
  const { session, record, envelopes, commitFirst } = given;
  const { lot, id } = record.statement;
  const there = await own(session, lot, id);
  const state = `${given.file}.upload`;
  const begun = await begin(given, state);
  if (!there && commitFirst) await submit(session, record, begun, true);
  const all = envelopes.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const envelope of envelopes) {
    await send(given, envelope, begun[envelope.part] ?? '', (done) => given.tell(before + done, all));
    before += envelope.bytes;
  }
  if (!there && !commitFirst) await submit(session, record, begun, false);
  const receipts = await receiptsOf(given);
  await rm(state, { force: true });
  return receipts;
}

const own = async (session: Session, lot: string, id: string): Promise<OwnSubmission | undefined> =>
  (await ask<{ submissions: readonly OwnSubmission[] }>(session, `/lots/${lot}/bids`)).submissions.find((each) => each.id === id);

/** Upload ids by part: those of an earlier run, or new ones; remembered beside the file. */
async function begin({ session, record, envelopes }: HandingIn, state: string): Promise<Record<string, string>> {
  const kept = await readFile(state, 'utf8').catch(() => undefined);
  const known =
    kept === undefined ? undefined : (JSON.parse(kept) as { submission: string; platform: string; uploads: Record<string, string> });
  if (known?.submission === record.statement.id && known.platform === session.platform) return known.uploads;
  const uploads: Record<string, string> = {};
  for (const { part, bytes } of envelopes) uploads[part] = await openUpload(session, { lot: record.statement.lot, part, bytes });
  await writeFile(state, JSON.stringify({ submission: record.statement.id, platform: session.platform, uploads }));
  return uploads;
}

/** Begins an upload and answers its id. */
async function openUpload(
  session: Session,
  { lot, part, bytes }: { readonly lot: string; readonly part: string; readonly bytes: number },
): Promise<string> {
  const metadata = Object.entries({ lot, part })
    .map(([name, value]) => `${name} ${base64(utf8(value))}`)
    .join(',');
  const headers = { ...tus(session), 'upload-length': String(bytes), 'upload-metadata': metadata };
  const response = await fetch(`${session.platform}/uploads`, { method: 'POST', headers });
  if (response.status !== 201)
    throw new PlatformRefused(response.status, (await response.json().catch(() => ({}))) as Record<string, unknown>);
  return response.headers.get('location')?.split('/').at(-1) ?? '';
}

/** Uploads one envelope that is a file, or stands in one, and answers the upload's id. */
export async function uploadFrom(
  session: Session,
  file: string,
  placed: Pick<PlacedEnvelope, 'offset' | 'bytes'> & { readonly lot: string; readonly part: string },
): Promise<string> {
  const id = await openUpload(session, placed);
  await send({ session, file }, placed, id, () => undefined);
  return id;
}

const tus = ({ token }: Session) => ({ accept: 'application/json', authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' });

/** How many times in a row a chunk may fail before the command gives up; what has arrived stays. */
const mostTries = 8;

async function send(
  { session, file }: Pick<HandingIn, 'session' | 'file'>,
  { offset, bytes }: Pick<PlacedEnvelope, 'offset' | 'bytes'>,
  id: string,
  tell: (done: number) => void,
): Promise<void> {
  const address = `${session.platform}/uploads/${id}`;
  const handle = await open(file);
  try {
    let at = await offsetOf(session, address);
    for (let failures = 0; at < bytes; ) {
      const body = await bytesAt(handle, offset + at, Math.min(chunkBytes, bytes - at));
      const headers = { ...tus(session), 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) };
      const response = await fetch(address, { method: 'PATCH', headers, body: Buffer.from(body) }).catch(() => null);
      if (response?.status === 204) {
        at = Number(response.headers.get('upload-offset'));
        failures = 0;
      } else {
        const final = response !== null && response.status < 500 && ![409, 423, 429].includes(response.status);
        failures += 1;
        if (final || failures >= mostTries)
          throw new PlatformRefused(response?.status ?? 0, (await response?.json().catch(() => ({}))) as Record<string, unknown>);
        await pause(400 * failures);
        at = await offsetOf(session, address);
      }
      tell(at);
    }
  } finally {
    await handle.close();
  }
}

async function offsetOf(session: Session, address: string): Promise<number> {
  const response = await fetch(address, { method: 'HEAD', headers: tus(session) });
  if (!response.ok) throw new PlatformRefused(response.status, {});
  return Number(response.headers.get('upload-offset'));
}

async function submit(session: Session, record: SealedBidRecord, uploads: Record<string, string>, commit: boolean): Promise<void> {
  const { statement, signature, heads } = record;
  await ask(session, `/lots/${statement.lot}/bids`, { statement, signature, uploads, ...(commit ? { heads } : {}) });
}

/** Waits until the journal has numbered what was submitted, and judges what it answers. */
async function receiptsOf({ session, record, key }: HandingIn): Promise<{ standing: Standing; receipts: readonly Receipt[] }> {
  const { lot, id } = record.statement;
  const desk = await ask<{ lot: { deadline: string | null } }>(session, `/lots/${lot}/bids`);
  for (let tries = 0; ; tries += 1) {
    const mine = await own(session, lot, id);
    const events = [mine?.event, mine?.completionEvent].filter((each): each is string => typeof each === 'string');
    const receipts = await receipted(session, events);
    if (receipts.length > 0 && receipts.length === events.length) {
      const verdict = judgeReceipts(receipts, record, key, desk.lot.deadline);
      if (!verdict.ok) throw verdict.problem;
      // a commitment whose bytes have all been sent is complete in a moment
      if (verdict.standing === 'submitted' || tries > 60) return { standing: verdict.standing, receipts };
    } else if (tries > 120) throw new PlatformRefused(503, { title: '回执还没有出来。', titleEn: 'There is no receipt yet.' });
    await pause(500);
  }
}

async function receipted(session: Session, events: readonly string[]): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for (const event of events) {
    const receipt = await ask<Receipt>(session, `/receipts/${event}`).catch((error: unknown) => {
      if (error instanceof PlatformRefused && error.status === 503) return null;
      throw error;
    });
    if (receipt !== null) receipts.push(receipt);
  }
  return receipts;
}
