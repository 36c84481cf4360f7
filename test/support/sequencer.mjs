import { sep } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * The long ones first: where one of them comes last, the other worker has nothing left to do beside it. A fresh clone has measured nothing yet, and
 * the size of a file says little of its time: these are the files that took ten seconds and more on two quiet cores, the longest first (2026-11).
 * What is not named here comes after them, as jest itself orders it: by the last run's time, else by size.
 */
const longest = [
  'stories/construction',
  'stories/killed',
  'stories/envelopes',
  'stories/layers',
  'browser/bid',
  'browser/ceremony',
  'browser/evaluation',
  'evaluation/names',
  'evidence/mutation',
  'processes/start',
  'browser/hall',
  'custody/ceremony-program',
  'supervision/sealed',
  'evaluation/panel',
  'bids/secrecy',
  'browser/two-nodes',
  'evaluation/sealed-sheets',
  'store/embedded-postgres',
  'browser/layers',
  'browser/envelopes',
  'web/rights',
  'openness/evidence',
  'evidence/fifty-bids',
  'turns/three-envelopes',
  'lines/negotiation',
  'browser/offline',
  'sealing/large-bid',
  'lines/procurement',
  'papers/issued',
  'custody/program',
  'securities/securities',
];

const place = ({ path }) => {
  const at = longest.findIndex((name) => path.endsWith(['', 'test', ...`${name}.test.ts`.split('/')].join(sep)));
  return at < 0 ? longest.length : at;
};

export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.sort((one, other) => place(one) - place(other)); // stable: the rest stay as jest has them
  }
}
