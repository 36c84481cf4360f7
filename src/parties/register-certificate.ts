import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { notPermitted } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import {
  certificatePem,
  checkChain,
  codeIn,
  publicKeyOf,
  type Certificate as Read,
  readCertificates,
  suiteOf,
} from '../sealing/certificate.ts';
import { readRevocationList } from '../sealing/revocation-list.ts';
import { outsideKeyBits, weaknessOf } from './authority.ts';
import { certificateKnown, certificateNotTaken, statusUnknown } from './authority-problems.ts';
import { newestList } from './certificate-reads.ts';
import { certificateSubject } from './certify.ts';
import { Certificate, TrustedAuthority } from './schema.ts';

const refused = (says: Words) => certificateNotTaken({ says, fields: [{ path: 'certificate', says }] });
const unreadable: Words = { zh: '不是可读的 PEM 证书。', en: 'This is no readable certificate (PEM).' };
const strange: Words = {
  zh: '不是由名录中的签发机构直接签发，或该机构已停用。',
  en: 'It is not issued by an authority of the register, or that authority has been retired.',
};
const anothers: Words = {
  zh: '证书约定字段中的统一社会信用代码不是贵单位的。',
  en: 'The code in the field that this authority uses is not your organisation’s.',
};
const onTheList: Words = { zh: '签发机构的吊销列表载有该证书。', en: 'Its authority’s revocation list names this certificate.' };

/**
 * Registers a certificate that an outside authority issued to one's own organisation: from then on it signs here like one issued here. Whose it is is read
 * from the field declared for that authority and from nothing else.
 */
export const registerCertificate = act({
  name: 'register-certificate',
  by: ['bidder', 'agent', 'tenderee', 'regulator', 'centre', 'trustee', 'bank'],
  says: { zh: '登记外部机构签发的证书', en: 'Register a certificate of an outside authority' },
  takes: z.object({ certificate: z.string().max(20_000) }),
  async run(call, { certificate: pem }) {
    const holder = call.by.code;
    if (holder === null) throw notPermitted();
    const leaf = readable(pem);
    if (leaf === undefined) throw refused(unreadable);
    const { authority, issuer } = await issuedBy(call, leaf);
    if (codeIn(leaf, authority.field) !== holder) throw refused(anothers);
    const weakness = weaknessOf(publicKeyOf(leaf).spki, outsideKeyBits);
    if (weakness) throw refused(weakness);
    await notOnList(call, leaf, issuer);
    if ((await call.em.count(Certificate, { serial: leaf.serial })) > 0) throw certificateKnown();
    const { serial, fingerprint, notBefore, notAfter } = leaf;
    call.em.create(Certificate, {
      serial,
      suite: suiteOf(leaf),
      holder,
      user: call.by.user,
      subject: `CN=${leaf.subject.commonName ?? ''}, ${authority.name}`.slice(0, 300),
      fingerprint,
      pem: certificatePem(leaf),
      notBefore,
      notAfter,
      authority: authority.id,
      issuer: issuer.fingerprint,
    });
    const registered = { serial, holder, fingerprint, notBefore, notAfter, authority: authority.id };
    return { result: { serial, fingerprint }, facts: [fact('certificate.registered', certificateSubject(call, { holder }), registered)] };
  },
});

function readable(pem: string): Read | undefined {
  try {
    return readCertificates(pem)[0];
  } catch {
    return undefined; // the reader throws on any fault of the text
  }
}

async function issuedBy(call: Call, leaf: Read): Promise<{ readonly authority: TrustedAuthority; readonly issuer: Read }> {
  for (const authority of await call.em.find(TrustedAuthority, { retiredAt: null }, { orderBy: { trustedAt: 'asc', id: 'asc' } })) {
    const anchors = readCertificates(authority.pem);
    const chained = await checkChain(leaf, [], { anchors, at: call.now });
    const issuer = chained.ok ? chained.chain[1] : undefined;
    if (issuer) return { authority, issuer };
    if (!chained.ok && chained.reason !== 'certificate-untrusted') throw refused(chained.problem.title);
  }
  throw refused(strange);
}

async function notOnList(call: Call, leaf: Read, issuer: Read): Promise<void> {
  const newest = await newestList(call.em, issuer.fingerprint);
  if (!newest || newest.nextUpdate <= call.now) throw statusUnknown();
  const read = await readRevocationList(newest.der, issuer);
  if (!read.ok) throw read.problem;
  const entry = read.list.entries.find(({ serial, reason }) => serial === leaf.serial && reason !== 'removeFromCRL');
  if (entry) throw refused(onTheList);
}
