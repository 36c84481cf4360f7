import { z } from 'zod';
import { act } from '../kernel/act.ts';
import { certify } from './certify.ts';
import { signedInRoles } from './membership.ts';

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
    const { result, issued } = await certify(call, csr);
    return { result, facts: [issued] };
  },
});
