import { describe, expect, it } from '@jest/globals';
import { Fraction } from '../../src/kernel/fraction.ts';
import { addDays, day } from '../../src/kernel/working-days.ts';
import { editionById, editionInForce } from '../../src/rulebook/edition.ts';
import { lawAlone } from '../../src/rulebook/ground.ts';
import { sentence, typedValue, valueInWords } from '../../src/rulebook/parameter.ts';
import { newestParameter, parameter, parameterInForce, parameters, period } from '../../src/rulebook/parameters.ts';

const today = day('2026-11-22');

describe('Every figure is a dated row with its source', () => {
  it.each(parameters.map((row) => [row.key, row.inForceFrom, row] as const))('%s from %s is complete and readable', (_key, _from, row) => {
    expect(() => typedValue(row)).not.toThrow();
    for (const words of [row.source, row.says, row.bites]) {
      expect(words.zh).toMatch(/[\u4e00-\u9fff]|DA\/T/);
      expect(words.en).toMatch(/[A-Za-z]/);
      expect(words.en).not.toMatch(/[\u4e00-\u9fff]/);
    }
    expect(sentence(row).zh).not.toContain('{');
    expect(sentence(row).en).not.toContain('{');
    expect(row.inForceTo === null || row.inForceFrom < row.inForceTo).toBe(true);
  });

  it('has at most one row of a key in force on any day, and no gap between two', () => {
    for (const key of new Set(parameters.map((row) => row.key))) {
      const rows = parameters.filter((row) => row.key === key).sort((a, b) => (a.inForceFrom < b.inForceFrom ? -1 : 1));
      for (const [at, row] of rows.entries()) {
        const following = rows[at + 1];
        expect(row.inForceTo).toBe(following?.inForceFrom ?? null);
        expect(following === undefined || row.unit === following.unit).toBe(true);
      }
    }
  });

  it('answers each unit in its own type', () => {
    expect(parameter('con.bidPeriod.min', lawAlone(today))).toBe(20);
    expect(parameter('con.bond.maxAmount.works', lawAlone(today))).toBe(80_000_000n);
    expect(parameter('con.bond.maxRatio', lawAlone(today)).equals(Fraction.of(2, 100))).toBe(true);
    expect(parameter('con.committee.expertShare.min', today).equals(Fraction.of(2, 3))).toBe(true);
    expect(parameter('con.publicity.lastDay', today)).toBe('工作日');
    expect(period('con.award.determineBefore', day('2013-04-30'))).toEqual({ count: 30, unit: 'workday' });
  });

  it('takes the row of the day: Order 12 changed on 1 May 2013', () => {
    expect(parameter('con.award.determineBefore', day('2013-04-30'))).toBe(30);
    expect(parameter('con.award.determineBefore', day('2013-05-01'))).toBe(0);
    expect(newestParameter('con.award.determineBefore').value).toBe('0');
  });

  it('throws where nothing is in force: an act without its figure must not go on', () => {
    const { inForceFrom } = newestParameter('con.bidPeriod.min');
    expect(parameterInForce('con.bidPeriod.min', lawAlone(inForceFrom)).value).toBe('20');
    expect(() => parameter('con.bidPeriod.min', lawAlone(addDays(inForceFrom, -1)))).toThrow(RangeError);
  });

  it('reads as a sentence', () => {
    expect(sentence(newestParameter('con.bond.maxRatio')).en).toBe('a bid security is at most 2% of the estimated price');
    expect(valueInWords(newestParameter('con.threshold.works')).zh).toBe('4,000,000.00元');
    expect(valueInWords(newestParameter('con.perfBond.max')).en).toBe('10%');
    expect(valueInWords(newestParameter('con.committee.expertShare.min')).en).toBe('2/3');
  });
});

describe('A tender keeps the edition it was published under', () => {
  const edition = (id: string, inForceFrom: string, inForceTo: string | null) => ({
    id,
    inForceFrom: day(inForceFrom),
    inForceTo: inForceTo === null ? null : day(inForceTo),
    title: { zh: id, en: id },
  });
  const line = { id: 'toy', editions: [edition('toy/1', '2020-01-01', '2025-01-01'), edition('toy/2', '2025-01-01', null)] };

  it('finds the edition of a day, on both sides of the change', () => {
    expect(editionInForce(line, day('2024-12-31')).id).toBe('toy/1');
    expect(editionInForce(line, day('2025-01-01')).id).toBe('toy/2');
    expect(() => editionInForce(line, day('2019-12-31'))).toThrow(RangeError);
  });
  it('finds a pinned edition by its id, also when it is no longer in force', () => {
    expect(editionById(line, 'toy/1').id).toBe('toy/1');
    expect(() => editionById(line, 'toy/3')).toThrow(RangeError);
  });
});
