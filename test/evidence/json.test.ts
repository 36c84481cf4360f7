import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../src/evidence/json.ts';

describe('JSON with one meaning', () => {
  it('reads whatever JSON can say once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(parseJson(JSON.stringify(value, null, 1))?.value).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });
  it('refuses a member that stands twice, however it is written', () => {
    for (const text of [
      '{"a":1,"a":1}',
      '{"a":1,"\\u0061":2}',
      '{"x":[{"b":1, "c":{}, "b" :2}]}',
      '{"__proto__":1,"__proto__":2}',
      '{"a\\"":1,"a\\"":2}',
    ])
      expect(parseJson(text)).toBeUndefined();
  });
  it('is not misled by strings that look like members, nor by the same name elsewhere', () => {
    for (const text of ['{"a":"a\\":1","b":"a"}', '{"a":{"a":{"a":1}}}', '[{"a":1},{"a":1}]', '{"a":["a","a"]}', '{"a{":1,"a}":2,"a[":3}'])
      expect(parseJson(text)).toBeDefined();
  });
  it('refuses lone surrogates and what is no JSON', () => {
    for (const text of ['"\\ud800"', '{"\\udc00":1}', '', '{', 'NaN', '{"a":1,}', "{'a':1}"]) expect(parseJson(text)).toBeUndefined();
  });
});
