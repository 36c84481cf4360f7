import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../src/kernel/clock.ts';
import type { Language } from '../../src/kernel/words.ts';
import { html } from '../../views/html.ts';
import { galleryPage } from '../../views/parts/gallery.ts';
import * as part from '../../views/parts/index.ts';
import { sampleView } from './sample-view.ts';

const languages: readonly Language[] = ['zh', 'en'];
const zh = sampleView('zh');
const en = sampleView('en');

describe('the gallery', () => {
  it.each(languages)('keeps to the content security policy in %s: no style, no script, no handler in the markup', (lang) => {
    const page = String(galleryPage(sampleView(lang)));
    expect(page).not.toMatch(/\sstyle=/);
    expect(page).not.toMatch(/<style/);
    expect(page).not.toMatch(/\son[a-z]+=/);
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(page).not.toMatch(/javascript:/);
  });

  it.each(languages)('shows no unfilled place and nothing that is no text in %s', (lang) => {
    const page = String(galleryPage(sampleView(lang)));
    expect(page).not.toMatch(/undefined|\[object|NaN|\{[a-z]+\}/);
  });

  it.each(languages)('uses every id once in %s', (lang) => {
    const ids = [...String(galleryPage(sampleView(lang))).matchAll(/\sid="([^"]+)"/g)].map((found) => found[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says which language it is in', () => {
    expect(String(galleryPage(zh))).toContain('<html lang="zh-CN">');
    expect(String(galleryPage(en))).toContain('<html lang="en">');
  });
});

describe('the page frame', () => {
  const frame = (facts: Parameters<typeof sampleView>[1]) => String(galleryPage(sampleView('en', facts)));

  it('says sandbox on a sandbox and nothing on a real node', () => {
    expect(frame({})).toContain('Sandbox · time runs ×1440');
    expect(frame({ sandbox: null })).not.toContain('Sandbox');
  });

  it('claims agreement only when every witness signed this very checkpoint', () => {
    const at = '2026-11-28T06:07:20.000Z' as Instant;
    const checkpoint = { size: 9, root: 'cm9vdA', at, witnesses: 2 };
    expect(frame({ checkpoint: { ...checkpoint, agreeing: 2 } })).toContain('agrees with the witnesses');
    expect(frame({ checkpoint: { ...checkpoint, agreeing: 1 } })).not.toContain('agrees with the witnesses');
    expect(frame({ checkpoint: { ...checkpoint, witnesses: 0, agreeing: 0 } })).not.toContain('agrees with the witnesses');
  });

  it('switches the language and comes back to the same page', () => {
    const page = frame({ path: '/lots?phase=bidding&page=2' }).replaceAll('&#61;', '=').replaceAll('&#38;', '&');
    expect(page).toContain('href="/language?to=zh&back=%2Flots%3Fphase%3Dbidding%26page%3D2"');
  });

  it('carries the form token in every form', () => {
    const page = frame({ me: { name: '李文静', organisation: '宜昌明衡招标代理', role: 'agent' } });
    expect(page.match(/<form[^>]*method="post"/g)?.length).toBe(page.match(/name="_csrf" value="the-token"/g)?.length);
  });
});

describe('a field', () => {
  const price = { kind: 'money', name: 'price', label: { zh: '报价', en: 'Price' }, value: '980.00' } as const;

  it('shows what was typed, not what is stored, after a refusal, with the sentence beside it', () => {
    const problem = {
      name: 'x',
      title: { zh: '', en: '' },
      fields: [{ path: 'price', says: { zh: '高于最高限价。', en: 'Above the ceiling.' } }],
    };
    const shown = String(part.field(sampleView('en', { problem, values: { price: '1,200' } }), price));
    expect(shown).toContain('value="1,200"');
    expect(shown).toContain('aria-invalid="true"');
    expect(shown).toContain('aria-describedby="f-price-wrong"');
    expect(shown).toContain('id="f-price-wrong"><span>Above the ceiling.');
  });

  it('finds typed values and refusals under nested names', () => {
    const problem = { name: 'x', title: { zh: '', en: '' }, fields: [{ path: 'items.1.price', says: { zh: '必填。', en: 'Required.' } }] };
    const view = sampleView('en', { problem, values: { items: [{ price: '1' }, { price: 'two' }] } });
    const shown = String(part.field(view, { ...price, name: 'items[1][price]' }));
    expect(shown).toContain('value="two"');
    expect(shown).toContain('Required.');
    expect(String(part.field(view, { ...price, name: 'items[0][price]' }))).not.toContain('Required.');
  });

  it('writes the amount in capitals below', () => {
    expect(String(part.field(zh, price))).toContain('玖佰捌拾元整</output>');
    expect(String(part.field(zh, { ...price, value: 'abc' }))).toContain('></output>');
  });

  it('never sends a password back', () => {
    const view = sampleView('zh', { values: { password: 'secret' } });
    expect(String(part.field(view, { kind: 'password', name: 'password', label: { zh: '密码', en: 'Password' } }))).not.toContain('secret');
  });

  it('remembers that a box was not ticked', () => {
    const box = {
      kind: 'checkbox',
      name: 'open',
      label: { zh: '公开', en: 'Open' },
      says: { zh: '公开', en: 'Open' },
      value: true,
    } as const;
    expect(String(part.field(zh, box))).toContain(' checked');
    expect(String(part.field(sampleView('zh', { values: { other: '1' } }), box))).not.toContain(' checked');
  });
});

describe('time', () => {
  const at = (text: string) => text as Instant;

  it('is Beijing time: the day turns at 16:00 UTC', () => {
    expect(part.timeText('zh', at('2026-11-28T15:59:59.000Z'), 'full')).toBe('2026年11月28日 23:59:59');
    expect(part.timeText('zh', at('2026-11-28T16:00:00.000Z'), 'full')).toBe('2026年11月29日 00:00:00');
    expect(part.timeText('en', at('2026-12-31T16:00:00.000Z'), 'full')).toBe('1 Jan 2027, 00:00:00');
  });

  it('leaves the year out only within it', () => {
    expect(part.timeText('zh', at('2026-12-02T06:00:00.000Z'), 'minute', zh.now)).toBe('12月2日 14:00');
    expect(part.timeText('zh', at('2027-01-02T06:00:00.000Z'), 'minute', zh.now)).toBe('2027年1月2日 14:00');
  });

  it('says the two largest units and skips an empty second one', () => {
    expect(part.spanText('zh', 8 * 3_600_000 + 18 * 60_000 + 4000)).toBe('8 小时 18 分');
    expect(part.spanText('en', 86_400_000 + 59_000)).toBe('1 d');
    expect(part.spanText('en', -1)).toBe('0 s');
  });

  it('is over exactly at the deadline', () => {
    const countdown = (until: string) => String(part.countdown(en, { until: at(until), label: { zh: '截止', en: 'Deadline' } }));
    expect(countdown('2026-11-28T06:07:33.000Z')).toContain('>1 s<');
    expect(countdown('2026-11-28T06:07:32.000Z')).toContain('>Time is up<');
  });

  it('fills a datetime field with what it will send back', () => {
    expect(part.beijingInput(at('2026-12-02T06:00:00.000Z'))).toBe('2026-12-02T14:00');
  });
});

describe('a time limit', () => {
  const [from, until] = ['2027-01-09T01:30:00.000Z', '2027-01-12T01:30:00.000Z'] as Instant[] as [Instant, Instant];
  const limit = { label: { zh: '公示', en: 'Publicity' }, from, until, ground: { zh: '法定 3 日', en: '3 days by law' } };
  const before = '2027-01-12T01:29:59.999Z' as Instant;
  it('of a duty done at its first moment too late was missed, a millisecond before it was kept', () => {
    expect(String(part.timeLimit(en, { ...limit, done: until }))).toContain('overdue');
    expect(String(part.timeLimit(en, { ...limit, done: before }))).toContain('done in');
  });
  it('of a period is never overdue: it ends, whenever that was noticed', () => {
    for (const done of [null, until, '2027-02-01T00:00:00.000Z' as Instant]) {
      const shown = String(part.timeLimit({ ...en, now: '2027-02-01T00:00:00.000Z' as Instant }, { ...limit, kind: 'period', done }));
      expect(shown).toContain('ended');
      expect(shown).not.toContain('overdue');
    }
  });
});

describe('green', () => {
  const sealStates: readonly part.SealState[] = [
    'open',
    'sealed',
    'uploading',
    'uploaded',
    'submitted',
    'verified',
    'replaced',
    'withdrawn',
    'opened',
    'invalid',
  ];

  it('every state of a seal has its own sign and its own words, and only a verified receipt is called verified', () => {
    const shown = sealStates.map((state) => String(part.seal(en, state)));
    expect(new Set(shown.map((seal) => /#([a-z0-9-]+)"/.exec(seal)?.[1])).size).toBe(sealStates.length);
    expect(shown.filter((seal) => seal.includes('seal-verified')).length).toBe(1);
    expect(String(part.seal(en, 'submitted'))).not.toContain('seal-verified');
  });
});

describe('money', () => {
  it('groups thousands and always shows two places', () => {
    expect(part.amountText('18462700')).toBe('18,462,700.00');
    expect(part.amountText('0.5')).toBe('0.50');
    expect(part.amountText('999')).toBe('999.00');
    expect(part.amountText('1000')).toBe('1,000.00');
    expect(part.amountText('-1234.50')).toBe('-1,234.50');
    expect(part.amountText('12.345')).toBe('12.345');
  });
});

describe('a table', () => {
  const columns = [
    { label: { zh: '名', en: 'Name' }, cell: (row: { name: string }) => row.name, phone: 'head' as const },
    { label: { zh: '注', en: 'Note' }, cell: () => null },
  ];
  const caption = { zh: '表', en: 'Table' };

  it('keeps its roles, so that it is still a table when it looks like cards', () => {
    const shown = String(part.table(en, { caption, columns, rows: [{ name: '<甲>' }] }));
    for (const role of ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell']) expect(shown).toContain(`role="${role}"`);
    expect(shown).toContain('data-label="Name"');
    expect(shown).toContain('&#60;甲&#62;');
  });

  it('says why it is empty instead of standing there empty', () => {
    expect(String(part.table(en, { caption, columns, rows: [], empty: html`<p>none</p>` }))).toBe('<p>none</p>');
  });
});
