import { membersOf } from '../bids/joint.ts';
import {
  checkJointSignature,
  type JointSignature,
  type JointSigning,
  jointSigning,
  signaturesByPart,
  unsigned,
} from '../bids/joint-signing.ts';
import { digestsOf } from '../bids/sealing.ts';
import type { Words } from '../kernel/words.ts';
import type { Part } from '../sealing/shapes.ts';
import type { BidForm } from './bid-form.ts';
import { download, element, maybe, one, show, Trouble } from './desk-parts.ts';
import { t } from './page-words.ts';

const say = {
  signed: { zh: '{name}：已签名', en: '{name}: signed' },
  awaited: { zh: '{name}：待签名', en: '{name}: has not signed' },
};

export interface JointMembers {
  /** Shows the part where the form names members, and what of their signatures is there. */
  refresh(): Promise<void>;
  /** What the further members signed, by envelope; undefined where one bids alone. Throws `Trouble` while one has not signed what stands in the form now. */
  signatures(): Promise<Readonly<Partial<Record<Part, readonly Uint8Array[]>>> | undefined>;
}

/** The members' signatures of a joint bid: a file is made for them, and what they hand back is taken in. All of it in this browser. */
export function jointMembers(given: {
  readonly form: BidForm;
  readonly lot: JointSigning['lot'];
  readonly terms: { readonly bidForm: Parameters<typeof jointSigning>[2]['form']; readonly parts: readonly Part[] };
  readonly attempt: (act: () => Promise<void>) => void;
}): JointMembers {
  const { form, lot, terms, attempt } = given;
  const place = maybe('[data-joint]');
  const taken: JointSignature[] = [];

  async function signing(): Promise<JointSigning | null> {
    const { bid, attachments } = form.entered();
    if (bid.members === undefined) return null;
    const digests = await digestsOf(
      attachments.map(({ name, file }) => ({ name, content: file })),
      () => undefined,
    );
    return jointSigning(bid, digests, { lot, form: terms.bidForm, parts: terms.parts });
  }

  /** Of what was taken, the signatures over what stands in the form now. */
  async function holding(now: JointSigning): Promise<readonly JointSignature[]> {
    const held: JointSignature[] = [];
    for (const each of taken) if ((await checkJointSignature(now, each)).ok) held.push(each);
    return held;
  }

  async function refresh(): Promise<void> {
    if (!place) return;
    const members = membersOf(form.entered().bid);
    show(place, members.length > 1);
    if (members.length < 2) return;
    const now = await signing();
    const missing = now ? unsigned(now, await holding(now)) : [];
    one('[data-joint-list]', place).replaceChildren(
      ...members
        .slice(1)
        .map(({ code, name }) => element('li', { 'data-member': code }, t(missing.includes(code) ? say.awaited : say.signed, { name }))),
    );
  }

  async function make(): Promise<void> {
    const now = await signing();
    if (now) download(new Blob([JSON.stringify(now)], { type: 'application/json' }), `${lot.number}.joint-signing.json`);
  }

  async function take(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])];
    input.value = '';
    const now = await signing();
    for (const file of files) {
      const value: unknown = await file
        .text()
        .then(JSON.parse)
        .catch(() => null);
      const read = now && (await checkJointSignature(now, value));
      if (!read?.ok) throw refused(read?.problem.title ?? { zh: '没有填写联合体成员。', en: 'The form names no members.' });
      taken.push(read.signature);
    }
    await refresh();
  }

  if (place) {
    one('[data-joint-make]', place).addEventListener('click', () => attempt(make));
    one<HTMLInputElement>('[data-joint-files]', place).addEventListener('change', (event) =>
      attempt(() => take(event.target as HTMLInputElement)),
    );
  }

  return {
    refresh,
    async signatures() {
      const now = await signing();
      if (now === null) return undefined;
      const held = await holding(now);
      const names = new Map(membersOf(form.entered().bid).map(({ code, name }) => [code, name]));
      const missing = unsigned(now, held).map((code) => names.get(code) ?? code);
      if (missing.length > 0) throw awaited(missing.join('、'));
      return signaturesByPart(now, held);
    },
  };
}

const nothingSent = { zh: '没有密封，也没有发送任何内容。', en: 'Nothing was sealed or sent.' };
const refused = (title: Words): Trouble =>
  new Trouble(title, nothingSent, {
    zh: '请重新生成待签文件，交该成员重新签名。',
    en: 'Make the file anew and let that member sign again.',
  });
const awaited = (names: string): Trouble =>
  new Trouble({ zh: `联合体成员尚未签名：${names}。`, en: `Members who have not signed what stands here now: ${names}.` }, nothingSent, {
    zh: '请生成待签文件，交各成员签名后选入；表单改动后须重新签名。',
    en: 'Make the file, let them sign it, and choose what they hand back; after a change all of them sign again.',
  });
