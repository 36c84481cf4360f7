import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { notFound } from '../kernel/problem.ts';
import { certificateSubject, holderOf } from './certify.ts';
import { signedInRoles } from './membership.ts';
import { alreadyRevoked } from './problems.ts';
import { revocationReasons } from './revocation.ts';
import { Certificate } from './schema.ts';

/** One's own organisation's certificates (or one's own), and any by the administrator. */
export const mayRevoke = (by: Call['by'], holder: string): boolean =>
  by.user !== null && (by.role === 'administrator' || holderOf(by).holder === holder);

/** Takes a certificate back, from this moment on: one's own organisation's (or one's own), or any by the administrator. */
export const revokeCertificate = act({
  name: 'revoke-certificate',
  by: signedInRoles,
  says: { zh: '吊销证书', en: 'Revoke a certificate' },
  takes: z.object({ serial: z.string().toLowerCase().max(64), reason: z.enum(revocationReasons) }),
  async run(call, { serial, reason }) {
    const certificate = await call.em.findOne(Certificate, { serial });
    if (certificate === null || !mayRevoke(call.by, certificate.holder)) throw notFound();
    const revoked = await call.em.execute<{ serial: string }[]>(
      'update certificate set revoked_at = ?, revoked_for = ? where serial = ? and revoked_at is null returning serial',
      [call.now, reason, serial],
    );
    if (revoked.length === 0) throw alreadyRevoked();
    const revocation = fact('certificate.revoked', certificateSubject(call, certificate), { serial, reason });
    return { result: { serial, revokedAt: call.now, reason }, facts: [revocation] };
  },
});
