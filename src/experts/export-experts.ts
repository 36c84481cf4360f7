import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { exportTooLong } from './problems.ts';
import { ExpertSheet } from './schema.ts';
import { exportedCount } from './sheet-reads.ts';
import { statuses } from './standing.ts';

const maybe = <T>(field: z.ZodType<T>) => z.preprocess((given) => (given === '' ? undefined : given), field.optional());

export const exportFields = z.object({
  line: maybe(z.string().max(20)),
  specialty: maybe(z.string().regex(/^[ABC](\d{2}){0,3}$/, '专业代码如 A08、A080301。 | A specialty is a code such as A08 or A080301.')),
  region: maybe(
    z.string().regex(/^\d{2,6}$/, '行政区划代码或其前几位，如 42、4205。 | A region code or how it begins, such as 42 or 4205.'),
  ),
  status: maybe(z.enum(statuses)),
  format: z.enum(['xlsx', 'csv']),
});

export const exportedMost = 50_000;

/** Gives a part of the pool out as a table, identity data masked. It lists people by name, so it is done on record; the file is made when it is fetched. */
export const exportExperts = act({
  name: 'export-experts',
  by: ['administrator', 'regulator'],
  says: { zh: '导出专家表格', en: 'Give out a table of experts' },
  takes: exportFields,
  async run(call, fields) {
    const filters = Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
    const rows = await exportedCount(call.em, filters);
    if (rows > exportedMost) throw exportTooLong();
    const sheet = call.em.create(ExpertSheet, {
      id: newId(call.now),
      kind: 'export',
      by: call.by.user ?? '',
      at: call.now,
      name: '',
      filters,
      rows,
      stored: 0,
      known: 0,
      wrong: 0,
    });
    return { result: { sheet: sheet.id, rows }, facts: [fact('experts.exported', {}, { sheet: sheet.id, filters, rows })] };
  },
});
