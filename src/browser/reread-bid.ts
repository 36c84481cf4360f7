import { bidShape } from '../bids/bid.ts';
import { partTitle } from '../bids/cut.ts';
import type { OwnBids } from '../bids/reads.ts';
import { capitals, parseYuan, withSeparators } from '../kernel/money.ts';
import { readCertificates } from '../sealing/certificate.ts';
import { rereadOwn } from '../sealing/envelope.ts';
import { blobSource, type PackedFile, readPackedFile, type VerifiedPackage, verifyPackage } from '../sealing/package-reader.ts';
import type { Part } from '../sealing/shapes.ts';
import type { Asked } from './bid-form.ts';
import { nodeKeys } from './bid-receipt.ts';
import type { OwnIdentity } from './bid-store.ts';
import { download, element, Trouble } from './desk-parts.ts';
import { beijingText, bytesText, t } from './page-words.ts';
import { openFile, removeFile, writeFile } from './private-files.ts';

const say = {
  signed: { zh: '签名核验无误：{name}，签于 {at}', en: 'Signature verified: {name}, signed {at}' },
  price: { zh: '投标报价', en: 'Price' },
  rows: { zh: '{n} 行', en: '{n} rows' },
  files: { zh: '附件', en: 'Attachments' },
  fetch: { zh: '保存', en: 'Save' },
};

/** How the names of opened files of a lot begin; the desk removes them when it is opened again. */
export const clearNames = (lot: string): string => `clear-${lot}-`;

/** An own bid, fetched, opened with the bidder's own key and verified: what it says, for showing on this machine. Throws `Trouble`. */
export async function rereadBid(given: {
  readonly desk: OwnBids;
  readonly submission: string;
  /** when the platform took it: the moment at which its certificate had to be valid */
  readonly receivedAt: string;
  readonly own: OwnIdentity;
  readonly tell: (bytes: number) => void;
}): Promise<readonly Node[]> {
  const { desk, submission, receivedAt, own, tell } = given;
  const { authority, authoritySm2 } = await nodeKeys();
  const parts = desk.submissions.find((each) => each.id === submission)?.parts ?? [];
  const nodes: Node[] = [];
  for (const { part } of parts) {
    const name = `${clearNames(desk.lot.id)}${submission}-${part}.asice`;
    const response = await fetch(`/api/lots/${desk.lot.id}/bids/${submission}/envelopes/${part}`, { cache: 'no-store' });
    if (!response.ok || response.body === null) throw notFetched();
    if (parts.length > 1) nodes.push(element('h3', {}, t(partTitle(part))));
    const authorities = [authority, authoritySm2 ?? ''];
    nodes.push(
      ...(await openOwn({ asked: desk, envelope: response.body, part: part as Part, name, authorities, at: receivedAt, own, tell })),
    );
  }
  return nodes;
}

/** An own envelope opened with the bidder's own key and verified: what it says. Throws `Trouble`. */
export async function openOwn(given: {
  readonly asked: Asked;
  readonly envelope: ReadableStream<Uint8Array>;
  readonly part: Part;
  /** of the file that holds the opened package meanwhile */
  readonly name: string;
  /** trust anchors of bidders' certificates, PEM */
  readonly authorities: readonly string[];
  readonly at: string;
  readonly own: OwnIdentity;
  readonly tell: (bytes: number) => void;
}): Promise<readonly Node[]> {
  const { asked, envelope, part, name, authorities, at, own, tell } = given;
  const covered = asked.terms.sealPolicy === 'bidder+council';
  const plain = await rereadOwn(own.identity, envelope)
    .then((within) => (covered ? rereadOwn(own.identity, within) : within))
    .catch(() => {
      throw otherKey();
    });
  const written = await writeFile(name, plain, tell);
  const content = await openFile(written.file);
  if (content === undefined) throw notFetched();
  const anchors = authorities.flatMap((pem) => readCertificates(pem).slice(-1));
  const context = { lot: asked.lot.id, part, bidder: asked.bidder.code } as const;
  const verdict = await verifyPackage(blobSource(content), context, { anchors, at: at as never });
  if (!verdict.ok) {
    await removeFile(written.file);
    throw notGenuine(verdict.problem.title);
  }
  return shown(asked, verdict, content);
}

function shown(desk: Asked, read: VerifiedPackage, content: Blob): readonly Node[] {
  const bid = bidShape.parse(read.bid);
  const list = element('dl', { class: 'facts facts-list', 'data-reread-bid': '' });
  const line = (label: string, ...value: readonly (Node | string)[]): void => {
    list.append(element('div', {}, element('dt', {}, label), element('dd', {}, ...value)));
  };
  const price = parseYuan(bid.price);
  if (bid.price !== '') line(t(say.price), price === undefined ? bid.price : `¥${withSeparators(price)} · ${capitals(price)}`);
  for (const field of desk.terms.bidForm) {
    const figure = bid.figures[field.key];
    if (figure !== undefined) line(t(field.label), figure);
    const rows = bid.tables[field.key];
    if (rows !== undefined) line(t(field.label), t(say.rows, { n: rows.length }));
  }
  const files = read.files.map((file) => {
    const save = element('button', { class: 'btn btn-sm', type: 'button' }, t(say.fetch));
    save.addEventListener('click', () => void saveFile(`${clearNames(desk.lot.id)}${file.sha256}`, content, file));
    return element('li', {}, element('span', { class: 'file-name' }, file.name), ` ${bytesText(file.size)} `, save);
  });
  if (files.length > 0) line(t(say.files), element('ul', { class: 'files' }, ...files));
  const verified = t(say.signed, { name: read.signer.subject.commonName ?? '', at: beijingText(read.signedAt) });
  return [element('p', { class: 'verdict verdict-verified', 'data-reread-verified': '' }, verified), list];
}

async function saveFile(name: string, content: Blob, file: PackedFile): Promise<void> {
  const written = await writeFile(name, await readPackedFile(blobSource(content), file), () => undefined);
  const whole = await openFile(written.file);
  if (whole) download(whole, file.name);
}

const notFetched = (): Trouble =>
  new Trouble(
    { zh: '密封文件没有取回来。', en: 'The sealed file could not be fetched.' },
    { zh: '投标不受影响，仍按原样保存在平台。', en: 'The bid is untouched and stands as it was.' },
    { zh: '请检查网络和登录后再试。', en: 'Look to the network and to being signed in, then try again.' },
  );
const otherKey = (): Trouble =>
  new Trouble(
    { zh: '这把密钥打不开这份文件。', en: 'This key does not open this file.' },
    { zh: '它是用另一把自存密钥密封的；投标不受影响。', en: 'It was sealed for another of your keys; the bid is untouched.' },
    { zh: '请选择密封时下载保存的那个密钥文件。', en: 'Choose the key file you saved when you sealed it.' },
  );
const notGenuine = (title: { zh: string; en: string }): Trouble =>
  new Trouble(
    { zh: `打开了，但核验不通过：${title.zh}`, en: `It opens, but does not verify: ${title.en}` },
    { zh: '这份文件开标时可能被判为无效。', en: 'It may be found invalid at the opening.' },
    { zh: '截止前请重新密封并替换。', en: 'Seal again and replace it before the deadline.' },
  );
