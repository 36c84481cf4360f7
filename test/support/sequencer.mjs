import Sequencer from '@jest/test-sequencer';

/** The long ones first: where one of them comes last, the other worker has nothing left to do beside it. */
const long = /\/test\/(stories|browser|processes|cli|supervision)\//;

export default class LongFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return [...sorted.filter(({ path }) => long.test(path)), ...sorted.filter(({ path }) => !long.test(path))];
  }
}
