import { fill, type Words } from '../kernel/words.ts';
import type { HallStatement } from '../openings/hall-statement.ts';
import { notRemoved } from '../openings/layer.ts';
import { readingPurpose } from '../openings/reading-draw.ts';
import { type OpeningRecordFile, type RecordItem, recordDigest } from '../openings/record.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { drawDigest, drawTranscriptShape } from '../sealing/draw.ts';
import type { Checklist } from './checks.ts';
import { sessionPurpose } from './draws.ts';
import { checkWord, serialIn } from './hall-words.ts';
import type { History, Placed } from './history.ts';
import { leftCovered } from './layers.ts';
import { fallOf } from './signers.ts';

/** What bidders signed in an opening session, and the record they signed (protocol §6). */

type SignedWord = Placed<'opening.attended' | 'record.confirmed' | 'record.objected'>;
const formatOf: Readonly<Record<SignedWord['type'], HallStatement['format']>> = {
  'opening.attended': 'yangguang/attendance/v1',
  'record.confirmed': 'yangguang/record-confirmation/v1',
  'record.objected': 'yangguang/record-objection/v1',
};

/** Attendance, confirmations and objections of a lot, from the journal alone; and that the record which was closed is the one the session made. */
export async function checkHall(history: History, list: Checklist, lot: string, anchors: readonly Certificate[]): Promise<void> {
  const parts = history.one('notice.published')?.data.parts ?? ['whole'];
  const digests = new Map<string, string | undefined>();
  const closings = new Map<string, Placed<'record.closed'>>();
  for (const part of parts) {
    const record = recordFrom(history, lot, part, parts.at(-1) === part);
    const digest = record && recordDigest(record);
    digests.set(part, digest);
    const [closed, ...more] = history.all('record.closed').filter(({ data }) => (data.part ?? 'whole') === part);
    if (closed === undefined) continue;
    closings.set(part, closed);
    list.that(
      { zh: '已确认的开标记录正是现场唱读和抽取的结果', en: 'The record that was closed is what was read and drawn in the session' },
      more.length === 0 && digest === closed.data.sha256,
    );
  }
  const words: SignedWord[] = history.all('opening.attended', 'record.confirmed', 'record.objected');
  for (const word of words) {
    const about = said(word);
    const statement = await checkWord({ ...word.data, at: word.at }, list, anchors, about);
    list.that(about, statement.format === formatOf[word.type] && statement.lot === lot);
    const fall = fallOf(history, await serialIn(word.data.signature, statement), word);
    list.that(about, fall === null, { zh: `证书此前已不能使用：${fall}`, en: `the certificate did not stand any more: ${fall}` });
    list.that(about, isListed(history, word.data.bidder), { zh: '不在开标名单中', en: 'not on the opening list' });
    if (statement.format === 'yangguang/attendance/v1')
      list.that(about, statement.root === history.one('bidding.closed')?.data.root, {
        zh: '不是对本次截标快照签名',
        en: 'signed for another closing',
      });
    else {
      const closed = closings.get(statement.part);
      list.that(about, statement.record === digests.get(statement.part) && (closed === undefined || word.index < closed.index), {
        zh: '签名对应的不是该开标记录',
        en: 'what was signed is not this record',
      });
    }
  }
}

const said = (word: SignedWord): Words =>
  fill(
    {
      'opening.attended': { zh: '事件 {index} 的签到由投标人签名', en: "Event {index}'s attendance is signed by the bidder" },
      'record.confirmed': { zh: '事件 {index} 的记录确认由投标人签名', en: "Event {index}'s confirmation is signed by the bidder" },
      'record.objected': { zh: '事件 {index} 的记录异议由投标人签名', en: "Event {index}'s objection is signed by the bidder" },
    }[word.type],
    { index: word.index },
  );

const isListed = (history: History, bidder: string): boolean =>
  history.all('opening.started').some(({ data }) => data.list.some((each) => each.bidder === bidder));

/** The record of a part's session as the journal tells it; undefined while something is still to be read, or the draw of the last part to be made. */
function recordFrom(history: History, lot: string, part: string, last: boolean): OpeningRecordFile | undefined {
  const started = history.all('opening.started').find(({ data }) => data.part === part);
  const here = (event: { readonly data: { readonly part?: string | undefined } }): boolean => (event.data.part ?? 'whole') === part;
  const drawn = completedFor(history, ({ data }) => data.purpose === sessionPurpose);
  const ordered = completedFor(history, (asked) => asked.data.purpose === readingPurpose && here(asked));
  if (started === undefined || (last && drawn === undefined)) return undefined;
  const reads = new Map(
    history
      .all('bid.read')
      .filter(here)
      .map(({ data }) => [data.submission, data]),
  );
  const invalid = new Map(
    history
      .all('bid.invalid')
      .filter(here)
      .map(({ data }) => [data.submission, data.reason]),
  );
  for (const submission of leftCovered(history)) invalid.set(submission, notRemoved);
  if (started.data.list.some(({ submission }) => !reads.has(submission) && !invalid.has(submission))) return undefined;
  return {
    format: 'yangguang/opening-record/v1',
    lot,
    part: started.data.part,
    items: started.data.list.map(({ submission, bidder, name = '' }): RecordItem => {
      const read = reads.get(submission);
      const order = read?.order ?? null;
      return {
        submission,
        bidder,
        name,
        state: read === undefined ? 'invalid' : 'read',
        reason: invalid.get(submission) ?? null,
        order,
        price: read?.price ?? null,
        figures: read?.figures ?? {},
      };
    }),
    ...(ordered && { reading: ordered.data.transcript }),
    draw: last ? (drawn?.data.transcript ?? null) : null,
  };
}

/** The completed draw that answers the first request of this kind. */
function completedFor(history: History, of: (asked: Placed<'draw.requested'>) => boolean): Placed<'draw.completed'> | undefined {
  const asked = history.all('draw.requested').find(of);
  return history.all('draw.completed').find(({ data }) => {
    const transcript = drawTranscriptShape.safeParse(data.transcript);
    return transcript.success && drawDigest(transcript.data.request) === asked?.data.digest;
  });
}
