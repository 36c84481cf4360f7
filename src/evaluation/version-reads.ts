import type { EntityManager } from '@mikro-orm/postgresql';
import type { Words } from '../kernel/words.ts';
import { signerIn } from '../sealing/signature.ts';
import type { LotTerms } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import type { DeskAnswer, DeskVersion } from './answers.ts';
import { type EvaluationBundle, evaluationShape } from './bundle.ts';
import { maskWords, outWords } from './mask.ts';
import { type Ranking, rank } from './rank.ts';
import { differencesOf, type ReopeningOrder, reopeningGrounds } from './reopening.ts';
import { type EvaluationReport, EvaluationVersion, PanelMember } from './schema.ts';

interface Seen {
  readonly lot: Lot;
  readonly terms: LotTerms;
  readonly reader: DeskAnswer['reader'];
  /** the report that stands, for a reader who may see its result */
  readonly report: EvaluationReport | null;
  readonly names: ReadonlyMap<string, string>;
}

/** The versions of a report that were evaluated again, newest first, each beside what followed it; for readers who may know it. */
export async function versionsOf(em: EntityManager, seen: Seen): Promise<DeskVersion[]> {
  const { lot, reader } = seen;
  const rows = await em.find(EvaluationVersion, { lot: lot.id }, { orderBy: { version: 'desc' } });
  // what was public of one stays so; to the public an unpublished one is told with the result that followed it
  const shown = rows.filter((row) => reader !== 'public' || row.candidatesAt || lot.candidatesAt);
  if (shown.length === 0) return [];
  const members = await em.find(PanelMember, { lot: lot.id });
  const maskOf = (id: string): Words => maskWords(members.find((member) => member.id === id)?.mask ?? '—');
  return shown.map((row) => {
    const bundle = evaluationShape.parse(row.bundle);
    const later = rows.find((each) => each.version === row.version + 1);
    const next = later?.bundle ?? seen.report?.bundle;
    return {
      version: row.version,
      sha256: row.sha256,
      concludedAt: row.concludedAt,
      reportedAt: row.reportedAt,
      reopenedAt: row.reopenedAt,
      ...orderWords(row.order, seen),
      ...outcomeOf(bundle, seen),
      changes: next === undefined ? null : changesBetween(bundle, evaluationShape.parse(next), seen, maskOf),
    };
  });
}

function orderWords({ ground, reference, explanation, signature, bids, items, criteria }: ReopeningOrder, { terms, names }: Seen) {
  const { says, source } = reopeningGrounds[ground];
  return {
    ground: says,
    source,
    reference,
    explanation,
    signedBy: (signature && signerIn(Buffer.from(signature, 'base64'))?.subject.commonName) || null,
    scope: {
      bids: bids.map((bid) => names.get(bid) ?? bid),
      items: [...items, ...criteria].map((id) => titleIn(terms, id)),
    },
  };
}

function outcomeOf(bundle: EvaluationBundle, { names, terms }: Seen): Pick<DeskVersion, 'rows' | 'rejected'> {
  const computed = rank(bundle);
  if (!computed.ok) throw new Error(`a stored version has no result: ${computed.error} ${computed.about}`);
  const result: Ranking = computed.value;
  const nameOf = (bid: string): string => names.get(bid) ?? bid;
  return {
    rows:
      result.outcome === 'ranked'
        ? result.rows.map((row) => ({
            rank: row.rank,
            name: nameOf(row.bid),
            total: bundle.method.rank === 'score' ? row.total : row.evaluatedPrice,
            candidate: result.candidates.includes(row.bid),
          }))
        : [],
    rejected: result.rejected.map(({ bid, reason }) => ({ name: nameOf(bid), reason: outWords(reason, terms.items) })),
  };
}

/** Of many changes of one kind (a replaced member's whole sheet) so many are listed. */
const mostChanges = 200;

function changesBetween(
  before: EvaluationBundle,
  after: EvaluationBundle,
  { names, terms }: Seen,
  maskOf: (id: string) => Words,
): NonNullable<DeskVersion['changes']> {
  return differencesOf(before, after)
    .slice(0, mostChanges)
    .map(({ reviewer, bid, of, before: was, after: is }) => ({
      mask: reviewer === null ? { zh: '—', en: '—' } : maskOf(reviewer),
      bid: bid === null ? '—' : (names.get(bid) ?? bid),
      about: titleIn(terms, of),
      before: was,
      after: is,
    }));
}

const titleIn = ({ items, criteria }: LotTerms, id: string): Words =>
  [...items, ...criteria].find((each) => each.id === id)?.title ?? { zh: id, en: id };
