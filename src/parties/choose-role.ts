import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { notFound, notSignedIn } from '../kernel/problem.ts';
import { signedInRoles } from './membership.ts';
import { rolesOf } from './reads.ts';
import { digestOfToken } from './token.ts';

/** Goes on in the same session under another of one's roles. A role somebody else holds is `not-found`. */
export const chooseRole = act({
  name: 'choose-role',
  by: signedInRoles,
  says: { zh: '切换角色', en: 'Choose a role' },
  takes: z.object({ token: z.string(), membership: z.string().max(64) }),
  async run(call, { token, membership }) {
    const held = (await rolesOf(call.em, call.by.user ?? '')).find((role) => role.membership === membership);
    if (!held) throw notFound();
    const changed = await call.em.execute<{ user: string }[]>(
      'update session set membership = ? where id = ? and "user" = ? returning "user"',
      [held.membership, digestOfToken(token), call.by.user],
    );
    if (changed.length === 0) throw notSignedIn();
    return { result: held, facts: [fact('role.chosen', { actor: call.by.user ?? '' }, { role: held.role })] };
  },
});
