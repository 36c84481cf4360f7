import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attribute, classes, each, html, join, type Piece, raw, when } from '../../views/html.ts';

describe('markup', () => {
  it('escapes whatever text says, in content and in attributes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const made = String(html`<p title="${text}">${text}</p>`);
        const inner = made.slice('<p title="'.length, -'</p>'.length);
        expect(inner.replace(/">/, '')).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('keeps markup that was made here and refuses to take its shape for it', () => {
    expect(String(html`<p>${html`<b>${'a & b'}</b>`}</p>`)).toBe('<p><b>a &#38; b</b></p>');
    const forged = JSON.parse('{"markup":"<script>"}') as Piece;
    expect(() => String(html`${forged}`)).toThrow();
  });

  it('does not take an exclamation mark before a value for leave to skip the escaping', () => {
    expect(String(html`Attention!${'<b>'}`)).toBe('Attention!&#60;b&#62;');
  });

  it('shows nothing for null, undefined and false, and zero for zero', () => {
    expect(String(html`[${null}${undefined}${false}${0}${7n}]`)).toBe('[07]');
  });

  it('joins lists with a separator that is escaped like anything else', () => {
    expect(String(join(['a', null, 'b'], ' & '))).toBe('a &#38; b');
    expect(String(each([1, 2], (n) => html`<i>${n}</i>`))).toBe('<i>1</i><i>2</i>');
  });

  it('writes an attribute only when it has a value', () => {
    expect(String(html`<input${attribute('required', true)}${attribute('max', 9)}${attribute('min', null)}>`)).toBe(
      '<input required max="9">',
    );
    expect(String(attribute('title', '"><script>'))).toBe(' title="&#34;&#62;&#60;script&#62;"');
    expect(classes('a', false, null, 'b')).toBe('a b');
  });

  it('asks for the other branch only when it is needed', () => {
    expect(
      String(
        when(false, () => {
          throw new Error('not asked for');
        }),
      ),
    ).toBe('');
    expect(String(when(true, raw('<hr>')))).toBe('<hr>');
  });
});
