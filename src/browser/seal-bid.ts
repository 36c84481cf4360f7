import { AttachmentGone, type Sealing as SealingAnywhere, type SealingStage, sealWhole, type Written } from '../bids/sealing.ts';
import { Problem } from '../kernel/problem.ts';
import type { SealingClient } from '../sealing/client.ts';
import type { Council } from '../sealing/council.ts';
import type { Signer } from '../sealing/signer.ts';
import { clientOf, type SubmissionStatement } from '../sealing/statement.ts';
import type { Entered } from './bid-form.ts';
import type { OwnIdentity, SealedBid } from './bid-store.ts';
import { breathe } from './breath.ts';
import { serverNow } from './clock.ts';
import { Trouble } from './desk-parts.ts';
import { writeFile } from './private-files.ts';

type Whole = SealingAnywhere<Written>;

export interface Sealing {
  readonly council: Council;
  /** the published form and envelopes: what goes where */
  readonly form: NonNullable<Whole['form']>;
  readonly parts: NonNullable<Whole['parts']>;
  readonly policy: Whole['policy'];
  readonly entered: Entered;
  readonly signer: Signer;
  readonly members: Whole['members'];
  readonly own: OwnIdentity;
  /** the submission that this one replaces */
  readonly supersedes: string | null;
  readonly client: SealingClient;
  readonly draftMark: string;
  /** bytes done of bytes to do, in the present stage */
  readonly tell: (stage: SealingStage, done: number, all: number) => void;
}

/**
 * Packs, signs and seals a bid into a file of this browser, and signs the statement with which it is to be submitted. Throws `Trouble`; what had been
 * written is removed then.
 */
export async function sealBid({
  council,
  policy,
  form,
  parts,
  entered,
  signer,
  members,
  own,
  supersedes,
  client,
  draftMark,
  tell,
}: Sealing): Promise<SealedBid> {
  const { attachments, bid } = entered;
  const sealed = await sealWhole({
    bid,
    form,
    parts,
    files: attachments.map(({ name, file }) => ({ name, content: file })),
    council,
    policy,
    signer,
    members,
    ownRecipient: own.recipient,
    supersedes,
    client,
    now: serverNow,
    write: writeFile,
    tell: (stage, done, all) => {
      tell(stage, done, all);
      return breathe();
    },
  }).catch((error: unknown) => {
    throw troubleOf(error);
  });
  const { statement, signature, head } = sealed;
  const envelopes = sealed.envelopes.map(({ part, file }) => ({ part, file: file.file, uploadUrl: null, uploaded: false }));
  return { envelopes, statement, signature, head, price: bid.price, draftMark, event: null };
}

/** The build that a statement names, for comparing with /clients. */
export function clientText(statement: SubmissionStatement): string {
  const client = clientOf(statement);
  return client === null ? '—' : `${client.name} ${client.version} · ${client.sha256}`;
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
  if (error instanceof AttachmentGone) return fileGone(error.attachment);
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
