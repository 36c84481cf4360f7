import type { Instant } from '../../src/kernel/clock.ts';
import { capitals, parseYuan } from '../../src/kernel/money.ts';
import type { Language } from '../../src/kernel/words.ts';
import { type View, type ViewFacts, viewOf } from '../../views/view.ts';

/** A view as the web room makes it, without a web room. */
export function sampleView(lang: Language, facts: Partial<ViewFacts> = {}): View {
  return viewOf({
    lang,
    now: '2026-11-28T06:07:32.000Z' as Instant,
    me: null,
    sandbox: { rate: 1440 },
    csrf: 'the-token',
    path: '/parts',
    problem: null,
    values: {},
    checkpoint: {
      size: 48219,
      root: '7Q2fK1m0sXvB5yT8wLrZ4cNdHgJeAoPiUuVtRbQxMk0=',
      at: '2026-11-28T06:07:20.000Z' as Instant,
      agreeing: 2,
      witnesses: 2,
    },
    asset: (name) => `/assets/${name}`,
    integrity: (name) => `sha256-${name}`,
    capitals: (yuan) => {
      const amount = parseYuan(yuan);
      return amount === undefined ? null : capitals(amount);
    },
    ...facts,
  });
}
