import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { signedInRoles } from './membership.ts';
import { passwordMatches } from './password.ts';
import { sharedAccount, wrongPassword } from './problems.ts';
import { User } from './schema.ts';
import { forgetTries } from './throttle.ts';
import { newSecret } from './totp.ts';

/**
 * Makes a fresh one-time-code secret and shows it; it counts only once a code made with it has come back (`enrol-totp`). The password is asked for,
 * so that a session left open cannot lock its owner out. Who performs this counts the try first.
 */
export const proposeTotp = act({
  name: 'propose-totp',
  by: signedInRoles,
  says: { zh: '生成动态口令密钥', en: 'Make a one-time-code secret' },
  takes: z.object({ password: z.string().max(512) }),
  async run(call, { password }) {
    const user = await lock(call, User, call.by.user ?? '');
    if (user.demonstrationPassword) throw sharedAccount();
    if (!(await passwordMatches(password, user.passwordHash)))
      throw wrongPassword({ fields: [{ path: 'password', says: wrongPassword().title }] });
    user.totpProposed = newSecret();
    await forgetTries(call.em, user.login, call.by.address);
    return { result: { secret: user.totpProposed }, facts: [fact('credential.changed', { actor: user.id }, { what: 'totp-proposed' })] };
  },
});
