import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { printSignerKey, printVerifierKey } from '../journal/checkpoint.ts';
import { base64 } from '../kernel/bytes.ts';
import { type Instant, parseInstant } from '../kernel/clock.ts';
import { Problem } from '../kernel/problem.ts';
import {
  joinCeremony,
  type MadeKey,
  type MemberSecret,
  nextStep,
  openSecret,
  type SealedShare,
  sealSecret,
} from '../sealing/ceremony-member.ts';
import { type CeremonyStatement, type CeremonyTranscript, statementBytes } from '../sealing/ceremony-messages.ts';
import { type Certificate, readCertificates } from '../sealing/certificate.ts';
import { signerFromKeyFile } from '../sealing/key-file.ts';
import { signDetached } from '../sealing/signature.ts';
import type { Signer } from '../sealing/signer.ts';
import { keyPassphraseFits, openTrusteeKey, sealTrusteeKey } from '../sealing/trustee-key.ts';
import { custodianFiles, ensureWitness, keepSecret } from './files.ts';

const options = {
  platform: { type: 'string' },
  ceremony: { type: 'string' },
  login: { type: 'string' },
  folder: { type: 'string' },
  'signing-key': { type: 'string' },
  anchors: { type: 'string' },
  name: { type: 'string' },
  code: { type: 'string' },
} as const;
type Given = { readonly [K in keyof typeof options]?: string | undefined };

const usage = [
  'yangguang ceremony --platform URL --ceremony ID --login NAME --signing-key FILE --folder FOLDER [--anchors FILE] [--name PROGRAM] [--code CODE]',
  'yangguang ceremony status --platform URL --ceremony ID',
].join('\n');

/** 0 the council is formed; 1 the ceremony ended without a key; 2 misused; 3 everything holds, and waits for `--code`. */
export async function ceremonyCommand(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  const given = parsed(first === 'status' ? rest : args);
  if (!given?.platform || !given.ceremony) return misused();
  const platform = given.platform.replace(/\/$/, '');
  if (first === 'status') return status(platform, given.ceremony);
  if (!given.login || !given.folder || !given['signing-key']) return misused();
  mkdirSync(given.folder, { recursive: true, mode: 0o700 });
  const house = new House(platform, given.ceremony, await signIn(platform, given.login, await secretIn(given.folder, 'password')));
  return new Member(given, given.folder, house).run();
}

function parsed(args: readonly string[]): Given | undefined {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function misused(): number {
  console.error(usage);
  return 2;
}

/** A secret from its file in the folder, or from the terminal; never from the arguments, which every user of the machine can read. */
async function secretIn(folder: string, name: 'password' | 'passphrase' | 'signing-passphrase'): Promise<string> {
  const file = join(folder, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (!process.stdin.isTTY) throw new Error(`${file} is missing, and there is no terminal to ask`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${name}: `)).trim();
  } finally {
    terminal.close();
  }
}

async function answerOf<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked;
  const body = (await response.json().catch(() => ({}))) as { titleEn?: string; detailEn?: string; type?: string };
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${body.type ?? ''} ${body.detailEn ?? body.titleEn ?? ''}`);
  return body as T;
}

interface Held {
  readonly membership: string;
  readonly role: string;
}

async function signIn(platform: string, login: string, password: string): Promise<string> {
  const send = <T>(path: string, body: object, token?: string): Promise<T> =>
    answerOf(
      fetch(`${platform}/api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(body),
      }),
    );
  const session = await send<{ token: string; role: string; roles: readonly Held[] }>('/session', { login, password });
  const trustee = session.roles.find(({ role }) => role === 'trustee');
  if (session.role === 'trustee' || trustee === undefined) return session.token;
  return (await send<{ token?: string }>('/session/role', { membership: trustee.membership }, session.token)).token ?? session.token;
}

/** The platform as one trustee reaches it about one ceremony. */
class House {
  private readonly path: string;
  private readonly platform: string;
  private readonly headers: Record<string, string>;
  constructor(platform: string, ceremony: string, token: string | null) {
    this.platform = platform;
    this.path = `${platform}/api/ceremonies/${encodeURIComponent(ceremony)}`;
    this.headers = { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  }
  transcript(): Promise<CeremonyTranscript> {
    return answerOf(fetch(`${this.path}/transcript`));
  }
  async shares(): Promise<readonly SealedShare[]> {
    return (await answerOf<{ shares: SealedShare[] }>(fetch(`${this.path}/shares`, { headers: this.headers }))).shares;
  }
  standing(): Promise<{ state: string; round: string | null; waitingFor: readonly number[]; own: number | null; code: string | null }> {
    return answerOf(fetch(this.path, { headers: this.headers }));
  }
  async now(): Promise<Instant> {
    const { now } = await answerOf<{ now: string }>(fetch(`${this.platform}/api/clock`));
    const read = parseInstant(now);
    if (read === undefined) throw new Error('the platform does not tell the time');
    return read;
  }
  async say(statement: CeremonyStatement, sealed: readonly SealedShare[], signer: Signer): Promise<void> {
    const signature = base64(await signDetached(statementBytes(statement), signer, await this.now()));
    const body = { statement, signature, sealed: sealed.map(({ to, sealed: text }) => ({ to, sealed: text })) };
    await answerOf(fetch(`${this.path}/messages`, { method: 'POST', headers: this.headers, body: JSON.stringify(body) }));
    console.log(`said: ${statement.kind}`);
  }
}

async function status(platform: string, ceremony: string): Promise<number> {
  const { state, round, waitingFor, code } = await new House(platform, ceremony, null).standing();
  console.log(
    `${state}${round === null ? '' : `: ${round}, waiting for ${waitingFor.join(', ')}`}${code === null ? '' : `\ncode: ${code}`}`,
  );
  return 0;
}

/** One trustee's way through a ceremony. What it needs to go on after a stop is sealed in its folder. */
class Member {
  private readonly given: Given;
  private readonly folder: string;
  private readonly house: House;
  private waited = '';
  constructor(given: Given, folder: string, house: House) {
    this.given = given;
    this.folder = folder;
    this.house = house;
  }

  async run(): Promise<number> {
    const passphrase = await secretIn(this.folder, 'passphrase');
    if (!keyPassphraseFits(passphrase)) throw new Error('a passphrase has at least 12 characters and no blank at either end');
    const read = await signerFromKeyFile(
      new Uint8Array(readFileSync(this.given['signing-key'] ?? '')),
      await secretIn(this.folder, 'signing-passphrase'),
    );
    if (!read.ok) throw read.problem;
    const anchors = this.given.anchors === undefined ? null : readCertificates(readFileSync(this.given.anchors, 'utf8'));
    if (anchors === null)
      console.error('no --anchors: the roots in the transcript are taken, which is good enough for a demonstration only');
    const secret = await this.secret(passphrase);
    for (;;) {
      const code = await this.advance(secret, passphrase, read.signer, anchors).catch((error: unknown) => {
        if (!(error instanceof TypeError)) throw error instanceof Problem ? new Error(`${error.problem}: ${error.title.en}`) : error;
        console.error('no connection; trying again'); // what fetch throws when nothing answers
        return null;
      });
      if (code !== null) return code;
      await new Promise((soon) => setTimeout(soon, 1000));
    }
  }

  /** What was kept of this ceremony, or a fresh beginning that is kept before a word of it is said. */
  private async secret(passphrase: string): Promise<MemberSecret> {
    const file = join(this.folder, 'ceremony-secret.age');
    if (existsSync(file)) {
      const opened = await openSecret(new Uint8Array(readFileSync(file)), passphrase);
      if (!opened.ok) throw opened.problem;
      if (opened.secret.ceremony !== this.given.ceremony) throw new Error(`${file} is of another ceremony: take a folder for each`);
      return opened.secret;
    }
    const { own } = await this.house.standing();
    if (own === null) throw new Error('this account holds no place in the ceremony');
    const { call } = await this.house.transcript();
    const witness = ensureWitness(this.folder, this.given.name ?? `trustee-${own}.${call.id.slice(-12)}`);
    const secret = await joinCeremony(call, own, { vkey: printVerifierKey(witness), key: printSignerKey(witness) });
    keepSecret(file, await sealSecret(secret, passphrase));
    return secret;
  }

  /** One look; the exit code when there is nothing more to do. */
  private async advance(
    secret: MemberSecret,
    passphrase: string,
    signer: Signer,
    anchors: readonly Certificate[] | null,
  ): Promise<number | null> {
    const shown = await this.house.transcript();
    const step = await nextStep(secret, shown, await this.house.shares(), anchors ?? shown.anchors.flatMap((pem) => readCertificates(pem)));
    switch (step.kind) {
      case 'wait': {
        const line = `${step.round}: waiting for ${step.waitingFor.join(', ')}`;
        if (line !== this.waited) console.log(line);
        this.waited = line;
        return null;
      }
      case 'say':
        await this.house.say(step.statement, step.sealed, signer);
        return null;
      case 'complain':
        await this.house.say(step.statement, [], signer);
        console.log(`the share of trustee ${step.statement.against} is wrong`);
        return 1;
      case 'failed':
        console.log(`the ceremony has ended: the doing of trustee ${step.culprit}`);
        return 1;
      case 'confirm':
        await this.keep(step.made, passphrase, shown.call.platform);
        if (!(await this.compared(step.made.code))) return 3;
        await this.house.say(step.statement, [], signer);
        return null;
      case 'formed':
        if (!existsSync(custodianFiles(this.folder).key)) await this.keep(step.made, passphrase, shown.call.platform);
        console.log(`the council ${step.made.council.id} is formed`);
        return 0;
    }
  }

  /** Key file and trust file, written and opened again before the last word is said. */
  private async keep({ council, share, identity, witnesses }: MadeKey, passphrase: string, platform: string): Promise<void> {
    const files = custodianFiles(this.folder);
    if (!existsSync(files.key)) {
      const { index, signingShare } = share;
      keepSecret(files.key, await sealTrusteeKey({ council: council.id, index, signingShare, identity }, passphrase));
      keepSecret(files.trust, JSON.stringify({ platform, witnesses, quorum: council.threshold, council }));
      console.log(`kept: ${files.key}, ${files.witness}, ${files.trust}`);
    }
    const again = await openTrusteeKey(new Uint8Array(readFileSync(files.key)), passphrase);
    if (!again.ok || again.key.council !== council.id || again.key.signingShare !== share.signingShare)
      throw new Error(`${files.key} is not the key of this ceremony`);
  }

  /** Whether a person compared the code with all others: it was told it on the command line, or types it now. */
  private async compared(code: string): Promise<boolean> {
    const plain = (text: string): string => text.replace(/\s/g, '');
    console.log(`code: ${code}`);
    if (this.given.code !== undefined) {
      if (plain(this.given.code) === plain(code)) return true;
      throw new Error('--code is another one: somebody has been shown other messages. Do not confirm; tell the others');
    }
    if (!process.stdin.isTTY) {
      console.log('compare it with all others, then run this again with --code');
      return false;
    }
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return plain(await terminal.question('type the code as another trustee reads it to you: ')) === plain(code);
    } finally {
      terminal.close();
    }
  }
}
