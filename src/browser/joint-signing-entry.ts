import { membersOf, otherTables } from '../bids/joint.ts';
import { type JointSigning, readJointSigning, signAsMember } from '../bids/joint-signing.ts';
import { parseYuan, withSeparators } from '../kernel/money.ts';
import { serverNow } from './clock.ts';
import { download, element, maybe, one, show, tellIn } from './desk-parts.ts';
import { t } from './page-words.ts';
import { signerChoice } from './signer.ts';

/** The page /joint-signing: a member of a joint venture looks at the bid that its lead hands it, and signs. Nothing of it is sent anywhere. */
const say = {
  lot: { zh: '标段', en: 'Lot' },
  members: { zh: '成员（第一家为牵头人）', en: 'Members (the first leads)' },
  price: { zh: '投标报价', en: 'Price' },
  attachment: { zh: '附件', en: 'Attachment' },
  rows: { zh: '{n} 行', en: '{n} rows' },
  done: { zh: '已签名。请把下载的签名文件交回牵头人。', en: 'Signed. Hand the file that was downloaded back to the lead.' },
};

const root = maybe('[data-joint-signing]');
if (root) void open(root);

async function open(page: HTMLElement): Promise<void> {
  const choice = await signerChoice(one('[data-signer]', page));
  const wrong = one('[data-wrong]', page);
  const labels = new Map(Object.entries(JSON.parse(page.dataset.labels ?? '{}') as Record<string, string>));
  let signing: JointSigning | null = null;

  one<HTMLInputElement>('[data-signing-file]', page).addEventListener('change', (event) => {
    void take((event.target as HTMLInputElement).files?.[0]);
  });
  one('[data-sign]', page).addEventListener('click', () => void sign());

  async function take(file: File | undefined): Promise<void> {
    signing = null;
    show(one('[data-shown]', page), false);
    show(one('[data-done]', page), false);
    tellIn(wrong, '');
    if (!file) return;
    const value: unknown = await file
      .text()
      .then(JSON.parse)
      .catch(() => null);
    const read = readJointSigning(value);
    if (!read.ok) return tellIn(wrong, t(read.problem.title));
    signing = read.signing;
    one('[data-content]', page).replaceChildren(...contentOf(signing, labels));
    show(one('[data-shown]', page), true);
  }

  async function sign(): Promise<void> {
    tellIn(wrong, '');
    const signer = await choice.signer();
    if (!signer || !signing) return;
    const signed = await signAsMember(signing, signer, serverNow());
    if (!signed.ok) return tellIn(wrong, t(signed.problem.title));
    const { member } = signed.signature;
    download(
      new Blob([JSON.stringify(signed.signature)], { type: 'application/json' }),
      `${signing.lot.number}.${member}.joint-signature.json`,
    );
    tellIn(one('[data-done]', page), t(say.done));
  }
}

/** What the signature covers, as terms and values: the form, who bids together, how long each table is, and each attachment with its digest. */
function contentOf(signing: JointSigning, labels: ReadonlyMap<string, string>): readonly HTMLElement[] {
  const rows: (readonly [string, string])[] = [[t(say.lot), `${signing.lot.number} ${signing.lot.name}`]];
  for (const { bid, files } of signing.envelopes) {
    const members = membersOf(bid).map(({ name, code, work }) => `${name}（${code}）${work}`);
    if (members.length > 0) rows.push([t(say.members), members.join('；')]);
    const price = parseYuan(bid.price);
    if (price !== undefined) rows.push([t(say.price), `¥${withSeparators(price)}`]);
    const named = (key: string): string => labels.get(key) ?? key;
    rows.push(...Object.entries(bid.figures).map(([key, value]) => [named(key), value] as const));
    const tables = otherTables(bid.tables);
    rows.push(...tables.map(([key, { length }]) => [named(key), t(say.rows, { n: length })] as const));
    const fieldOf = (name: string): string => bid.files.find((file) => file.name === name)?.field ?? t(say.attachment);
    rows.push(...files.map(({ name, sha256 }) => [named(fieldOf(name)), `${name}　SHA-256 ${sha256}`] as const));
  }
  return rows.map(([label, value]) => element('div', {}, element('dt', {}, label), element('dd', { class: 'whole-code' }, value)));
}
