import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { signedInRoles } from './membership.ts';
import { hashPassword, passwordMatches, refusalOfPassword } from './password.ts';
import { sharedAccount, wrongPassword } from './problems.ts';
import { User } from './schema.ts';
import { forgetTries } from './throttle.ts';
import { digestOfToken } from './token.ts';

/** Changes one's own password; every other session of the account ends. Who performs this counts the try first, as for signing in. */
export const changePassword = act({
  name: 'change-password',
  by: signedInRoles,
  says: { zh: '修改密码', en: 'Change the password' },
  takes: z.object({ token: z.string(), password: z.string().max(512), newPassword: z.string().max(512) }),
  async run(call, command) {
    const user = await lock(call, User, call.by.user ?? '');
    if (user.demonstrationPassword) throw sharedAccount();
    if (!(await passwordMatches(command.password, user.passwordHash)))
      throw wrongPassword({ fields: [{ path: 'password', says: wrongPassword().title }] });
    const refusal = refusalOfPassword({ password: command.newPassword, login: user.login, field: 'newPassword' });
    if (refusal) throw refusal;
    user.passwordHash = await hashPassword(command.newPassword);
    await call.em.execute('delete from session where "user" = ? and id <> ?', [user.id, digestOfToken(command.token)]);
    await forgetTries(call.em, user.login, call.by.address);
    return { result: {}, facts: [fact('credential.changed', { actor: user.id }, { what: 'password' })] };
  },
});
