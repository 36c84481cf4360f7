import { z } from 'zod';
import { act } from '../kernel/act.ts';
import { type Instant, instantOf, parseInstant } from '../kernel/clock.ts';
import { problem } from '../kernel/problem.ts';
import { fact } from './event.ts';

export const notASandbox = problem('not-a-sandbox', 'refused', '正式环境的时钟不能调整。', 'This is not a sandbox: its clock is the time.');
export const clockGoesBack = problem('clock-goes-back', 'refused', '时钟不能倒退。', 'The clock never goes back.');

/** Moves the sandbox's clock forward or changes its speed. The event lets every custodian reckon the same time by itself. */
export const setClock = act({
  name: 'set-clock',
  by: ['administrator', 'system', 'public', 'agent', 'bidder', 'tenderee', 'expert', 'regulator', 'centre', 'trustee', 'bank'],
  says: { zh: '调整演示时钟', en: 'Set the sandbox clock' },
  takes: z.object({
    at: z
      .string()
      .transform((text) => parseInstant(text))
      .pipe(z.custom<Instant>((value) => typeof value === 'string', '时间格式不正确 | Not a moment'))
      .optional(),
    rate: z.coerce.number().min(0).max(100_000).optional(),
  }),
  async run({ em, now }, { at, rate }) {
    const sandbox = await em.execute<{ sandbox: boolean }[]>('select sandbox from node');
    if (!sandbox[0]?.sandbox) throw notASandbox();
    if (at !== undefined && at < now) throw clockGoesBack();
    const rows = await em.execute<{ real: string; virtual: string; rate: number }[]>(
      'insert into sandbox_clock (virtual, rate) values (?::timestamptz, ?::double precision) returning real, virtual, rate',
      [at ?? null, rate ?? null],
    );
    const row = rows[0];
    if (!row) throw new Error('the clock was not set');
    const set = { realAt: instantOf(new Date(row.real)), virtualAt: instantOf(new Date(row.virtual)), rate: Number(row.rate) };
    return { result: set, facts: [fact('clock.set', {}, set)] };
  },
});
