import type { Words } from '../kernel/words.ts';
import { copyWords } from '../openings/remedy.ts';
import type { Share } from '../sealing/council.ts';
import type { DrawTranscript } from '../sealing/draw.ts';
import { signerIn } from '../sealing/signature.ts';
import { saidOf } from '../securities/stated-reasons.ts';
import { partTitle } from '../tenders/envelopes.ts';
import {
  biddersOf,
  ceilingOf,
  commonOf,
  councilOf,
  deadlineOf,
  hashOf,
  offerOf,
  partyOf,
  receivedAt,
  sourceOf,
  termsOf,
} from './compose-facts.ts';
import { leftOut } from './compose-layers.ts';
import { ofPart } from './compose-turns.ts';
import { completedDraws, seedOf } from './draw-facts.ts';
import type { History, Told } from './history.ts';
import type { Names } from './names.ts';
import type { OpeningRecord } from './opening-record.ts';
import { attributions, invalidWords, noteWords } from './outcome-words.ts';

/** 开标记录: the whole session, from the snapshot of the deadline to the confirmation of the record. */
export function composeOpeningRecord(history: History, names: Names): OpeningRecord {
  const closed = sourceOf<'record.closed'>(history);
  const part = closed.data.part ?? 'whole';
  const started = history.all('opening.started').find((each) => each.data.part === part) ?? history.must('opening.started');
  const closing = history.must('bidding.closed');
  const { agent, tenderee } = history.must('notice.published').data;
  const council = councilOf(history);
  const gave = openingShares(history);
  return {
    ...commonOf(history, names, 'opening-record', sessionNumber(history, part)),
    ...(closed.data.part === undefined ? {} : { part: partTitle(closed.data.part) }),
    session: {
      openedAt: started.at,
      closedAt: closed.at,
      place: {
        zh: `网上开标大厅 ${names.address}/lots/${closed.subject.lot}/hall`,
        en: 'the online opening hall, open to the public',
      },
      host: partyOf(history, agent ?? tenderee).name,
      recorder: names.platform,
    },
    deadline: deadlineOf(history),
    ceiling: ceilingOf(history),
    closing: { origin: names.origin, size: closing.data.treeSize, root: closing.data.root },
    council: {
      name: council.name,
      threshold: council.threshold,
      trustees: council.trustees.map(({ index, name }) => ({ name, gaveAt: gave.find(({ data }) => data.trustee === index)?.at ?? null })),
    },
    transcript: transcriptHash(history, started, gave),
    record: closed.data.sha256,
    attendance: started.data.list.map(({ bidder, name }) => ({
      bidder: { name, code: bidder },
      signedInAt: history.all('opening.attended').find(({ index, data }) => index > started.index && data.bidder === bidder)?.at ?? null,
    })),
    ...readingOf(history, part),
    bids: bidsOf(history, started),
    invalid: leftOut(history, ofPart(part)).map((data) => {
      const { to, consequence } = attributions[data.attributedTo] ?? { to: { zh: '—', en: '—' }, consequence: '—' };
      return {
        bidder: biddersOf(history).get(data.submission) ?? partyOf(history, data.bidder),
        reason: invalidWords(data.reason),
        attributedTo: to,
        consequence,
      };
    }),
    ...securitiesOf(history, closed),
    ...remediesOf(history, part),
    ...notesOf(history, part),
    drawn: completedDraws(history, 'parameters').flatMap(({ request, completed }) => {
      const { parameters } = completed.data.transcript as DrawTranscript;
      return request.parameters.map(({ name, choices }) => ({
        name,
        choices: [...choices],
        choice: parameters[name] ?? '',
        digest: hashOf(request),
      }));
    }),
    objections: objectionsOf(history),
    signatures: [confirmation(history, closed), ...biddersWord(history, started)],
  };
}

/** Where there are several sessions each record has a number of its own; the only one has none. */
function sessionNumber(history: History, part: string): number | undefined {
  const { parts } = history.must('notice.published').data;
  return parts.length > 1 ? parts.indexOf(part) + 1 : undefined;
}

function bidsOf(history: History, started: Told<'opening.started'>): OpeningRecord['bids'] {
  const terms = termsOf(history);
  const sealed = new Map(started.data.list.map(({ submission, sha256 }) => [submission, sha256]));
  return history
    .all('bid.read')
    .filter(ofPart(started.data.part))
    .map(({ data }) => {
      const { period, quality, manager, security } = offerOf(terms, data.figures);
      return {
        order: data.order,
        bidder: { name: data.name, code: data.bidder },
        price: data.price === '' ? null : data.price,
        period,
        quality,
        manager,
        security,
        receivedAt: receivedAt(history, data.submission),
        sha256: sealed.get(data.submission) ?? '',
      };
    });
}

const securityForms: Readonly<Record<'transfer' | 'guarantee' | 'none', Words>> = {
  transfer: { zh: '转账', en: 'transfer' },
  guarantee: { zh: '保函', en: 'guarantee' },
  none: { zh: '无', en: 'none' },
};

/** How the securities stood as the record was closed: what the bank told after it is no matter of the session. */
function securitiesOf(history: History, closed: Told<'record.closed'>): Pick<OpeningRecord, 'securities'> {
  const stated = history
    .all('securities.stated')
    .filter(({ index }) => index < closed.index)
    .at(-1);
  if (!stated) return {};
  const list = stated.data.list.map(({ bidder, name, form, amount, counts, reason }) => ({
    bidder: { name, code: bidder },
    form: securityForms[form],
    amount,
    counts,
    says: saidOf(reason),
  }));
  return { securities: { asked: stated.data.asked, list } };
}

/** Sealed copies that were asked for, or handed in, under the remedy of the notice: one line a bid. */
function remediesOf(history: History, part: string): Pick<OpeningRecord, 'remedies'> {
  const events = history.all('remedy.awaited', 'remedy.applied').filter(({ data }) => data.part === part);
  const remedies = [...new Set(events.map(({ data }) => data.submission))].map((submission) => {
    const own = events.filter(({ data }) => data.submission === submission);
    const asked = own.find((each) => each.type === 'remedy.awaited');
    const applied = history.all('remedy.applied').findLast(({ data }) => data.part === part && data.submission === submission);
    const bidder = biddersOf(history).get(submission) ?? partyOf(history, own[0]?.data.bidder ?? '');
    return {
      bidder,
      says: applied ? copyWords[applied.data.kind] : missedCopy,
      askedAt: asked?.at ?? null,
      appliedAt: applied?.at ?? null,
      sha256: applied?.data.sha256 ?? null,
    };
  });
  return remedies.length === 0 ? {} : { remedies };
}
const missedCopy = { zh: '时限内未提交密封副本', en: 'no sealed copy came in time' };

/** How the order of reading came about: by the notice, and by the draw where there was one. */
function readingOf(history: History, part: string): Pick<OpeningRecord, 'reading'> {
  const order = history.must('notice.published').data.readingOrder;
  if (order === undefined) return {};
  const drawn = completedDraws(history, 'reading').find(({ requested }) => (requested.data.part ?? 'whole') === part);
  if (!drawn) return { reading: { order, draw: null } };
  const { request, completed } = drawn;
  return { reading: { order, draw: { completedAt: completed.at, digest: hashOf(request), seed: seedOf(drawn) } } };
}

/** What befell signers' certificates after the deadline; such bids are valid. */
function notesOf(history: History, part: string): Pick<OpeningRecord, 'notes'> {
  const notes = history
    .all('bid.opened')
    .filter(ofPart(part))
    .flatMap(({ data }) => {
      const bidder = biddersOf(history).get(data.submission) ?? partyOf(history, data.bidder);
      return data.note ? [{ bidder, says: noteWords[data.note.fall], at: data.note.at }] : [];
    });
  return notes.length === 0 ? {} : { notes };
}

/** The shares by which the bids were opened (not those of draws). */
function openingShares(history: History): readonly Told<'share.given'>[] {
  const task = history.last('opening.combined')?.data.task;
  return history.all('share.given').filter(({ data }) => data.task === task);
}

/** SHA-256 of the JCS of the public opening transcript (protocol §6), put together from what the journal holds. */
function transcriptHash(history: History, started: Told<'opening.started'>, gave: readonly Told<'share.given'>[]): string {
  const { part, list } = started.data;
  const bids = new Map(
    history.all('bid.received', 'bid.replaced').map(({ data }) => [(data.statement as { id: string }).id, data.envelopes]),
  );
  // under the bidders' own layers the council is asked for those whose layer is off, and for no others
  const closed = history.all('layers.closed').find(({ data }) => data.part === part);
  const asked = list.filter(({ submission }) => closed === undefined || closed.data.removed.includes(submission));
  const items = asked.map(({ submission, bidder, sha256 }) => {
    const head = bids.get(submission)?.find((each) => each.part === part);
    if (!head) throw new Error(`nothing tells how ${submission} was sealed`);
    return { submission, bidder, sha256, ephemeral: head.ephemeral, proof: head.proof };
  });
  const shares = [...gave]
    .sort((a, b) => a.data.trustee - b.data.trustee)
    .map(({ data }): Share => ({ trustee: data.trustee, evaluated: data.evaluated, proof: data.proof }));
  const { council: id } = history.must('notice.published').data;
  const council = history.all('council.formed').find(({ data }) => (data.council as { id: string }).id === id)?.data.council;
  return hashOf({ format: 'yangguang/opening/v1', lot: sourceOf(history).subject.lot, part, council, items, shares });
}

function objectionsOf(history: History): OpeningRecord['objections'] {
  return history
    .all('objection.raised')
    .filter(({ data }) => data.stage === 'opening')
    .map(({ at, data }) => ({
      by: data.name,
      raisedAt: at,
      text: data.text,
      answer: history.all('objection.answered').find((each) => each.data.objection === data.objection)?.data.answer ?? null,
    }));
}

/** Who confirmed the record: the host, or the platform when nobody did within the limit. */
function confirmation(history: History, closed: Told<'record.closed'>): OpeningRecord['signatures'][number] {
  const { by, sha256 } = closed.data;
  if (by === 'system')
    return {
      role: { zh: '平台按期确认', en: 'Confirmed by the platform, when due' },
      name: '平台时钟',
      signedAt: closed.at,
      mark: sha256,
    };
  const { name } = partyOf(history, by);
  return {
    role: { zh: '主持人确认', en: 'Confirmed by the host' },
    name: typeof name === 'string' ? name : name.zh,
    signedAt: closed.at,
    mark: sha256,
  };
}

const bidderConfirms = { zh: '投标人确认', en: 'Confirmed by the bidder' };
const bidderObjects = { zh: '投标人提出异议', en: 'Objected to by the bidder' };
const bidderSilent = { zh: '投标人逾期未表示，视为认可', en: 'The bidder signed nothing and is taken to agree' };

/** What each bidder signed over the record, with the serial of the certificate; who signed nothing is named too. */
function biddersWord(history: History, started: Told<'opening.started'>): OpeningRecord['signatures'] {
  const words = history.all('record.confirmed', 'record.objected');
  return started.data.list.flatMap(({ bidder, name }): OpeningRecord['signatures'] => {
    const own = words.filter(({ data }) => data.bidder === bidder);
    if (own.length === 0) return [{ role: bidderSilent, name, signedAt: null, mark: null }];
    return own.map(({ type, at, data }) => ({
      role: type === 'record.confirmed' ? bidderConfirms : bidderObjects,
      name,
      signedAt: at,
      mark: `${(data.statement as { record: string }).record} · ${signerIn(Buffer.from(data.signature, 'base64'))?.serial ?? '—'}`,
    }));
  });
}
