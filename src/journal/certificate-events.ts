import { z } from 'zod';

/** What happens to certificates: public, because anybody's signature is judged by it. */
export const certificateEvents = {
  'certificate.issued': {
    data: z.object({ serial: z.string(), holder: z.string(), fingerprint: z.string(), notBefore: z.string(), notAfter: z.string() }),
    shown: { public: 'now' },
    says: { zh: '签发证书', en: 'Certificate issued' },
  },
  'certificate.revoked': {
    data: z.object({ serial: z.string(), reason: z.string() }),
    shown: { public: 'now' },
    says: { zh: '吊销证书', en: 'Certificate revoked' },
  },
  'certificate.superseded': {
    /** `from`: the end of the overlap, when the old one signs no more */
    data: z.object({ serial: z.string(), by: z.string(), from: z.string() }),
    shown: { public: 'now' },
    says: { zh: '证书更新，旧证书到期停用', en: 'Certificate renewed, the old one ends' },
  },
  'certificate.suspended': {
    data: z.object({ serial: z.string() }),
    shown: { public: 'now' },
    says: { zh: '证书挂起', en: 'Certificate on hold' },
  },
  'certificate.resumed': {
    data: z.object({ serial: z.string() }),
    shown: { public: 'now' },
    says: { zh: '证书恢复', en: 'Certificate taken off hold' },
  },
} as const;
