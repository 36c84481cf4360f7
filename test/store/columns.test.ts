import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEntity } from '@mikro-orm/postgresql';
import { type Instant, parseInstant } from '../../src/kernel/clock.ts';
import { bytes, decimal, fen, id, instant, oneOf, text } from '../../src/kernel/columns.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const SampleSchema = defineEntity({
  name: 'Sample',
  tableName: 'sample',
  properties: {
    id: id(),
    price: fen(),
    closesAt: instant(),
    awardedAt: instant().nullable(),
    digest: bytes(),
    rate: decimal(9, 4),
    note: text(),
    kind: oneOf(['open', 'shut']),
  },
});
class Sample extends SampleSchema.class {}
SampleSchema.setClass(Sample);

const at = (text: string): Instant => parseInstant(text) as Instant;
const sample = {
  id: '019ac1f0-0000-7000-8000-000000000001',
  price: 123_456_789_012_345_678n,
  closesAt: at('2026-11-22T13:30:00.120+08:00'),
  awardedAt: null,
  digest: new Uint8Array([0, 1, 255]),
  rate: '0.0350',
  note: '宜昌市',
  kind: 'open' as const,
};

describe('columns', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase({ entities: [Sample], asOwner: true });
    await database.orm.schema.create();
    const em = database.em();
    em.create(Sample, sample);
    await em.flush();
  });
  afterAll(() => database.close());

  it('give back exactly what was stored', async () => {
    const found = await database.em().findOneOrFail(Sample, sample.id);
    expect({ ...found }).toMatchObject(sample);
    expect(found.closesAt).toBe('2026-11-22T05:30:00.120Z');
    expect(found.digest).toEqual(sample.digest);
  });

  it('see no change where there is none, and one where there is', async () => {
    const em = database.em();
    const found = await em.findOneOrFail(Sample, sample.id);
    found.price = BigInt(sample.price);
    found.closesAt = at('2026-11-22T05:30:00.120Z');
    found.digest = new Uint8Array([0, 1, 255]);
    em.getUnitOfWork().computeChangeSets();
    expect(em.getUnitOfWork().getChangeSets()).toHaveLength(0);
    found.digest = new Uint8Array([0, 1, 254]);
    found.closesAt = at('2026-11-22T05:30:00.121Z');
    em.getUnitOfWork().computeChangeSets();
    expect(Object.keys(em.getUnitOfWork().getChangeSets()[0]?.payload ?? {}).sort()).toEqual(['closesAt', 'digest']);
  });

  it('can be searched and sorted as what they mean', async () => {
    const em = database.em();
    expect(await em.count(Sample, { closesAt: { $lte: at('2026-11-22T05:30:00.120Z') }, price: { $gt: 123_456_789_012_345_677n } })).toBe(
      1,
    );
    expect(await em.count(Sample, { closesAt: { $lt: at('2026-11-22T05:30:00.120Z') } })).toBe(0);
  });

  it('write money into JSON as text', async () => {
    const found = await database.em().findOneOrFail(Sample, sample.id);
    expect(JSON.parse(JSON.stringify(found))).toMatchObject({
      price: '123456789012345678',
      closesAt: '2026-11-22T05:30:00.120Z',
      rate: '0.0350',
    });
  });

  it('refuse a word that is not one of them', async () => {
    await expect(database.em().execute(`update sample set kind = 'ajar'`)).rejects.toThrow('check');
  });

  it('leave no difference between the declaration and the table', async () => {
    expect(await database.orm.schema.getUpdateSchemaSQL({ safe: true, wrap: false })).toBe('');
  });
});
