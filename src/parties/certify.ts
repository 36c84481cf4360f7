import { fact } from '../journal/event.ts';
import type { Call } from '../kernel/act.ts';
import { notPermitted } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { certificatePem } from '../sealing/certificate.ts';
import { type Naming, readSigningRequest } from '../sealing/issuing.ts';
import { authorityPem, issueTo, theAuthority, weaknessOf } from './authority.ts';
import { certifiedAs } from './membership.ts';
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

/** What events about certificates are about: whoever acts, and the organisation when it is one's. */
export const certificateSubject = (
  call: Call,
  { holder, user }: { readonly holder: string; readonly user?: string | null | undefined },
) => ({
  actor: call.by.user ?? '',
  ...(holder === user ? {} : { party: holder }),
});

/** A certificate for the key of this request, in the name of whoever acts. Refuses `certificate-request-refused`. */
export async function certify(call: Call, csr: string) {
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
    supersededAt: null,
    supersededBy: null,
  });
  return {
    result: { serial, fingerprint, notBefore, notAfter, certificate: pem, chain: authorityPem(authority) },
    issued: fact('certificate.issued', certificateSubject(call, { holder, user: naming.code ? null : holder }), {
      serial,
      holder,
      fingerprint,
      notBefore,
      notAfter,
    }),
  };
}
