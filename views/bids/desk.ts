import type { OwnBids } from '../../src/bids/reads.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { pageHead } from '../parts/index.ts';
import type { View } from '../view.ts';

/** The bid desk of one bidder for one lot: where it stands, and the five steps of a bid. */
export function bidDeskPage({ lot }: OwnBids, view: View): Html {
  return layout(view, {
    title: lot.name,
    main: html`${pageHead(view, { title: lot.name, above: lot.number, back: { href: `/lots/${lot.id}`, label: lot.name } })}`,
  });
}
