import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { notPermitted } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { certificatePem } from '../sealing/certificate.ts';
import { type Naming, readSigningRequest } from '../sealing/issuing.ts';
import { authorityPem, issueTo, theAuthority, weaknessOf } from './authority.ts';
import { certifiedAs, signedInRoles } from './membership.ts';
import { requestRefused } from './problems.ts';
import { Certificate } from './schema.ts';

const refused = (says: Words) => requestRefused({ says, fields: [{ path: 'csr', says }] });

/** Whom a certificate of this actor names: the organisation acted for, or the person. Nothing of it is taken from the request. */
export function holderOf(by: Call['by']): { readonly holder: string; readonly naming: Naming } {
  if (certifiedAs(by.role) === 'person') {
    if (by.user === null) throw notPermitted();
    return { holder: by.user, naming: { commonName: by.name, person: by.user } };
  }
  if (by.code === null || by.organisationName === null) throw notPermitted();
  return { holder: by.code, naming: { commonName: by.organisationName, organization: by.organisationName, code: by.code } };
}

/**
 * Issues a certificate for the key of a signing request (PEM) made in the browser, by the authority of that key's suite. The request proves that the applicant holds the key; the name
 * comes from the register, so nobody gets a certificate in another's name. Refuses `certificate-request-refused`.
 */
export const issueCertificateAct = act({
  name: 'issue-certificate',
  by: signedInRoles,
  says: { zh: '签发证书', en: 'Issue a certificate' },
  takes: z.object({ csr: z.string().max(20_000) }),
  async run(call, { csr }) {
    const read = await readSigningRequest(csr);
    if (!read.ok) throw refused(read.problem.title);
    const { suite } = read.request;
    const authority = theAuthority(suite);
    const weakness = weaknessOf(read.request.spki);
    if (weakness) throw refused(weakness);
    const { holder, naming } = holderOf(call.by);
    const certificate = await issueTo(authority, naming, read.request, call.now);
    const { serial, fingerprint, notBefore, notAfter } = certificate;
    const pem = certificatePem(certificate);
    call.em.create(Certificate, {
      serial,
      suite,
      holder,
      user: call.by.user,
      subject: naming.code
        ? `CN=${naming.commonName}, organizationIdentifier=NTRCN-${naming.code}`
        : `CN=${naming.commonName}, serialNumber=${holder}`,
      fingerprint,
      pem,
      notBefore,
      notAfter,
      revokedAt: null,
      revokedFor: null,
    });
    const subject = { actor: call.by.user ?? '', ...(naming.code ? { party: naming.code } : {}) };
    return {
      result: { serial, fingerprint, notBefore, notAfter, certificate: pem, chain: authorityPem(authority) },
      facts: [fact('certificate.issued', subject, { serial, holder, fingerprint, notBefore, notAfter })],
    };
  },
});
