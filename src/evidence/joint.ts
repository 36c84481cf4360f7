import { clashesOf } from '../bids/joint.ts';
import { canonical } from '../kernel/bytes.ts';
import type { Checklist } from './checks.ts';
import type { History } from './history.ts';

/** Several who bid as one (protocol §4): whoever stands behind more than one bid was named at the opening, and none of those bids was ranked. */
export function checkJointBids(history: History, list: Checklist): void {
  const [first] = history.one('notice.published')?.data.parts ?? ['whole'];
  const opened = history.all('bid.opened').filter(({ data }) => (data.part ?? first) === first);
  const stated = history.all('bids.clashed').map(({ data }) => data);
  if (stated.length === 0 && opened.every(({ data }) => data.members === undefined)) return;
  const found = clashesOf(
    opened.map(({ data: { submission, bidder, members = [] } }) => ({ submission, bidder, members: members.map(({ code }) => code) })),
  );
  const sorted = (clashes: typeof found) =>
    clashes.map(({ organisation, submissions }) => `${organisation} ${[...submissions].sort().join(' ')}`).sort();
  // while some are still sealed nothing can be said yet
  const due = history.has('bid.read') || stated.length > 0;
  list.that(
    { zh: '同一单位参加的多份投标均已指明', en: 'Every organisation behind several bids was named' },
    !due || canonical(sorted(found)) === canonical(sorted(stated)),
  );
  const out = new Set(found.flatMap(({ submissions }) => submissions));
  const ranked = history.all('evaluation.concluded').flatMap(({ data }) => rowsIn(data.bundle));
  list.that(
    { zh: '同一单位参加的多份投标均未进入排序', en: 'None of the bids of one organisation behind several was ranked' },
    !ranked.some((bid) => out.has(bid)),
  );
}

/** Bids that a result ranks; a result that cannot be read is judged elsewhere. */
function rowsIn(bundle: unknown): readonly string[] {
  const { result } = (bundle ?? {}) as { result?: { rows?: readonly { bid?: unknown }[] } };
  return (result?.rows ?? []).flatMap(({ bid }) => (typeof bid === 'string' ? [bid] : []));
}
