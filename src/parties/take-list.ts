import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { base64url, fromBase64 } from '../kernel/bytes.ts';
import { idField, newId } from '../kernel/ids.ts';
import type { Words } from '../kernel/words.ts';
import { type Certificate as Issuer, readCertificates } from '../sealing/certificate.ts';
import { sha256 } from '../sealing/digest.ts';
import { type CrlReason, type RevocationList, readRevocationList } from '../sealing/revocation-list.ts';
import { listOlder, listRefused } from './authority-problems.ts';
import { certificateSubject } from './certify.ts';
import { crlReasonOf } from './revocation.ts';
import { AuthorityList, Certificate, CertificateHold, TrustedAuthority } from './schema.ts';

export const listFields = z.object({
  /** the list: PEM, or base64 of its DER */
  list: z.string().trim().min(1).max(1_900_000),
});

/**
 * Takes a revocation list that an outside authority published: it must be whole, signed by one of the authority's certificates, newer than what is known, and
 * not from the future. What it says of certificates registered here counts from this moment on, as a revocation by anybody does.
 */
export const takeList = act({
  name: 'take-list',
  by: ['administrator', 'centre'],
  says: { zh: '上传外部签发机构的吊销列表', en: 'Take a revocation list of an outside authority' },
  takes: listFields.extend({ authority: idField }),
  async run(call, { authority, list: text }) {
    const trusted = await lock(call, TrustedAuthority, authority);
    const { issuer, list } = await readBy(readCertificates(trusted.pem), text);
    const flaw = list.thisUpdate > call.now ? fromTheFuture : list.nextUpdate <= list.thisUpdate ? endless : null;
    if (flaw) throw refused(flaw);
    const known = await call.em.find(AuthorityList, { issuer: issuer.fingerprint }, { fields: ['number'] });
    if (known.some(({ number }) => BigInt(number) >= list.number)) throw listOlder();
    const digest = base64url(sha256(list.der));
    const { thisUpdate, nextUpdate } = list;
    const number = String(list.number);
    call.em.create(AuthorityList, {
      issuer: issuer.fingerprint,
      number,
      authority,
      thisUpdate,
      nextUpdate,
      sha256: digest,
      der: list.der,
      takenAt: call.now,
    });
    const listed = fact('authority.listed', {}, { authority, issuer: issuer.fingerprint, number, thisUpdate, nextUpdate, sha256: digest });
    const fallen = await applied(call, issuer, list);
    return { result: { authority, number, fallen: fallen.length }, facts: [listed, ...fallen] };
  },
});

const fromTheFuture: Words = { zh: '列表的签发时间晚于现在。', en: 'It was signed later than now.' };
const endless: Words = { zh: '列表没有有效的下次更新时间。', en: 'It names no later next update.' };
const refused = (says: Words) => listRefused({ says, fields: [{ path: 'list', says }] });

/** The list, and which of the authority's certificates signed it. */
async function readBy(issuers: readonly Issuer[], text: string): Promise<{ readonly issuer: Issuer; readonly list: RevocationList }> {
  const input = text.includes('-----BEGIN') ? text : (fromBase64(text.replace(/\s/g, '')) ?? new Uint8Array());
  let says: Words = { zh: '无法读取。', en: 'It cannot be read.' };
  for (const issuer of issuers) {
    const verdict = await readRevocationList(input, issuer);
    if (verdict.ok) return { issuer, list: verdict.list };
    says = verdict.problem.title;
  }
  throw refused(says);
}

/** What the list does to certificates registered here. One it no longer holds stays as it is until an administrator lifts the hold. */
async function applied(call: Call, issuer: Issuer, list: RevocationList): Promise<readonly Fact[]> {
  const entries = new Map(list.entries.map((entry) => [entry.serial, entry]));
  const registered = await call.em.find(Certificate, { issuer: issuer.fingerprint, revokedAt: null }, { orderBy: { serial: 'asc' } });
  const facts: Fact[] = [];
  for (const certificate of registered) {
    const entry = entries.get(certificate.serial);
    if (entry === undefined || entry.reason === 'removeFromCRL') continue;
    const subject = certificateSubject(call, certificate);
    const { serial } = certificate;
    if (entry.reason !== 'certificateHold') {
      const reason = ownReason(entry.reason);
      Object.assign(certificate, { revokedAt: call.now, revokedFor: reason });
      facts.push(fact('certificate.revoked', subject, { serial, reason }));
    } else if ((await call.em.count(CertificateHold, { certificate: serial, until: null })) === 0) {
      call.em.create(CertificateHold, { id: newId(call.now), certificate: serial, from: call.now, until: null, byAdministrator: true });
      facts.push(fact('certificate.suspended', subject, { serial }));
    }
  }
  return facts;
}

const ownReason = (reason: CrlReason): string => Object.entries(crlReasonOf).find(([, theirs]) => theirs === reason)?.[0] ?? 'other';
