import { z } from 'zod';
import { sandboxPage } from '../../views/openness/sandbox.ts';
import type { View } from '../../views/view.ts';
import { setClock } from '../journal/set-clock.ts';
import { at, words } from '../kernel/answer.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { instantField } from '../kernel/clock-fields.ts';
import { endpoint, type Visit } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { notFound, problem } from '../kernel/problem.ts';
import { isSandbox } from '../parties/reads.ts';
import { emptyOr, none } from './answers.ts';
import { clockOf } from './node-reads.ts';
import { momentsAhead } from './sandbox-reads.ts';

const nothingAhead = problem('nothing-ahead', 'conflict', '前面没有可以跳到的时点。', 'There is no moment ahead to go to.');

endpoint({
  name: 'show-sandbox',
  method: 'get',
  path: '/sandbox',
  says: { zh: '演示时钟与前面的时点（仅演示环境）', en: 'The sandbox’s clock and the moments ahead (sandbox only)' },
  by: 'anyone',
  params: none,
  query: z.object({ lot: emptyOr(idField) }),
  body: none,
  answer: z.object({
    now: at,
    rate: z.number(),
    moments: z.array(z.object({ lot: z.string(), number: z.string(), name: z.string(), what: words, at })),
  }),
  handle: async ({ em, now }, { query }) => {
    if (!(await isSandbox(em))) throw notFound();
    return { ...(await clockOf(em)), moments: [...(await momentsAhead(em, now, query.lot ?? null, 20))] };
  },
  page: (answer, view: View) => sandboxPage(view, answer),
});

const steps = { hour: 3_600_000, day: 24 * 3_600_000, week: 7 * 24 * 3_600_000 } as const;

const clockBody = z.object({
  at: emptyOr(instantField),
  rate: emptyOr(z.coerce.number().min(0).max(100_000)),
  /** `next`: the next moment of the lot, or of any lot; else so much later */
  to: emptyOr(z.enum(['next', 'hour', 'day', 'week'])),
  lot: emptyOr(idField),
});

endpoint({
  name: 'set-clock',
  method: 'post',
  path: '/sandbox/clock',
  says: setClock.says,
  by: 'anyone',
  params: none,
  query: none,
  body: clockBody,
  answer: z.object({ realAt: at, virtualAt: at, rate: z.number() }),
  handle: async (visit, { body }) => {
    const target = body.at ?? (await aheadOf(visit, body));
    const { result } = await visit.perform(setClock, {
      ...(target ? { at: target } : {}),
      ...(body.rate === undefined ? {} : { rate: body.rate }),
    });
    return result;
  },
  goTo: () => '/sandbox',
  form: () => '/sandbox',
});

async function aheadOf({ em, now }: Visit, { to, lot }: z.infer<typeof clockBody>): Promise<Instant | null> {
  if (to === undefined) return null;
  if (to !== 'next') return later(now, steps[to]);
  const [next] = await momentsAhead(em, now, lot ?? null, 1);
  if (!next) throw nothingAhead();
  return next.at;
}
