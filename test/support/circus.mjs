import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModuleMocker } from 'jest-mock';
import { hand } from './globals.mjs';

/**
 * Runs a test file in the worker's own world. Jest's usual way gives every file a world of its own, in which the whole program and all its libraries are loaded,
 * compiled and warmed up anew: that was more than half of the time of the suite. Here the program is loaded once a worker, as it is in production, by Node itself.
 * The price: what a file leaves behind in memory the next one meets. Databases, folders and servers are each file's own.
 */
const require = createRequire(import.meta.url);
const circus = join(dirname(require.resolve('jest-circus/package.json')), 'build/jestAdapterInit.js');
const timeout = Symbol.for('TEST_TIMEOUT_SYMBOL');
const handlers = Symbol.for('EVENT_HANDLERS');
const globals = new URL('./globals.mjs', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) => (specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context)),
});

export default async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // each file begins with an empty list of tests, and nobody of the file before listens
  delete require.cache[circus];
  delete globalThis[handlers];
  const { initialize, runAndTransformResultsToJestFormat } = require(circus);
  const mocker = new ModuleMocker(globalThis);
  const jest = {
    setTimeout: (milliseconds) => {
      globalThis[timeout] = milliseconds;
    },
    spyOn: mocker.spyOn.bind(mocker),
    getSeed: () => globalConfig.seed,
  };
  globalThis[timeout] = config.testTimeout ?? globalConfig.testTimeout;
  await initialize({
    config,
    environment,
    globalConfig,
    runtime,
    localRequire: require,
    parentProcess: process,
    sendMessageToJest,
    setGlobalsForRuntime: (made) => hand({ ...made, jest }),
    testPath,
  });
  const variables = { ...process.env };
  try {
    await import(pathToFileURL(testPath).href);
    return await runAndTransformResultsToJestFormat({ config, globalConfig, testPath, setupAfterEnvPerfStats: {} });
  } finally {
    mocker.restoreAllMocks();
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
  }
}
