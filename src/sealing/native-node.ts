import sodium from 'libsodium-wrappers-sumo';
import { useNodeSha256 } from './digest-node.ts';
import { type GroupEngine, nobleEngine, useEngine } from './group.ts';

/**
 * What Node and libsodium do faster than script, with the same results: for programs that open bids in bulk. Each calls this once when it starts.
 */
export async function useNative(): Promise<void> {
  useNodeSha256();
  try {
    await sodium.ready;
  } catch {
    return; // where WebAssembly may not run, script does the same, only slower
  }
  useEngine(sodiumEngine);
}

/**
 * The group in libsodium, some five times as fast as script and in constant time. What it does not answer (it refuses zero scalars and results that are
 * the identity) the library of the browser does, so that both engines agree on every input.
 */
const sodiumEngine: GroupEngine = {
  multiply: (scalar, element) =>
    either(
      () => sodium.crypto_scalarmult_ristretto255(scalar, element),
      () => nobleEngine.multiply(scalar, element),
    ),
  multiplyBase: (scalar) =>
    either(
      () => sodium.crypto_scalarmult_ristretto255_base(scalar),
      () => nobleEngine.multiplyBase(scalar),
    ),
  add: (a, b) =>
    either(
      () => sodium.crypto_core_ristretto255_add(a, b),
      () => nobleEngine.add(a, b),
    ),
  isElement: (bytes) => bytes.length === 32 && bytes.some((byte) => byte !== 0) && sodium.crypto_core_ristretto255_is_valid_point(bytes),
};

function either(fast: () => Uint8Array, sure: () => Uint8Array): Uint8Array {
  try {
    return fast();
  } catch {
    return sure(); // throws by itself where there is no answer
  }
}
