import { Readable } from 'node:stream';
import { z } from 'zod';
import { certificatePage, certificatesPage } from '../../views/parties/certificates.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import type { Words } from '../kernel/words.ts';
import { suiteOf } from '../sealing/certificate.ts';
import { type Suite, suites } from '../sealing/scheme.ts';
import { authorityPem, listPaths, theAuthorities, theAuthority } from './authority.ts';
import { certificateBySerial, ownCertificates, revokedCertificates } from './certificate-reads.ts';
import { holderOf } from './certify.ts';
import { issueCertificateAct } from './issue-certificate.ts';
import { currentList } from './list-reads.ts';
import { renewCertificate } from './renew-certificate.ts';
import { resumeCertificate } from './resume-certificate.ts';
import { revocationReasons } from './revocation.ts';
import { mayRevoke, revokeCertificate } from './revoke-certificate.ts';
import { suspendCertificate } from './suspend-certificate.ts';

const none = z.object({});
const certificate = z.object({
  serial: z.string(),
  suite: z.enum(suites),
  holder: z.string(),
  subject: z.string(),
  fingerprint: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  revokedAt: z.string().nullable(),
  revokedFor: z.string().nullable(),
  supersededAt: z.string().nullable(),
  supersededBy: z.string().nullable(),
  heldSince: z.string().nullable(),
});

const issued = z.object({
  serial: z.string(),
  fingerprint: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  certificate: z.string(),
  chain: z.string(),
});

endpoint({
  name: 'list-certificates',
  method: 'get',
  path: '/certificates',
  says: { zh: '本单位（或本人）的数字证书', en: "Certificates of one's organisation, or one's own" },
  by: 'signed-in',
  params: none,
  query: none,
  body: none,
  answer: z.object({
    holder: z.object({ id: z.string(), name: z.string(), organisation: z.boolean() }),
    certificates: z.array(certificate),
    authorities: z.array(z.object({ suite: z.enum(suites), fingerprint: z.string(), name: z.string() })),
  }),
  handle: async (visit) => {
    const { holder, naming } = holderOf(visit.by);
    return {
      holder: { id: holder, name: naming.commonName, organisation: naming.code !== undefined },
      certificates: await ownCertificates(visit.em, visit.by, holder),
      authorities: theAuthorities().map(({ root }) => ({
        suite: suiteOf(root),
        fingerprint: root.fingerprint,
        name: root.subject.commonName ?? '',
      })),
    };
  },
  page: (answer, view: View) => certificatesPage(view, answer),
});

endpoint({
  name: 'issue-certificate',
  method: 'post',
  path: '/certificates',
  says: { zh: '凭浏览器生成的证书申请签发证书', en: 'Issue a certificate for a signing request made in the browser' },
  by: 'signed-in',
  params: none,
  query: none,
  body: z.object({ csr: z.string().max(20_000) }),
  answer: issued,
  handle: async (visit, { body }) => (await visit.perform(issueCertificateAct, body)).result,
  apiOnly: true,
});

endpoint({
  name: 'renew-certificate',
  method: 'post',
  path: '/certificates/:serial/renewal',
  says: {
    zh: '更新证书：新密钥、同一持有人；旧证书在过渡期内仍可签名',
    en: 'Renew a certificate: a new key, the same holder; the old one signs during the overlap',
  },
  by: 'signed-in',
  params: z.object({ serial: z.string().max(64) }),
  query: none,
  body: z.object({ csr: z.string().max(20_000) }),
  answer: issued.extend({ replaces: z.string(), until: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(renewCertificate, { ...params, ...body })).result,
  apiOnly: true,
});

endpoint({
  name: 'show-authority',
  method: 'get',
  path: '/certificates/authority',
  says: {
    zh: '签发机构与根证书（PEM）；国密 SM2 的用 suite=sm',
    en: 'Issuing authority and root certificate (PEM); those of the SM2 suite with suite=sm',
  },
  by: 'anyone',
  params: none,
  query: z.object({ suite: z.enum(suites).default('international') }),
  body: none,
  answer: none,
  download: true,
  handle: async (_, { query }) => {
    const pem = authorityPem(theAuthority(query.suite));
    const name = `yangguang-authority${query.suite === 'sm' ? '-sm2' : ''}.pem`;
    return { stream: Readable.from([pem]), name, type: 'application/x-pem-file', bytes: Buffer.byteLength(pem) };
  },
});

endpoint({
  name: 'list-revocations',
  method: 'get',
  path: '/certificates/revocations',
  says: { zh: '已吊销证书名单（公开）', en: 'Revoked certificates (public)' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.object({ revoked: z.array(z.object({ serial: z.string(), revokedAt: z.string(), reason: z.string() })) }),
  handle: async (visit) => ({ revoked: await revokedCertificates(visit.em) }),
  apiOnly: true,
});

function revocationList(name: string, suite: Suite, says: Words): void {
  endpoint({
    name,
    method: 'get',
    path: listPaths[suite],
    says,
    by: 'anyone',
    params: none,
    query: none,
    body: none,
    answer: none,
    download: true,
    handle: async ({ em, now }) => {
      const der = Buffer.from(await currentList(em, now, suite));
      const file = `yangguang${suite === 'sm' ? '-sm2' : ''}.crl`;
      return { stream: Readable.from([der]), name: file, type: 'application/pkix-crl', bytes: der.length };
    },
  });
}
revocationList('fetch-revocation-list', 'international', {
  zh: '吊销列表（X.509 CRL v2，DER）；签发的证书中写有本地址',
  en: 'The revocation list (X.509 CRL v2, DER); issued certificates name this address',
});
revocationList('fetch-revocation-list-sm2', 'sm', {
  zh: '国密 SM2 证书的吊销列表（X.509 CRL v2，DER）',
  en: 'The revocation list of SM2 certificates (X.509 CRL v2, DER)',
});

endpoint({
  name: 'show-certificate',
  method: 'get',
  path: '/certificates/:serial',
  says: { zh: '一份证书；个人证书仅本人与监管可见', en: "One certificate; a person's is shown to the person and to regulators only" },
  by: 'anyone',
  params: z.object({ serial: z.string().max(64) }),
  query: none,
  body: none,
  answer: certificate.extend({ pem: z.string(), mayRevoke: z.boolean() }),
  handle: async (visit, { params }) => {
    const found = await certificateBySerial(visit.em, visit.by, params.serial);
    return { ...found, mayRevoke: mayRevoke(visit.by, found.holder) };
  },
  page: (answer, view: View) => certificatePage(view, answer),
});

endpoint({
  name: 'revoke-certificate',
  method: 'post',
  path: '/certificates/:serial/revocation',
  says: { zh: '吊销证书', en: 'Revoke a certificate' },
  by: 'signed-in',
  params: z.object({ serial: z.string().max(64) }),
  query: none,
  body: z.object({ reason: z.enum(revocationReasons) }),
  answer: z.object({ serial: z.string(), revokedAt: z.string(), reason: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(revokeCertificate, { ...params, ...body })).result,
  goTo: () => '/certificates',
  form: ({ params }) => `/certificates/${params.serial}`,
});

const change = {
  method: 'post',
  by: 'signed-in',
  params: z.object({ serial: z.string().max(64) }),
  query: none,
  body: none,
  answer: z.object({ serial: z.string(), at: z.string() }),
  goTo: () => '/certificates',
  form: ({ params }: { readonly params: Record<string, string> }) => `/certificates/${params.serial}`,
} as const;

endpoint({
  ...change,
  name: 'suspend-certificate',
  path: '/certificates/:serial/suspension',
  says: { zh: '挂起证书', en: 'Put a certificate on hold' },
  handle: async (visit, { params }) => (await visit.perform(suspendCertificate, params)).result,
});

endpoint({
  ...change,
  name: 'resume-certificate',
  path: '/certificates/:serial/resumption',
  says: { zh: '恢复证书', en: 'Take a certificate off hold' },
  handle: async (visit, { params }) => (await visit.perform(resumeCertificate, params)).result,
});
