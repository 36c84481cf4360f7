import type { EventData } from '../journal/event.ts';
import type { Words } from '../kernel/words.ts';
import { partTitle } from '../tenders/envelopes.ts';
import { termsOf } from './compose-facts.ts';
import type { History, Told } from './history.ts';
import { invalidWords, rejectionWords } from './outcome-words.ts';

/** Papers of tenders whose envelopes are opened in turn: what the sessions told together, and who went no further. */

/** The session in which every bidder's first envelope was opened: where there is only one, that one. */
export function firstSession(history: History): Told<'opening.started'> {
  const [first] = history.all('opening.started');
  return first ?? history.must('opening.started');
}

/** Facts of one part's session; one that names no part is about the whole bid. */
export const ofPart =
  (part: string) =>
  ({ data }: { readonly data: { readonly part?: string | undefined } }): boolean =>
    (data.part ?? 'whole') === part;

/** The readings of the last session, each with the figures that were read of the bidder's earlier envelopes. */
export function readingsOf(history: History): readonly EventData<'bid.read'>[] {
  const all = history.all('bid.read');
  const last = history.must('opening.started').data.part;
  return all.filter(ofPart(last)).map(({ data }) => ({
    ...data,
    figures: Object.assign({}, ...all.filter((each) => each.data.submission === data.submission).map((each) => each.data.figures)),
  }));
}

export interface FellBefore {
  readonly submission: string;
  readonly bidder: string;
  readonly item: Words;
  readonly says: Words;
}

/** Bidders who did not pass an earlier envelope, with what the panel signed as the reason. */
export const fellBefore = (history: History): readonly FellBefore[] =>
  history.all('part.reported').flatMap(({ data }) =>
    data.failed.map(({ bid, bidder, reason }) => {
      const invalid = reason.startsWith('invalid:') ? invalidWords(reason.slice('invalid:'.length)) : null;
      const { item, says } =
        invalid === null
          ? rejectionWords(reason, termsOf(history).items)
          : { item: { zh: '信封无效', en: 'Envelope invalid' }, says: invalid };
      return { submission: bid, bidder, item: inPart(data.part, item), says: typeof says === 'string' ? { zh: says, en: says } : says };
    }),
  );

const inPart = (part: string, { zh, en }: Words): Words => ({ zh: `${partTitle(part).zh}：${zh}`, en: `${partTitle(part).en}: ${en}` });
