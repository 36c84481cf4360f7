import type { OwnBids } from '../bids/reads.ts';
import { base64, base64url } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import { Problem } from '../kernel/problem.ts';
import type { Council } from '../sealing/council.ts';
import { runningSha256 } from '../sealing/digest.ts';
import { sealStream } from '../sealing/envelope.ts';
import { packBid } from '../sealing/package.ts';
import { signDetached } from '../sealing/signature.ts';
import type { Signer } from '../sealing/signer.ts';
import { type SubmissionStatement, submissionBytes } from '../sealing/statement.ts';
import type { Attachment, Entered } from './bid-form.ts';
import type { OwnIdentity, SealedBid } from './bid-store.ts';
import { breathe } from './breath.ts';
import { serverNow } from './clock.ts';
import { Trouble } from './desk-parts.ts';
import { ownBuild } from './own-build.ts';
import { writeFile } from './private-files.ts';

export type SealingStage = 'hashing' | 'packing' | 'statement';
export interface Sealing {
  readonly desk: OwnBids;
  readonly council: Council;
  readonly entered: Entered;
  readonly signer: Signer;
  readonly own: OwnIdentity;
  readonly draftMark: string;
  /** bytes done of bytes to do, in the present stage */
  readonly tell: (stage: SealingStage, done: number, all: number) => void;
}

const part = 'whole';

/**
 * Packs, signs and seals a bid, and signs the statement with which it is to be submitted. Everything flows as streams into a file of this browser.
 * Throws `Trouble`; what had been written is removed then.
 */
export async function sealBid({ desk, council, entered, signer, own, draftMark, tell }: Sealing): Promise<SealedBid> {
  const { attachments, bid } = entered;
  const all = attachments.reduce((sum, { file }) => sum + file.size, 0);
  const digests = await digestsOf(attachments, (done) => tell('hashing', done, all));
  const files = attachments.map(({ name, file }, at) => ({ name, size: file.size, sha256: digests[at] ?? '', content: file }));
  const whole = { ...bid, part: 'whole' as const, files: bid.files.map((file, at) => ({ ...file, sha256: digests[at] ?? '' })) };
  const id = newId(serverNow());
  const context = { lot: bid.lot, part, bidder: bid.bidder } as const;
  const written = await (async () => {
    const packed = packBid({ bid: whole, files, signer, at: serverNow() });
    const sealed = await sealStream(packed, { council, context, ownRecipient: own.recipient });
    return writeFile(`${id}.age`, sealed, (done) => tell('packing', done, Math.max(all, done)));
  })().catch((error: unknown) => {
    throw troubleOf(error);
  });
  tell('statement', 0, 1);
  const current = desk.submissions.find((each) => each.status === 'current');
  const statement: SubmissionStatement = {
    format: 'yangguang/submission/v2',
    id,
    lot: bid.lot,
    bidder: bid.bidder,
    parts: [{ part, sha256: written.sha256, bytes: written.bytes }],
    supersedes: current?.id ?? null,
    at: serverNow(),
    client: ownBuild('bid-page'),
  };
  const signature = await signStatement(statement, signer);
  return { file: written.file, statement, signature, price: bid.price, draftMark, uploadUrl: null, uploaded: false, event: null };
}

/** The detached CMS over a statement, base64. */
export const signStatement = async (statement: SubmissionStatement, signer: Signer): Promise<string> =>
  base64(await signDetached(submissionBytes(statement), signer, statement.at as ReturnType<typeof serverNow>));

async function digestsOf(attachments: readonly Attachment[], tell: (done: number) => void): Promise<readonly string[]> {
  const digests: string[] = [];
  let done = 0;
  for (const { file, name } of attachments) {
    const running = runningSha256();
    const reader = file.stream().getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        running.update(next.value);
        done += next.value.length;
        tell(done);
        await breathe();
      }
    } catch {
      throw fileGone(name);
    }
    digests.push(base64url(running.digest()));
  }
  return digests;
}

function troubleOf(error: unknown): unknown {
  if (error instanceof Problem) {
    const { title } = error;
    return new Trouble(
      { zh: `密封没有完成：${title.zh}`, en: `Sealing did not end: ${title.en}` },
      { zh: '没有任何内容上传或递交，表单仍在。', en: 'Nothing was uploaded or submitted; your form is as it was.' },
      { zh: '请按提示改正后重新密封。', en: 'Mend it and seal again.' },
    );
  }
  if (error instanceof DOMException && error.name === 'NotReadableError') return fileGone('');
  return error;
}

const fileGone = (name: string): Trouble =>
  new Trouble(
    {
      zh: `附件${name === '' ? '' : `“${name}”`}读不到了。`,
      en: `An attachment ${name === '' ? '' : `(“${name}”) `}can no longer be read.`,
    },
    {
      zh: '选择之后，文件被修改、移动或删除了；没有任何内容上传或递交。',
      en: 'It was changed, moved or deleted after you chose it; nothing was uploaded or submitted.',
    },
    { zh: '请移除后重新选择该文件，再检查、密封。', en: 'Remove it and choose it again, then check and seal.' },
  );
