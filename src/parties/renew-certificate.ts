import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { fallAt } from '../sealing/standing.ts';
import { fallWords, fateOf } from './certificate-reads.ts';
import { certificateSubject, certify, holderOf } from './certify.ts';
import { signedInRoles } from './membership.ts';
import { alreadyRenewed, certificateFallen } from './problems.ts';
import { Certificate } from './schema.ts';
import { figures } from './settings.ts';

/**
 * Another certificate for the same holder, with a new key. The old one still signs during the overlap, so that work under way is finished; what it
 * signed stays its holder's. Only one that stands is renewed: whoever's is revoked makes a new one.
 */
export const renewCertificate = act({
  name: 'renew-certificate',
  by: signedInRoles,
  says: { zh: '更新证书', en: 'Renew a certificate' },
  takes: z.object({ serial: z.string().toLowerCase().max(64), csr: z.string().max(20_000) }),
  async run(call, { serial, csr }) {
    const old = await call.em.findOne(Certificate, { serial, holder: holderOf(call.by).holder });
    if (old === null) throw notFound();
    if (old.supersededBy) throw alreadyRenewed();
    const fall = call.now >= old.notAfter ? 'certificate-expired' : fallAt(await fateOf(call.em, old), call.now);
    if (fall !== null) throw certificateFallen({ says: fallWords[fall] });
    const { result, issued } = await certify(call, csr);
    const overlap = later(call.now, figures().overlapDays * 86_400_000);
    const from = (overlap < old.notAfter ? overlap : old.notAfter) as Instant;
    const renewed = await call.em.execute<unknown[]>(
      'update certificate set superseded_at = ?, superseded_by = ? where serial = ? and superseded_by is null returning serial',
      [from, result.serial, serial],
    );
    if (renewed.length === 0) throw alreadyRenewed();
    const ended = fact('certificate.superseded', certificateSubject(call, old), { serial, by: result.serial, from });
    return { result: { ...result, replaces: serial, until: from }, facts: [issued, ended] };
  },
});
