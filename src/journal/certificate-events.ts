import { z } from 'zod';
import { codeFieldShape } from '../sealing/certificate.ts';

/** What happens to certificates: public, because anybody's signature is judged by it. */
export const certificateEvents = {
  'certificate.issued': {
    data: z.object({ serial: z.string(), holder: z.string(), fingerprint: z.string(), notBefore: z.string(), notAfter: z.string() }),
    shown: { public: 'now' },
    says: { zh: '签发证书', en: 'Certificate issued' },
  },
  /** `authority`: the outside authority that issued it */
  'certificate.registered': {
    data: z.object({
      serial: z.string(),
      holder: z.string(),
      fingerprint: z.string(),
      notBefore: z.string(),
      notAfter: z.string(),
      authority: z.string(),
    }),
    shown: { public: 'now' },
    says: { zh: '登记外部证书', en: 'Outside certificate registered' },
  },
  'authority.trusted': {
    /** `fingerprints`: root first; `field`: where its certificates say whose they are */
    data: z.object({ authority: z.string(), name: z.string(), fingerprints: z.array(z.string()), field: codeFieldShape }),
    shown: { public: 'now' },
    says: { zh: '登记受信任的签发机构', en: 'Outside authority trusted' },
  },
  'authority.retired': {
    data: z.object({ authority: z.string(), reason: z.string() }),
    shown: { public: 'now' },
    says: { zh: '停用签发机构', en: 'Outside authority retired' },
  },
  'authority.listed': {
    data: z.object({
      authority: z.string(),
      issuer: z.string(),
      number: z.string(),
      thisUpdate: z.string(),
      nextUpdate: z.string(),
      sha256: z.string(),
    }),
    shown: { public: 'now' },
    says: { zh: '收到外部吊销列表', en: 'Outside revocation list taken' },
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
