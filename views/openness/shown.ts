import type { PortalAnswer, ShownLot } from '../../src/openness/answers.ts';
import type { Portal, PortalLot } from '../portal.ts';
import type { View } from '../view.ts';

/** A lot as the front page lists it, with the page it leads to. */
export const portalLot = (view: View, { id, number, name, region, line, ceiling }: ShownLot, page = ''): PortalLot => ({
  href: `/lots/${id}${page}`,
  number,
  name,
  region: view.t(region),
  line,
  ceiling,
});

/** What the openness room answers, as the front page is given it. */
export function portalOf(view: View, answer: PortalAnswer): Portal {
  const { inSession, coming } = answer.openings;
  return {
    open: answer.open.map((lot) => ({ ...portalLot(view, lot), deadline: lot.deadline })),
    opening: [
      ...inSession.map((lot) => ({ ...portalLot(view, lot, '/hall'), at: lot.at, inSession: true })),
      ...coming.map((lot) => ({ ...portalLot(view, lot, '/hall'), at: lot.at, inSession: false })),
    ].slice(0, 8),
    results: answer.results.rows.map((row) => ({
      href: row.href,
      number: row.number,
      name: row.name,
      region: view.t(row.regionName),
      line: row.lineName,
      ceiling: null,
      says: row.kindTitle,
      winner: row.winner,
      price: row.price,
      at: row.at,
    })),
    counts: { open: answer.openTotal, results: answer.results.total },
    demonstration: answer.sandbox ? { href: '/session' } : null,
  };
}
