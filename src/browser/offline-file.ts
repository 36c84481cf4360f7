import type { OwnBids } from '../bids/reads.ts';
import { checkSealedBid, readSealedBid } from '../bids/sealed-bid.ts';
import type { Words } from '../kernel/words.ts';
import { blobSource } from '../sealing/package-reader.ts';
import type { Part } from '../sealing/shapes.ts';
import type { SealedBid } from './bid-store.ts';
import { breathe } from './breath.ts';
import { Trouble } from './desk-parts.ts';

/** A sealed-bid file that was made without a line, taken up by the desk where the fourth step begins. Throws `Trouble`; nothing of it is sent then. */
export async function sealedFromFile(file: File, desk: OwnBids, tell: (done: number, all: number) => void): Promise<SealedBid> {
  const source = blobSource(file);
  const read = await readSealedBid(source);
  if (!read.ok) throw notTaken(read.problem.title);
  const { record, envelopes } = read;
  const { statement, signature, heads } = record;
  if (statement.lot !== desk.lot.id) throw notTaken(otherLot);
  if (statement.bidder !== desk.bidder.code) throw notTaken(otherBidder);
  if (Object.values(heads).some((head) => head.council !== desk.lot.council)) throw notTaken(otherCouncil);
  if (envelopes.map(({ part }) => part).join() !== desk.terms.parts.join()) throw notTaken(severalParts);
  const checked = await checkSealedBid(source, read, (done) => {
    tell(done, file.size);
    return breathe();
  });
  if (!checked.ok) throw notTaken(checked.problem.title);
  const head = statement.parts[0]?.inner ? (heads[statement.parts[0].part] ?? null) : null;
  return {
    envelopes: envelopes.map(({ part, offset, bytes }) => ({
      part: part as Part,
      file: file.slice(offset, offset + bytes),
      uploadUrl: null,
      uploaded: false,
    })),
    statement,
    signature,
    head,
    price: '',
    draftMark: '',
    event: null,
  };
}

const otherLot: Words = { zh: '这个密封投标文件不是本标段的。', en: 'This sealed-bid file is of another lot.' };
const otherBidder: Words = { zh: '这个密封投标文件不是本单位的。', en: 'This sealed-bid file is not your organisation’s.' };
const otherCouncil: Words = {
  zh: '这个密封投标文件不是为本标段的开标委员会密封的。',
  en: 'This sealed-bid file is not sealed for the opening council of this lot.',
};
const severalParts: Words = {
  zh: '这个密封投标文件的部分与本标段不符。',
  en: 'The parts of this sealed-bid file are not those of this lot.',
};

const notTaken = (title: Words): Trouble =>
  new Trouble(
    title,
    { zh: '没有上传，也没有递交任何内容。', en: 'Nothing was uploaded or submitted.' },
    {
      zh: '请选择离线网页或命令行程序存下的完整文件；文件若被改动，请回到离线电脑重新保存。',
      en: 'Choose the whole file as the offline page or the command saved it; if it was altered, save it again on the offline computer.',
    },
  );
