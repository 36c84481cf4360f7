import { canonical, fromBase64 } from '../kernel/bytes.ts';
import { councilOf, packageHash, provesKnowledge, publicResult } from './ceremony.ts';
import {
  type CeremonyCall,
  type CeremonyRound,
  type CeremonyStatement,
  type CeremonyTranscript,
  ceremonyRounds,
  ceremonyTranscriptShape,
  roundOf,
  type SignedStatement,
  type StatementOf,
  saidOf,
  statementBytes,
  transcriptDigest,
} from './ceremony-messages.ts';
import { judgeComplaint } from './ceremony-shares.ts';
import { type Certificate, readCertificates } from './certificate.ts';
import type { Council } from './council.ts';
import { verifyDetached } from './signature.ts';
import { reasons, type Verdict } from './verdict.ts';

/**
 * Whether a ceremony was held as it must be (protocol §15): asked by the platform of each message, by every trustee of everything it is shown before it
 * says more, and by anybody of the published transcript. All three ask this file.
 */
const refute = reasons({
  'ceremony-malformed': { zh: '密钥仪式记录格式不符。', en: 'This is no ceremony transcript in the published format.' },
  'ceremony-size': {
    zh: '门限或成员不合规定：门限须大于成员数的一半，成员依次编号且互不相同。',
    en: 'Threshold or trustees do not fit: more than half must be needed, and trustees are numbered from 1 and all different.',
  },
  'ceremony-signature': { zh: '消息的签名不是该成员的有效签名。', en: 'A message is not validly signed by its trustee.' },
  'ceremony-out-of-turn': {
    zh: '消息不属于本仪式的当前一轮，或该成员本轮已经发言。',
    en: 'A message is not of this ceremony’s present round, or its trustee has spoken in it already.',
  },
  'ceremony-transcript-differs': {
    zh: '该成员看到的仪式记录与此前各方签名的不同：有人被出示了别的消息。',
    en: 'A trustee was shown another transcript than the one signed by the others: somebody has been given other messages.',
  },
  'ceremony-package-refused': {
    zh: '第一轮文件与事先公布的哈希不符，或不能证明知道自己的密钥。',
    en: 'A package is not the one whose hash was published first, or proves no knowledge of its key.',
  },
  'ceremony-shares-incomplete': {
    zh: '份额没有恰好发给其他每位成员各一份。',
    en: 'Shares were not dealt to exactly every other trustee.',
  },
  'ceremony-council-differs': {
    zh: '确认的委员会公钥不是由各方文件算得的公钥。',
    en: 'The council that was confirmed is not the one that the packages give.',
  },
});
export type CeremonyFlaw = Parameters<typeof refute>[0];

/** How a ceremony stands. `culprit` is the place of the trustee whose doing ended it. */
export type CeremonyOutcome =
  | { readonly kind: 'open'; readonly round: CeremonyRound; readonly waitingFor: readonly number[] }
  | { readonly kind: 'formed'; readonly council: Council }
  | { readonly kind: 'failed'; readonly culprit: number; readonly complainer: number };

/** Which trustee a refusal is about, where it is about one. */
export type About = { readonly faulty?: number };

/** Whether a call names trustees and a threshold that a ceremony can be held with. */
export function checkCall(call: CeremonyCall): Verdict<object, 'ceremony-size'> {
  const { trustees, threshold } = call;
  const numbered = trustees.every(({ index }, at) => index === at + 1);
  const different = (values: readonly string[]): boolean => new Set(values).size === trustees.length;
  const fits = threshold * 2 > trustees.length && threshold <= trustees.length;
  const ok = fits && numbered && different(trustees.map(({ code }) => code)) && different(trustees.map(({ name }) => name));
  return ok ? { ok: true } : refute('ceremony-size');
}

/** How it stands after these statements, each of which was admitted. */
export async function outcomeOf(call: CeremonyCall, statements: readonly CeremonyStatement[]): Promise<CeremonyOutcome> {
  const [complaint] = saidOf(statements, 'complaint');
  if (complaint)
    return { kind: 'failed', culprit: (await judgeComplaint(call, statements, complaint)).culprit, complainer: complaint.index };
  for (const round of ceremonyRounds) {
    const spoken = new Set(saidOf(statements, round).map(({ index }) => index));
    const waitingFor = call.trustees.map(({ index }) => index).filter((index) => !spoken.has(index));
    if (waitingFor.length > 0) return { kind: 'open', round, waitingFor };
  }
  return { kind: 'formed', council: councilThatFollows(call, statements) };
}

/** The council that call and packages give; needs every package. */
export function councilThatFollows(call: CeremonyCall, statements: readonly CeremonyStatement[]): Council {
  const packages = saidOf(statements, 'package').map((each) => each.package);
  const names = call.trustees.map(({ name }) => name);
  return councilOf(call.id, call.name, names, { threshold: call.threshold, trustees: names.length }, publicResult(packages));
}

/** Whether one more statement may follow these, which were admitted before it. Signatures are asked about by `signedBy`. */
export function admit(
  call: CeremonyCall,
  before: readonly CeremonyStatement[],
  next: CeremonyStatement,
): Verdict<object, CeremonyFlaw> & About {
  const about = { faulty: next.index };
  if (!inTurn(call, before, next)) return { ...refute('ceremony-out-of-turn'), ...about };
  if (next.transcript !== transcriptDigest(call, before, roundOf(next.kind))) return { ...refute('ceremony-transcript-differs'), ...about };
  if (next.kind === 'package' && !packageStands(call, before, next)) return { ...refute('ceremony-package-refused'), ...about };
  if (next.kind === 'shares' && !everyOther(call, next)) return { ...refute('ceremony-shares-incomplete'), ...about };
  if (next.kind === 'confirmation' && canonical(next.council) !== canonical(councilThatFollows(call, before)))
    return { ...refute('ceremony-council-differs'), ...about };
  return { ok: true };
}

function inTurn(call: CeremonyCall, before: readonly CeremonyStatement[], next: CeremonyStatement): boolean {
  const size = call.trustees.length;
  const ended = before.some(({ kind }) => kind === 'complaint') || saidOf(before, 'confirmation').length === size;
  const round = roundOf(next.kind);
  const earlier = ceremonyRounds.slice(0, ceremonyRounds.indexOf(round));
  const known = (index: number): boolean => index >= 1 && index <= size;
  return (
    next.ceremony === call.id &&
    known(next.index) &&
    !ended &&
    earlier.every((each) => saidOf(before, each).length === size) &&
    !before.some((each) => each.index === next.index && roundOf(each.kind) === round) &&
    (next.kind !== 'complaint' || (known(next.against) && next.against !== next.index))
  );
}

function packageStands(call: CeremonyCall, before: readonly CeremonyStatement[], next: StatementOf<'package'>): boolean {
  const [hash] = saidOf(before, 'hash').filter(({ index }) => index === next.index);
  const published = next.package;
  return (
    published.index === next.index &&
    published.commitment.length === call.threshold &&
    hash?.packageHash === packageHash(published) &&
    provesKnowledge(published)
  );
}

const everyOther = (call: CeremonyCall, { index, shares }: StatementOf<'shares'>): boolean =>
  canonical(shares.map(({ to }) => to)) === canonical(call.trustees.map((each) => each.index).filter((each) => each !== index));

/** The certificate with which a trustee signed a statement; undefined unless it is its institution's, under one of these anchors. */
export async function signedBy(
  call: CeremonyCall,
  { statement, signature }: SignedStatement,
  anchors: readonly Certificate[],
): Promise<Certificate | undefined> {
  const bytes = fromBase64(signature);
  const trustee = call.trustees.find(({ index }) => index === statement.index);
  if (bytes === undefined || trustee === undefined) return undefined;
  const own = await verifyDetached(bytes, statementBytes(statement), 'any-certificate');
  if (!own.ok || own.signer.code !== trustee.code) return undefined;
  const chained = await verifyDetached(bytes, statementBytes(statement), { anchors, at: own.signedAt });
  return chained.ok ? chained.signer : undefined;
}

/** What a transcript that holds establishes. */
export interface CeremonyFacts {
  readonly transcript: CeremonyTranscript;
  readonly statements: readonly CeremonyStatement[];
  readonly outcome: CeremonyOutcome;
  /** fingerprint of each message's certificate, in the order of the messages */
  readonly signers: readonly string[];
}

/**
 * Checks a whole transcript: its call, every signature, that each message was said in its turn by a trustee that had seen the same as the others, and
 * what came of it. `anchors` are those the reader trusts; without them, those in the file.
 */
export async function verifyCeremony(
  input: unknown,
  anchors?: readonly Certificate[],
): Promise<Verdict<CeremonyFacts, CeremonyFlaw> & About> {
  const read = ceremonyTranscriptShape.safeParse(input);
  if (!read.success) return refute('ceremony-malformed');
  const { call, messages } = read.data;
  const fits = checkCall(call);
  if (!fits.ok) return fits;
  const trusted = anchors ?? read.data.anchors.flatMap((pem) => readCertificates(pem));
  const statements: CeremonyStatement[] = [];
  const signers: string[] = [];
  for (const message of messages) {
    const signer = await signedBy(call, message, trusted);
    if (signer === undefined) return { ...refute('ceremony-signature'), faulty: message.statement.index };
    const admitted = admit(call, statements, message.statement);
    if (!admitted.ok) return admitted;
    statements.push(message.statement);
    signers.push(signer.fingerprint);
  }
  return { ok: true, transcript: read.data, statements, outcome: await outcomeOf(call, statements), signers };
}
