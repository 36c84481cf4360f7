import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lines } from '../../src/lines/index.ts';
import { inTheWordsOf } from '../../src/tenders/vocabulary.ts';

const vocabularies = lines.flatMap(({ procedures }) =>
  procedures.flatMap(({ editions }) => editions.flatMap(({ wording }) => wording.vocabulary ?? [])),
);

describe('The words of a trade', () => {
  it('leave the names of places to fill alone: what is put in there is found by them', () => {
    expect(vocabularies.length).toBeGreaterThan(0);
    for (const vocabulary of vocabularies) {
      const [term = ''] = vocabulary.en.find(([from]) => from === 'tenderee') ?? [];
      expect(term).toBe('tenderee');
      const { en } = inTheWordsOf(vocabulary, { zh: '{tenderee}', en: 'The tenderee is {tenderee}.' });
      expect(en).toMatch(/^The (buyer|purchaser) is \{tenderee\}\.$/);
    }
  });
  it('change no place whatever the text around it', () => {
    const terms = vocabularies.flatMap(({ zh, en }) => [...zh, ...en]).map(([from]) => from);
    const piece = fc.oneof(fc.constantFrom(...terms), fc.constantFrom('{tenderee}', '{bidder}', '{award}', '{n}'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom(...vocabularies), (pieces, vocabulary) => {
        const text = pieces.join(' ');
        const put = inTheWordsOf(vocabulary, { zh: text, en: text });
        for (const said of [put.zh, put.en]) expect(said.match(/\{\w+\}/g)).toEqual(text.match(/\{\w+\}/g));
      }),
    );
  });
});
