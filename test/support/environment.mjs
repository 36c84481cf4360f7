import { constants, createContext, runInContext } from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's own environment for Node, on a plain global object. Jest's lets every global name a test or the code under test mentions (`BigInt`, `Uint8Array`) go
 * through a proxy, some hundred times slower than a plain look-up: the arithmetic of a council ran eight times slower in a test than in the program.
 */
export default class PlainEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const plain = createContext(constants.DONT_CONTEXTIFY);
    const global = runInContext('globalThis', plain);
    for (const key of Reflect.ownKeys(this.global)) {
      const descriptor = Object.getOwnPropertyDescriptor(this.global, key);
      const own = Object.getOwnPropertyDescriptor(global, key);
      // what the language itself brings stays the context's own, so that `instanceof` holds inside it
      if (descriptor && own === undefined) Object.defineProperty(global, key, settled(global, key, descriptor));
    }
    for (const name of ['global', 'globalThis']) global[name] = global;
    // one constructor on both sides: Node's own functions hand these out
    for (const type of [Buffer, ArrayBuffer, Uint8Array]) global[type.name] = type;
    global.Error.stackTraceLimit = 100;
    this.context = plain;
    this.global = global;
  }

  async teardown() {
    await super.teardown();
    this.global = null; // else the whole of a finished test stays in memory
  }
}

/** Jest hands out what Node brings by getters, which settle on the global object they were made for: here they settle on ours, at the first look. */
function settled(global, key, descriptor) {
  if (descriptor.get === undefined || !descriptor.configurable) return descriptor;
  const settle = (value) => {
    Object.defineProperty(global, key, { value, writable: true, configurable: true, enumerable: descriptor.enumerable });
    return value;
  };
  return { configurable: true, enumerable: descriptor.enumerable, get: () => settle(descriptor.get.call(global)), set: settle };
}
