import { createWriteStream, openAsBlob } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { readSealedBid, sealedBidEnding } from './bids/sealed-bid.ts';
import { base64, base64url, canonicalBytes } from './kernel/bytes.ts';
import { parseInstant } from './kernel/clock.ts';
import { fill, type Words } from './kernel/words.ts';
import { copyKindOf, type RemedyStatement, sealedCopy } from './openings/remedy.ts';
import { askSecret } from './seal-file.ts';
import { InputWrong } from './seal-input.ts';
import { ask, PlatformRefused, type Session, signIn, uploadFrom } from './seal-submit.ts';
import { useNodeSha256 } from './sealing/digest-node.ts';
import { rereadOwn } from './sealing/envelope.ts';
import { sha256OfFile } from './sealing/file-node.ts';
import { signerFromKeyFile } from './sealing/key-file.ts';
import { coverKey } from './sealing/layer.ts';
import { blobSource } from './sealing/package-reader.ts';
import { unlockText } from './sealing/passphrase.ts';
import type { Part } from './sealing/shapes.ts';
import { signDetached } from './sealing/signature.ts';
import { complain, exits, print, readArguments } from './terminal.ts';

/** `yangguang layer`: the bidder's part of an opening without a browser. The identity never leaves this program; only `--inner` works without a line. */

export const layerUsage = [
  '--lot ID --identity FILE --platform URL --login NAME | --token FILE [--passphrase FILE] [--password FILE]',
  '--lot ID --copy FILE --key KEYFILE --platform URL --login NAME | --token FILE [--passphrase FILE] [--password FILE]',
  '--inner FILE --identity FILE --out FILE [--passphrase FILE]',
] as const;

const options = {
  lot: { type: 'string' },
  identity: { type: 'string' },
  copy: { type: 'string' },
  key: { type: 'string' },
  inner: { type: 'string' },
  out: { type: 'string' },
  /** of the identity or of the key file */
  passphrase: { type: 'string' },
  platform: { type: 'string' },
  login: { type: 'string' },
  password: { type: 'string' },
  totp: { type: 'string' },
  token: { type: 'string' },
} as const;
type Values = ReturnType<typeof parsed>['values'];
const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options });

const say = {
  missing: { zh: '缺少参数 {name}', en: 'missing {name}' },
  wrongPassphrase: { zh: '{file}：口令不对', en: '{file}: the passphrase is wrong' },
  noIdentity: { zh: '{file}：没有 age 密钥', en: '{file}: holds no age identity' },
  nothing: { zh: '这个标段现在没有等待贵单位解除的加密层', en: 'this lot has no layer of yours to be removed now' },
  otherKey: {
    zh: '密钥不对：解不开贵单位这份投标文件的外层，没有提交任何内容',
    en: 'the wrong key: it does not open the layer of your bid; nothing was sent',
  },
  removed: { zh: '✓ 加密层已解除（{at}），回执：{event}', en: '✓ layer removed ({at}), receipt {event}' },
  noCopy: { zh: '现在不需要贵单位的密封副本', en: 'no sealed copy of yours is awaited now' },
  differs: {
    zh: '这不是截止前签名递交的那一份：摘要不一致，没有上传',
    en: 'this is not what you signed for before the deadline: its digest differs, and nothing was sent',
  },
  applied: { zh: '✓ 密封副本已提交（{at}），回执：{event}', en: '✓ sealed copy handed in ({at}), receipt {event}' },
  takenOut: {
    zh: '内层副本：{file}（SHA-256 {sha256}）。仍是密封的，须由开标委员会共同开启；请另存一处',
    en: 'inner copy: {file} (SHA-256 {sha256}); still sealed for the council. Keep it elsewhere',
  },
} as const satisfies Record<string, Words>;

const both = (words: Words, values: Readonly<Record<string, string>> = {}): string => {
  const { zh, en } = fill(words, values);
  return `${zh}\n  ${en}`;
};

export async function layerCommand(args: readonly string[]): Promise<number> {
  useNodeSha256();
  const asked = readArguments(() => parsed(args))?.values;
  try {
    if (asked?.inner !== undefined) return await takeInner(asked);
    if (asked?.lot !== undefined && asked.copy !== undefined) return await handInCopy(asked);
    if (asked?.lot !== undefined && asked.identity !== undefined) return await removeLayer(asked);
  } catch (error) {
    if (!(error instanceof InputWrong || error instanceof PlatformRefused)) throw error;
    print(`✗ ${error.message}`);
    return exits.refuted;
  }
  for (const usage of layerUsage) complain({ zh: `用法：yangguang layer ${usage}`, en: `usage: yangguang layer ${usage}` });
  return exits.unreadable;
}

const wrong = (words: Words, values: Readonly<Record<string, string>> = {}): InputWrong => {
  const { zh, en } = fill(words, values);
  return new InputWrong(`${zh} · ${en}`);
};

function needed(values: Values, name: keyof Values): string {
  const value = values[name];
  if (typeof value !== 'string') throw wrong(say.missing, { name: `--${name}` });
  return value;
}

async function sessionOf(values: Values): Promise<Session> {
  const platform = needed(values, 'platform').replace(/\/$/, '');
  if (values.token !== undefined) return { platform, token: (await readFile(values.token, 'utf8')).trim() };
  return signIn(platform, needed(values, 'login'), await askSecret('登录口令 · password: ', values.password), values.totp);
}

/** The age identity of a file, which may be sealed under a passphrase as `age -p` does it. */
async function identityOf(values: Values): Promise<string> {
  const file = needed(values, 'identity');
  const bytes = new Uint8Array(await readFile(file).catch(() => Buffer.alloc(0)));
  const locked = /^(age-encryption\.org\/v1\n|-----BEGIN AGE ENCRYPTED FILE-----)/.test(
    Buffer.from(bytes.subarray(0, 64)).toString('latin1'),
  );
  const text = locked
    ? await unlockText(bytes, await askSecret('密钥文件口令 · passphrase of the key file: ', values.passphrase))
    : Buffer.from(bytes).toString('utf8');
  if (text === undefined) throw wrong(say.wrongPassphrase, { file });
  const identity = /AGE-SECRET-KEY-1[0-9A-Z]{58}/.exec(text)?.[0];
  if (identity === undefined) throw wrong(say.noIdentity, { file });
  return identity;
}

interface OwnLayer {
  readonly own: { readonly cover: string } | null;
}

async function removeLayer(values: Values): Promise<number> {
  const identity = await identityOf(values);
  const session = await sessionOf(values);
  const lot = needed(values, 'lot');
  const { own } = await ask<OwnLayer>(session, `/lots/${lot}/layers`);
  if (own === null) throw wrong(say.nothing);
  const key = await coverKey(identity, own.cover);
  if (key === undefined) throw wrong(say.otherKey);
  const { removedAt, event } = await ask<{ removedAt: string; event: string }>(session, `/lots/${lot}/layer`, { key });
  print(both(say.removed, { at: removedAt, event: `${session.platform}/receipts/${event}` }));
  return exits.verified;
}

interface OwnCopy {
  readonly remedy: {
    readonly own: {
      readonly part: string;
      readonly submission: string;
      readonly bidder: string;
      readonly sha256: string;
      readonly inner: string | null;
    } | null;
  } | null;
}

async function handInCopy(values: Values): Promise<number> {
  const keyFile = needed(values, 'key');
  const read = await signerFromKeyFile(
    new Uint8Array(await readFile(keyFile)),
    await askSecret('密钥文件口令 · passphrase of the key file: ', values.passphrase),
  );
  if (!read.ok) throw wrong(read.problem.title);
  const session = await sessionOf(values);
  const lot = needed(values, 'lot');
  const own = (await ask<OwnCopy>(session, `/lots/${lot}/hall`)).remedy?.own;
  if (!own) throw wrong(say.noCopy);
  const file = needed(values, 'copy');
  const placed = await envelopeIn(file, own.part);
  const kind = copyKindOf({ sha256: own.sha256, inner: own.inner === null ? null : { sha256: own.inner } }, placed.sha256);
  if (kind === undefined) throw wrong(say.differs);
  const at = parseInstant(await serverNow(session));
  if (at === undefined) throw new PlatformRefused(0, {});
  const { part, submission, bidder } = own;
  const head = { format: 'yangguang/remedy/v1', lot, part: part as Part, submission, bidder } as const;
  const statement: RemedyStatement = { ...head, plan: sealedCopy, kind, sha256: placed.sha256, at };
  const signature = base64(await signDetached(canonicalBytes(statement), read.signer, at));
  const upload = await uploadFrom(session, file, { ...placed, lot, part });
  const applied = await ask<{ appliedAt: string; event: string }>(session, `/lots/${lot}/remedies`, { upload, at, signature });
  print(both(say.applied, { at: applied.appliedAt, event: `${session.platform}/receipts/${applied.event}` }));
  return exits.verified;
}

/** The server's time: a signature bears it, and a sandbox has a time of its own. */
async function serverNow({ platform }: Session): Promise<string> {
  const response = await fetch(`${platform}/clock`, { headers: { accept: 'application/json' } });
  return ((await response.json()) as { now: string }).now;
}

/** Where the envelope stands in a file, and its digest: a sealed-bid file holds it among other things. */
async function envelopeIn(file: string, part: string) {
  const blob = await openAsBlob(file).catch(() => new Blob([]));
  if (!file.endsWith(sealedBidEnding)) return { offset: 0, bytes: blob.size, sha256: base64url(await sha256OfFile(file)) };
  const read = await readSealedBid(blobSource(blob));
  if (!read.ok) throw wrong(read.problem.title);
  const found = read.envelopes.find((each) => each.part === part);
  const sha256 = read.record.statement.parts.find((each) => each.part === part)?.sha256;
  if (!found || sha256 === undefined) throw wrong(say.differs);
  return { offset: found.offset, bytes: found.bytes, sha256 };
}

/** The envelope under the own layer, for the remedy: taken out with the identity, still sealed for the council. */
async function takeInner(values: Values): Promise<number> {
  const [file, out] = [needed(values, 'inner'), needed(values, 'out')];
  const identity = await identityOf(values);
  const blob = await openAsBlob(file);
  const { offset, bytes } = await envelopeIn(file, 'whole');
  try {
    const within = await rereadOwn(identity, blob.slice(offset, offset + bytes).stream());
    await pipeline(Readable.fromWeb(within as unknown as NodeStream<Uint8Array>), createWriteStream(out, { flags: 'wx' }));
  } catch (error) {
    if (!(error instanceof Error) || !/no identity matched/i.test(error.message)) throw error;
    await rm(out, { force: true });
    throw wrong(say.otherKey);
  }
  print(both(say.takenOut, { file: out, sha256: base64url(await sha256OfFile(out)) }));
  return exits.verified;
}
