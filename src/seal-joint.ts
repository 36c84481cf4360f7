import { readFile, writeFile } from 'node:fs/promises';
import {
  checkJointSignature,
  type JointSignature,
  type JointSigning,
  jointSigning,
  readJointSigning,
  signAsMember,
  signaturesByPart,
  unsigned,
} from './bids/joint-signing.ts';
import { digestsOf } from './bids/sealing.ts';
import type { Tender } from './bids/tender-file.ts';
import { systemClock } from './kernel/clock.ts';
import { readJsonFile } from './seal-file.ts';
import { InputWrong, type ReadBid } from './seal-input.ts';
import { signerFromKeyFile } from './sealing/key-file.ts';
import type { Part } from './sealing/shapes.ts';

/** Joint bids on the command line: the file that members sign, a member's signature, and what the lead seals with. */

/** What the members of this bid are to sign; null where one bids alone. */
export async function signingOf({ bid, files }: Pick<ReadBid, 'bid' | 'files'>, { lot, terms }: Tender): Promise<JointSigning | null> {
  if (bid.members === undefined) return null;
  const digests = await digestsOf(files, () => undefined);
  return jointSigning(bid, digests, { lot: { id: lot.id, number: lot.number, name: lot.name }, form: terms.bidForm, parts: ['whole'] });
}

/** Signs a lead's file with a member's key file, into `out`. Answers the lot's number. */
export async function signJointFile(
  path: string,
  given: { readonly key: string; readonly passphrase: string; readonly out: string },
): Promise<string> {
  const read = readJointSigning(await readJsonFile(path));
  if (!read.ok) throw read.problem;
  const opened = await signerFromKeyFile(new Uint8Array(await readFile(given.key)), given.passphrase);
  if (!opened.ok) throw opened.problem;
  const signed = await signAsMember(read.signing, opened.signer, systemClock());
  if (!signed.ok) throw signed.problem;
  await writeFile(given.out, JSON.stringify(signed.signature));
  return read.signing.lot.number;
}

/** What the further members signed, as the package takes it; undefined where one bids alone. Nothing is sealed while one of them is missing. */
export async function membersSigned(
  signing: JointSigning | null,
  paths: readonly string[],
): Promise<Readonly<Partial<Record<Part, readonly Uint8Array[]>>> | undefined> {
  if (signing === null) return undefined;
  const signatures: JointSignature[] = [];
  for (const path of paths) {
    const checked = await checkJointSignature(signing, await readJsonFile(path));
    if (!checked.ok) throw checked.problem;
    signatures.push(checked.signature);
  }
  const missing = unsigned(signing, signatures);
  if (missing.length > 0)
    throw new InputWrong(
      `联合体成员尚未签名：${missing.join('、')}（--member-signature） · members who have not signed: ${missing.join(', ')}`,
    );
  return signaturesByPart(signing, signatures);
}
