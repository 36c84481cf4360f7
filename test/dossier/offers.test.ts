import { describe, expect, it } from '@jest/globals';
import { dossierFindings, lastingDays, type Offer, offersFor, standingFor } from '../../src/dossier/offers.ts';
import { day } from '../../src/kernel/working-days.ts';
import { agreementKey } from '../../src/tenders/joint.ts';

const label = { zh: '项目负责人', en: 'Manager' };
const offer = (change: Partial<Offer>): Offer => ({
  entry: '019b0000-0000-7000-8000-000000000001',
  version: 1,
  sha256: 'a'.repeat(43),
  kind: 'licence',
  title: '某项',
  fields: {},
  validUntil: null,
  documents: [{ name: '证书.pdf', sha256: 'b'.repeat(43), bytes: 9 }],
  ...change,
});
const declaration = (title: string, text: string) => offer({ kind: 'declaration', title, fields: { text } });
const names = (found: ReturnType<typeof offersFor>) => found.map(({ offer: each, document }) => [each.title, document?.name ?? null]);

describe('What a dossier offers a field', () => {
  it('is an answer of the field’s own kind, and never a price, a period or a table', () => {
    const all = [offer({}), offer({ kind: 'person', fields: { name: '王工', number: '1' } }), declaration('承诺', '合格')];
    for (const kind of ['money', 'days', 'table'] as const) expect(offersFor({ key: 'x', kind, part: 'price', label }, all)).toEqual([]);
    expect(offersFor({ key: 'm', kind: 'person', part: 'technical', label }, all).map(({ values }) => values)).toEqual([
      { 'm.name': '王工', 'm.number': '1' },
    ]);
  });
  it('puts a declaration that bears the field’s name first, and answers a choice only with one of its options', () => {
    const texts = [declaration('质量承诺', '合格'), declaration('项目负责人', '优良')];
    expect(names(offersFor({ key: 't', kind: 'text', part: 'technical', label }, texts))[0]?.[0]).toBe('项目负责人');
    const options = [{ value: 'small', label: { zh: '小型企业', en: 'small' } }];
    const choice = { key: 'c', kind: 'choice', part: 'price', label, options } as const;
    expect(offersFor(choice, [declaration('企业规模', '小型企业'), declaration('别的', '大型')]).map(({ values }) => values)).toEqual([
      { c: 'small' },
    ]);
  });
  it('puts files only into papers of qualification, of the kinds taken there, and an agreement only where one is asked for', () => {
    const agreement = offer({ kind: 'joint', title: '协议' });
    const file = { kind: 'file', part: 'qualification', label, accept: ['.pdf'] } as const;
    expect(names(offersFor({ key: 'q', ...file }, [offer({}), agreement]))).toEqual([['某项', '证书.pdf']]);
    expect(names(offersFor({ key: agreementKey, ...file }, [offer({}), agreement]))).toEqual([['协议', '证书.pdf']]);
    expect(offersFor({ key: 'q', ...file, accept: ['.zip'] }, [offer({})])).toEqual([]);
    expect(offersFor({ key: 't', ...file, part: 'technical' }, [offer({})])).toEqual([]);
  });
});

describe('How long what is taken must last', () => {
  const days = lastingDays(day('2031-11-10'), 90);
  it.each([
    ['2031-11-09', 'expired', 'wrong'],
    ['2031-11-10', 'ends', 'doubt'],
    ['2032-02-07', 'ends', 'doubt'],
    ['2032-02-08', 'good', undefined],
    [null, 'good', undefined],
  ] as const)('valid until %s it is %s', (validUntil, standing, weight) => {
    const kept = offer({ validUntil });
    expect(standingFor(kept, days)).toBe(standing);
    expect(dossierFindings([{ field: 'q', entry: kept.entry, sha256: kept.sha256 }], [kept], days)[0]?.weight).toBe(weight);
  });
  it('what was changed or dropped since it was taken is told', () => {
    const kept = offer({});
    for (const offers of [[], [offer({ sha256: 'c'.repeat(43) })]])
      expect(dossierFindings([{ field: 'q', entry: kept.entry, sha256: kept.sha256 }], offers, days)).toMatchObject([{ weight: 'doubt' }]);
  });
});
