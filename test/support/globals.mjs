/** What a test file imports as `@jest/globals`: the words of the run it belongs to, handed in before it is loaded. */
export let afterAll;
export let afterEach;
export let beforeAll;
export let beforeEach;
export let describe;
export let expect;
export let it;
export let jest;

export function hand(words) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } = words);
}
