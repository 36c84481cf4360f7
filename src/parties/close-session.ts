import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { notSignedIn } from '../kernel/problem.ts';
import { signedInRoles } from './membership.ts';
import { digestOfToken } from './token.ts';

/** Ends the session of this token, which must be the actor's own. */
export const closeSession = act({
  name: 'close-session',
  by: signedInRoles,
  says: { zh: '退出', en: 'Sign out' },
  takes: z.object({ token: z.string() }),
  async run(call, { token }) {
    const closed = await call.em.execute<{ user: string }[]>('delete from session where id = ? and "user" = ? returning "user"', [
      digestOfToken(token),
      call.by.user,
    ]);
    if (closed.length === 0) throw notSignedIn();
    return { result: {}, facts: [fact('session.closed', { actor: call.by.user ?? '' }, {})] };
  },
});
