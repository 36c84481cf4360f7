import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { notFound } from '../kernel/problem.ts';
import { certificateSubject } from './certify.ts';
import { signedInRoles } from './membership.ts';
import { alreadyRevoked, heldByAdministrator, notOnHold } from './problems.ts';
import { mayRevoke } from './revoke-certificate.ts';
import { Certificate, CertificateHold } from './schema.ts';

/** Takes a certificate off hold; a hold that the administrator set is the administrator's to lift. */
export const resumeCertificate = act({
  name: 'resume-certificate',
  by: signedInRoles,
  says: { zh: '恢复证书', en: 'Take a certificate off hold' },
  takes: z.object({ serial: z.string().toLowerCase().max(64) }),
  async run(call, { serial }) {
    const certificate = await call.em.findOne(Certificate, { serial });
    if (certificate === null || !mayRevoke(call.by, certificate.holder)) throw notFound();
    if (certificate.revokedAt) throw alreadyRevoked();
    const hold = await call.em.findOne(CertificateHold, { certificate: serial, until: null });
    if (hold === null) throw notOnHold();
    if (hold.byAdministrator && call.by.role !== 'administrator') throw heldByAdministrator();
    hold.until = call.now;
    return { result: { serial, at: call.now }, facts: [fact('certificate.resumed', certificateSubject(call, certificate), { serial })] };
  },
});
