import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakLines, setText, type Typeface, writable } from '../../src/papers/letters.ts';

/** Chinese characters a full size wide, others half; no glyph beyond the basic plane. */
const typeface: Typeface = {
  width: (text) => [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 1000 : 500), 0),
  has: (codePoint) => codePoint <= 0xffff,
};
const linesOf = (text: string, measure: number): string[] => breakLines(text, 10, 'regular', measure, typeface).map((line) => line.text);

describe('breaking lines', () => {
  it('breaks between Chinese characters where the line is full', () => {
    expect(linesOf('招标投标活动', 30)).toEqual(['招标投', '标活动']);
  });

  it('lets no line begin with a closing mark and none end with an opening one', () => {
    expect(linesOf('公开招标，公示', 40)).toEqual(['公开招', '标，公示']);
    expect(linesOf('招标人（盖章）', 40)).toEqual(['招标人', '（盖章）']);
  });

  it('keeps an amount, a date and a word whole', () => {
    expect(linesOf('金额1,234,567.00元', 60)).toEqual(['金额', '1,234,567.00', '元']);
    expect(linesOf('open tender notice', 60)).toEqual(['open tender', 'notice']);
  });

  it('cuts only what is wider than a whole line', () => {
    expect(linesOf('A'.repeat(25), 50)).toEqual(['A'.repeat(10), 'A'.repeat(10), 'A'.repeat(5)]);
  });

  it('gives every line and loses no character, whatever the text', () => {
    const character = fc.oneof(
      fc.constantFrom(...'招标（）：，。“”AZ09,.-_/ \n'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 120 }), fc.integer({ min: 20, max: 200 }), (characters, measure) => {
        const text = characters.join('');
        const lines = linesOf(text, measure);
        expect(lines.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
        for (const line of lines) {
          // one character may be wider than the measure; nothing else may
          if ([...line].length > 1) expect((typeface.width(line, 'regular') * 10) / 1000).toBeLessThanOrEqual(measure);
        }
      }),
    );
  });
});

describe('characters', () => {
  it('writes out a character without a glyph by its number, and says which', () => {
    expect(writable('向𠮷明', typeface)).toEqual({ text: '向〔U+20BB7〕明', missing: ['〔U+20BB7〕'] });
  });

  it('writes out what would reorder or hide text', () => {
    expect(writable('a\u202eb\u200d', typeface).text).toBe('a〔U+202E〕b〔U+200D〕');
  });

  it('leaves a name it can write alone', () => {
    expect(writable('艾米娜·吐尔逊', typeface)).toEqual({ text: '艾米娜·吐尔逊', missing: [] });
  });
});

describe('two languages', () => {
  it('sets the Chinese first, the English below it and smaller; a shared text once', () => {
    const style = { size: 10, colour: 'black', second: 'grey' };
    const both = setText({ zh: '公告', en: 'notice' }, style, 200, typeface);
    expect(both.map(({ text, size, colour }) => [text, size < 10, colour])).toEqual([
      ['公告', false, 'black'],
      ['notice', true, 'grey'],
    ]);
    expect(setText('E4205', style, 200, typeface)).toHaveLength(1);
  });
});
