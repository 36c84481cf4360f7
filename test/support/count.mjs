import { writeFileSync } from 'node:fs';

/** Leaves the numbers of a run for run.mjs. Not jest's own report: that is the whole of every error, and an error may hold itself. */
export default class Count {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests }) {
    const file = process.env.TEST_COUNT_FILE;
    if (file) writeFileSync(file, JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests }));
  }
}
