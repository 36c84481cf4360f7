import { openAsBlob } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeReceipts } from './bids/receipt.ts';
import { checkSealedBid, readSealedBid, sealedBidEnding } from './bids/sealed-bid.ts';
import { openTenderFile, type Tender } from './bids/tender-file.ts';
import { type NoteVerifier, parseVerifierKey, printVerifierKey } from './journal/checkpoint.ts';
import { Problem } from './kernel/problem.ts';
import { fill, type Words } from './kernel/words.ts';
import { askSecret, identityFrom, readJsonFile, reread, sealInto } from './seal-file.ts';
import { InputWrong } from './seal-input.ts';
import { signJointFile } from './seal-joint.ts';
import { handIn, PlatformRefused, signIn } from './seal-submit.ts';
import type { SealingClient } from './sealing/client.ts';
import { useNodeSha256 } from './sealing/digest-node.ts';
import { blobSource } from './sealing/package-reader.ts';
import { complain, exits, print, readArguments } from './terminal.ts';

/** `yangguang seal`: the bidder's side without a browser. Only `--submit` needs a line. */

export const sealUsage = [
  '--tender FILE --bid bid.json|sheet.xlsx --files DIR --key KEYFILE --out FILE [--platform-key VKEY] [--own FILE] [--replaces RECEIPT] [--accept-remarks] [--strip-blind] [--for-members FILE | --member-signature FILE …]',
  '--sign-as-member FILE --key KEYFILE --out FILE',
  '--check RECEIPT [--check RECEIPT] [--of FILE] --key VKEY [--tender FILE]',
  '--reread FILE --identity FILE --tender FILE [--out DIR]',
  '--submit FILE --platform URL --platform-key VKEY --login NAME | --token FILE [--commit-first]',
] as const;

const options = {
  tender: { type: 'string' },
  bid: { type: 'string' },
  files: { type: 'string', default: '.' },
  key: { type: 'string' },
  out: { type: 'string' },
  own: { type: 'string' },
  replaces: { type: 'string' },
  passphrase: { type: 'string' },
  'platform-key': { type: 'string' },
  'accept-remarks': { type: 'boolean', default: false },
  'strip-blind': { type: 'boolean', default: false },
  'for-members': { type: 'string' },
  'member-signature': { type: 'string', multiple: true },
  'sign-as-member': { type: 'string' },
  check: { type: 'string', multiple: true },
  of: { type: 'string' },
  reread: { type: 'string' },
  identity: { type: 'string' },
  submit: { type: 'string' },
  platform: { type: 'string' },
  login: { type: 'string' },
  totp: { type: 'string' },
  token: { type: 'string' },
  'commit-first': { type: 'boolean', default: false },
} as const;
type Values = ReturnType<typeof parsed>['values'];
const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options });

const say = {
  pinned: { zh: '平台公钥与您给出的一致', en: 'The platform’s key is the one you gave' },
  unpinned: {
    zh: '! 没有给出 --platform-key：平台公钥只是文件自己写的，请与您记下的核对：{key}',
    en: '! no --platform-key: the platform’s key is the file’s own word; compare it with the one you noted: {key}',
  },
  badKey: { zh: '公钥格式不对（名称+散列+base64）', en: 'this is not a verifier key (name+hash+base64)' },
  tender: {
    zh: '{number} {name}：公告、补遗、委员会的回执均成立；截止 {deadline}',
    en: '{number} {name}: the receipts of notice, addenda and council hold; deadline {deadline}',
  },
  client: { zh: '本程序：{name} {version}，摘要 {sha256}', en: 'This program: {name} {version}, digest {sha256}' },
  known: { zh: '本程序的版本公布在日志里', en: 'This program’s build stands in the journal' },
  unknown: {
    zh: '! 本程序的版本没有公布在这份招标信息文件里：声明会照实写明，核验时会被指出',
    en: '! this program’s build is not among those of the tender file: the statement says so truthfully, and verifiers will point at it',
  },
  sealed: {
    zh: '已密封：{file}（{bytes} 字节，SHA-256 {sha256}）。还没有递交：请带到能上网的电脑，在投标台递交并核验回执。',
    en: 'sealed: {file} ({bytes} bytes, SHA-256 {sha256}). Not submitted yet: carry it to a computer with a line, hand it in at the bid desk and verify the receipt.',
  },
  forMembers: {
    zh: '待签文件：{file}。请自行交给各成员，用 --sign-as-member 签名后交回，再用 --member-signature 密封',
    en: 'to be signed by the members: {file}. Hand it to them yourself; they sign with --sign-as-member, and you seal with --member-signature',
  },
  memberSigned: {
    zh: '{number}：已作为联合体成员签名：{file}，请交回牵头人',
    en: '{number}: signed as a member of the joint venture: {file}; hand it back to the lead',
  },
  own: { zh: '自存解密密钥：{file}，请妥善保管', en: 'your own decryption key: {file}; keep it safe' },
  submitted: {
    zh: '✓ 已递交：回执核验无误（日志第 {index} 项，{at}）',
    en: '✓ submitted: the receipt verifies (entry {index} of the journal, {at})',
  },
  committed: {
    zh: '! 已承诺，尚未计入：文件还须传完，并核验“投标文件传完”的回执',
    en: '! committed, not counted yet: the bytes must arrive, and the receipt of bid.completed must verify',
  },
  notCompared: {
    zh: '! 没有给出 --of：回执成立，但没有与密封投标文件比对',
    en: '! no --of: the receipt holds, but was compared with no sealed-bid file',
  },
  missing: { zh: '缺少参数 {name}', en: 'missing {name}' },
} as const satisfies Record<string, Words>;

const tell = (words: Words, values: Readonly<Record<string, string | number>> = {}): void => {
  const { zh, en } = fill(words, values);
  print(`${zh}\n  ${en}`);
};

/** Runs the command; `client` answers which build this program is. */
export async function sealCommand(
  args: readonly string[],
  client: () => Promise<SealingClient>,
  program = 'yangguang seal',
): Promise<number> {
  useNodeSha256();
  const asked = readArguments(() => parsed(args));
  try {
    if (asked?.values.check) return await check(asked.values);
    if (asked?.values['sign-as-member'] !== undefined) return await signAsMember(asked.values);
    if (asked?.values.reread !== undefined) return await rereadBid(asked.values);
    if (asked?.values.submit !== undefined) return await submit(asked.values);
    if (asked?.values.tender !== undefined) return await seal(asked.values, await client());
  } catch (error) {
    // what the user, or the other side, must mend: in one line
    if (error instanceof InputWrong || error instanceof PlatformRefused) print(`✗ ${error.message}`);
    else if (error instanceof Problem) print(`✗ ${error.title.zh} · ${error.title.en} (${error.problem})`);
    else throw error;
    return exits.refuted;
  }
  for (const usage of sealUsage) complain({ zh: `用法：${program} ${usage}`, en: `usage: ${program} ${usage}` });
  return exits.unreadable;
}

function needed(values: Values, name: keyof Values): string {
  const value = values[name];
  if (typeof value !== 'string') throw new InputWrong(fill(say.missing, { name: `--${name}` }).zh);
  return value;
}

function keyFrom(text: string): NoteVerifier {
  const key = parseVerifierKey(text.trim());
  if (key === undefined) throw new InputWrong(`${say.badKey.zh} · ${say.badKey.en}`);
  return key;
}

async function tenderFrom(values: Values, pin: string | undefined): Promise<Tender> {
  const verdict = openTenderFile(await readJsonFile(needed(values, 'tender')), pin === undefined ? undefined : keyFrom(pin));
  if (!verdict.ok) throw verdict.problem;
  const { tender } = verdict;
  if (pin === undefined) tell(say.unpinned, { key: printVerifierKey(tender.key) });
  else tell(say.pinned);
  tell(say.tender, { ...tender.lot, deadline: tender.deadline });
  return tender;
}

async function seal(values: Values, client: SealingClient): Promise<number> {
  const [bid, keyFile, out] = (['bid', 'key', 'out'] as const).map((name) => needed(values, name)) as [string, string, string];
  const tender = await tenderFrom(values, values['platform-key']);
  tell(say.client, { ...client });
  tell(tender.clients.some((each) => each.name === client.name && each.sha256 === client.sha256) ? say.known : say.unknown);
  const own = values.own ?? `${out.endsWith(sealedBidEnding) ? out.slice(0, -sealedBidEnding.length) : out}.age-key.txt`;
  const made = await sealInto({
    tender,
    bid,
    folder: values.files,
    keyFile,
    passphrase: await askSecret('密钥文件口令 · passphrase of the key file: ', values.passphrase),
    own: await identityFrom(own, values.own !== undefined),
    replaces: values.replaces === undefined ? null : await readJsonFile(values.replaces),
    acceptRemarks: values['accept-remarks'],
    stripBlind: values['strip-blind'],
    forMembers: values['for-members'] ?? null,
    memberSignatures: values['member-signature'] ?? [],
    client,
    out,
    say: print,
  });
  if (made === null) {
    tell(say.forMembers, { file: values['for-members'] ?? '' });
    return exits.verified;
  }
  tell(say.own, { file: own });
  tell(say.sealed, { file: out, ...made });
  return exits.verified;
}

/** A member's part of a joint bid; nothing of it is sent anywhere. */
async function signAsMember(values: Values): Promise<number> {
  const [key, out] = [needed(values, 'key'), needed(values, 'out')];
  const passphrase = await askSecret('密钥文件口令 · passphrase of the key file: ', values.passphrase);
  const number = await signJointFile(needed(values, 'sign-as-member'), { key, passphrase, out });
  tell(say.memberSigned, { number, file: out });
  return exits.verified;
}

/** The sealed-bid file, whole and unaltered. */
async function sealedFrom(path: string) {
  const source = blobSource(await openAsBlob(path).catch(() => new Blob([])));
  const read = await readSealedBid(source);
  if (!read.ok) throw read.problem;
  const checked = await checkSealedBid(source, read);
  if (!checked.ok) throw checked.problem;
  return read;
}

async function check(values: Values): Promise<number> {
  const key = keyFrom(needed(values, 'key'));
  const receipts = await Promise.all((values.check ?? []).map(readJsonFile));
  if (values.of === undefined) {
    const { verifyEvidence } = await import('./evidence/verify.ts');
    const { checkLine, closingLines } = await import('./evidence/report.ts');
    let worst: number = exits.verified;
    for (const receipt of receipts) {
      const verdict = await verifyEvidence(receipt, { key, tell: (each) => print(checkLine(each, 'zh')) });
      for (const line of closingLines(verdict, 'zh')) print(line);
      worst = Math.max(worst, exits[verdict.result]);
    }
    tell(say.notCompared);
    return worst;
  }
  const tender = values.tender === undefined ? undefined : await tenderFrom(values, values.key);
  const { record } = await sealedFrom(values.of);
  const verdict = judgeReceipts(receipts, record, key, tender?.deadline ?? null);
  if (!verdict.ok) throw verdict.problem;
  const { standing, receipt } = verdict;
  tell(standing === 'submitted' ? say.submitted : say.committed, { index: receipt.index, at: receipt.event.at });
  return standing === 'submitted' ? exits.verified : exits.refuted;
}

async function rereadBid(values: Values): Promise<number> {
  const tender = await tenderFrom(values, values['platform-key']);
  const read = await sealedFrom(values.reread ?? '');
  const identity = await identityFrom(needed(values, 'identity'), true);
  print(await reread({ path: values.reread ?? '', ...read, identity, tender, out: values.out ?? null }));
  return exits.verified;
}

async function submit(values: Values): Promise<number> {
  const file = values.submit ?? '';
  const platform = needed(values, 'platform').replace(/\/$/, '');
  const key = keyFrom(needed(values, 'platform-key'));
  const { record, envelopes } = await sealedFrom(file);
  const session =
    values.token === undefined
      ? await signIn(platform, needed(values, 'login'), await askSecret('登录口令 · password: ', values.passphrase), values.totp)
      : { platform, token: (await readFile(values.token, 'utf8')).trim() };
  let shown = -1;
  const { standing, receipts } = await handIn({
    session,
    file,
    record,
    envelopes,
    key,
    commitFirst: values['commit-first'],
    tell: (done, all) => {
      const percent = Math.floor((done * 100) / all);
      if (percent >= shown + 10 || percent === 100) print(`${basename(file)}: ${percent} %`);
      shown = Math.max(shown, percent - (percent % 10));
    },
  });
  for (const [at, receipt] of receipts.entries())
    await writeFile(`${file}.receipt${at === 0 ? '' : `-${at + 1}`}.json`, JSON.stringify(receipt));
  const [first] = receipts;
  tell(standing === 'submitted' ? say.submitted : say.committed, { index: first?.index ?? '', at: first?.event.at ?? '' });
  return standing === 'submitted' ? exits.verified : exits.refuted;
}
