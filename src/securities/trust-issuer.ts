import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { readCertificates, validAt } from '../sealing/certificate.ts';
import { issuerKnown, issuerUnfit } from './problems.ts';
import { GuaranteeIssuer } from './schema.ts';

export const issuerFields = z.object({
  name: z.string().trim().min(2).max(200),
  /** PEM of the certificate to which its signatures lead */
  pem: z.string().max(30_000),
});

/** Takes an institution into the register: guarantees that it signs are checked by the platform from now on. */
export const trustIssuer = act({
  name: 'trust-issuer',
  by: ['administrator'],
  says: { zh: '登记保函出具机构', en: 'Take an issuer of guarantees into the register' },
  takes: issuerFields,
  async run(call, { name, pem }) {
    const [anchor] = readCertificates(pem);
    if (!anchor?.authority || !validAt(anchor, call.now)) {
      const says = {
        zh: '须为在有效期内、有签发权限的证书（PEM）。',
        en: 'It must be a certificate in force that may issue others (PEM).',
      };
      throw issuerUnfit({ says, fields: [{ path: 'pem', says }] });
    }
    const { fingerprint } = anchor;
    if ((await call.em.count(GuaranteeIssuer, { fingerprint })) > 0) throw issuerKnown();
    const id = newId(call.now);
    call.em.create(GuaranteeIssuer, { id, name, pem, fingerprint, trustedAt: call.now });
    return { result: { issuer: id }, facts: [fact('issuer.trusted', {}, { issuer: id, name, fingerprint })] };
  },
});
