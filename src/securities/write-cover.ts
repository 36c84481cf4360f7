import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { newId } from '../kernel/ids.ts';
import { stateMovedOn } from '../kernel/problem.ts';
import { randomBytes } from '../sealing/digest.ts';
import { places } from './accounts.ts';
import { Guarantee, SecurityAccount, SecurityCover } from './schema.ts';
import { chanceIndex, coverRow, fileBlock } from './secret.ts';

/** On average one in so many minutes, as long as there is anything to cover. */
const meanMinutes = 40;
/** One in so many looks like a guarantee, the others like a number that was given. */
const guaranteeOneIn = 8;

/** A number below 1 and above 0, of chance. */
const chance = (): number => (randomBytes(4).reduce((sum, byte) => sum * 256 + byte, 0) + 0.5) / 2 ** 32;

/** Moments without memory: from none of them can the next be foretold, so that one more or fewer is not seen. */
const nextAt = (now: Instant): Instant => later(now, Math.ceil(-Math.log(chance()) * meanMinutes * 60_000));

/**
 * Writes rows that mean nothing, as asking for a number or lodging a guarantee writes them: into the same tables, of the same length, with an entry in the journal. Whoever copies
 * the tables sees hundreds of them and not how many are true.
 */
export const writeCover = act({
  name: 'write-cover',
  by: ['system'],
  says: { zh: '写入掩护记录', en: 'Write cover' },
  takes: z.object({}),
  async run(call) {
    const plan = await call.em.findOne(SecurityCover, { id: 1 });
    if (plan && call.now < plan.dueAt) throw stateMovedOn();
    const dueAt = nextAt(call.now);
    if (plan) plan.dueAt = dueAt;
    else call.em.create(SecurityCover, { id: 1, dueAt });
    if (chance() * guaranteeOneIn < 1) coverGuarantee(call);
    else coverAccount(call);
    return { result: {}, facts: [fact('cover.written', {}, {})] };
  },
});

function coverAccount({ em, now }: Call): void {
  const id = newId(now);
  em.create(SecurityAccount, { id, holderIndex: chanceIndex(), numberIndex: chanceIndex(), sealed: coverRow(places.account(id)) });
}

function coverGuarantee({ em, now }: Call): void {
  const id = newId(now);
  em.create(Guarantee, {
    id,
    holderIndex: chanceIndex(),
    guaranteeIndex: chanceIndex(),
    sealed: coverRow(places.guarantee(id)),
    sealedFile: coverRow(places.guaranteeFile(id), fileBlock),
  });
}

clockwork({
  name: 'cover',
  act: writeCover,
  async due(em, now) {
    const [row] = await em.execute<{ due: boolean }[]>(
      `select exists (select from lot where phase = 'bidding' and terms -> 'lodging' is not null)
         and not exists (select from security_cover where due_at > ?) as due`,
      [now],
    );
    return row?.due ? [{}] : [];
  },
});
