import { canonical } from '../kernel/bytes.ts';
import { fill } from '../kernel/words.ts';
import { asksReadingOf, readingOrderOf } from '../openings/reading-draw.ts';
import { type OpeningRecordFile, recordDigest } from '../openings/record.ts';
import type { RecordFile } from '../openings/record-file.ts';
import { verifyDraw } from '../sealing/draw.ts';
import { checkAnchors } from './anchors.ts';
import type { Checklist } from './checks.ts';
import { checkWord, serialIn } from './hall-words.ts';

const formatOfWord = {
  attended: 'yangguang/attendance/v1',
  confirmed: 'yangguang/record-confirmation/v1',
  objected: 'yangguang/record-objection/v1',
} as const;

/** Rechecks a record by itself: its digest, its draw, and every signature over it. */
export async function checkRecordFile(file: RecordFile, list: Checklist): Promise<void> {
  const { record } = file;
  list.that(
    { zh: '开标记录的摘要一致', en: 'The digest is that of the record' },
    recordDigest(record as OpeningRecordFile) === file.sha256,
  );
  // coefficients are drawn with the last envelopes; a session of earlier ones has no draw
  const earlier = record.draw === null && (record.part === 'qualification' || record.part === 'technical');
  const draw = earlier ? null : verifyDraw(record.draw);
  list.that(
    { zh: '现场抽取属于本标段且可复算', en: 'The session’s draw is of this lot and can be recomputed' },
    draw === null || (draw.ok && draw.transcript.request.lot === record.lot),
  );
  const orders = record.items.flatMap(({ state, order }) => (state === 'read' ? [order] : [])).sort((a, b) => (a ?? 0) - (b ?? 0));
  list.that(
    { zh: '唱读顺序连续，无遗漏', en: 'The reading has no gap' },
    orders.every((order, at) => order === at + 1) && new Set(record.items.map(({ bidder }) => bidder)).size === record.items.length,
  );
  checkOrder(record, list);
  const anchors = await checkAnchors(file.anchors, list);
  for (const word of file.words) {
    const about = fill({ zh: '{name} 的签名成立', en: 'The signature of {name} holds' }, { name: `${word.name}（${word.word}）` });
    const statement = await checkWord(word, list, anchors, about);
    const ofThis = statement.format === 'yangguang/attendance/v1' || statement.record === file.sha256;
    list.that(about, statement.format === formatOfWord[word.word] && statement.lot === record.lot && ofThis);
    list.that(about, (await serialIn(word.signature, statement)) === word.serial, { zh: '证书序列号不符', en: 'another certificate' });
    list.that(
      about,
      record.items.some(({ bidder }) => bidder === word.bidder),
    );
  }
  list.that(
    { zh: '每个投标人只签到、确认一次', en: 'Each bidder signed in and confirmed once' },
    new Set(file.words.filter(({ word }) => word !== 'objected').map(({ word, bidder }) => canonical([word, bidder]))).size ===
      file.words.filter(({ word }) => word !== 'objected').length,
  );
  list.note({
    zh: '信任锚和接收时间取自文件本身；与日志的对应由证据包核验。',
    en: 'Trust anchors and times of receipt are the file’s own word; the evidence bundle ties them to the journal.',
  });
}

/** The reading followed the draw that the record names; without one, the order of the list, which is that of receipt. */
function checkOrder({ items, lot, reading }: RecordFile['record'], list: Checklist): void {
  const listed = items.filter(({ state }) => state === 'read');
  const read = [...listed].sort((a, b) => (a.order ?? 0) - (b.order ?? 0)).map(({ submission }) => submission);
  const received = listed.map(({ submission }) => submission);
  if (reading === undefined) {
    list.that({ zh: '按递交先后唱标', en: 'Bids were read as they were received' }, canonical(read) === canonical(received));
    return;
  }
  const says = { zh: '按抽签结果唱标，抽签可复算', en: 'Bids were read in the drawn order, and the draw can be recomputed' };
  const draw = verifyDraw(reading);
  list.that(says, draw.ok && draw.transcript.request.lot === lot && asksReadingOf(draw.transcript.request, received));
  list.that(says, canonical(read) === canonical(readingOrderOf(draw.transcript, received)));
}
