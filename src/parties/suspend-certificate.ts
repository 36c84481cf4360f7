import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { fallAt } from '../sealing/standing.ts';
import { fallWords, fateOf } from './certificate-reads.ts';
import { certificateSubject } from './certify.ts';
import { signedInRoles } from './membership.ts';
import { certificateFallen } from './problems.ts';
import { mayRevoke } from './revoke-certificate.ts';
import { Certificate, CertificateHold } from './schema.ts';

/** Puts a certificate on hold: nothing is signed with it until it is taken off hold again. Whoever may revoke it may. */
export const suspendCertificate = act({
  name: 'suspend-certificate',
  by: signedInRoles,
  says: { zh: '挂起证书', en: 'Put a certificate on hold' },
  takes: z.object({ serial: z.string().toLowerCase().max(64) }),
  async run(call, { serial }) {
    const certificate = await call.em.findOne(Certificate, { serial });
    if (certificate === null || !mayRevoke(call.by, certificate.holder)) throw notFound();
    const fall = fallAt(await fateOf(call.em, certificate), call.now);
    if (fall !== null) throw certificateFallen({ says: fallWords[fall] });
    const byAdministrator = call.by.role === 'administrator';
    call.em.create(CertificateHold, { id: newId(call.now), certificate: serial, from: call.now, until: null, byAdministrator });
    return { result: { serial, at: call.now }, facts: [fact('certificate.suspended', certificateSubject(call, certificate), { serial })] };
  },
});
