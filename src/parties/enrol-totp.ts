import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { signedInRoles } from './membership.ts';
import { machineSeconds } from './open-session.ts';
import { codeWrong, nothingProposed } from './problems.ts';
import { User } from './schema.ts';
import { acceptedStep } from './totp.ts';

/** The proposed secret becomes the account's when a code made with it comes back; that code is thereby spent. */
export const enrolTotp = act({
  name: 'enrol-totp',
  by: signedInRoles,
  says: { zh: '启用动态口令', en: 'Turn one-time codes on' },
  takes: z.object({ totp: z.string().max(20) }),
  async run(call, { totp }) {
    const user = await lock(call, User, call.by.user ?? '');
    if (!user.totpProposed) throw nothingProposed();
    const step = await acceptedStep(totp, user.totpProposed, await machineSeconds(call), null);
    if (step === null) throw codeWrong({ fields: [{ path: 'totp', says: codeWrong().title }] });
    user.totpSecret = user.totpProposed;
    user.totpProposed = null;
    user.totpStep = BigInt(step);
    return { result: {}, facts: [fact('credential.changed', { actor: user.id }, { what: 'totp' })] };
  },
});
