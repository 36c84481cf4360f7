import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import type { RevokedEntry } from '../sealing/revocation-list.ts';
import type { Suite } from '../sealing/scheme.ts';
import { type Fall, type Fate, fallAt } from '../sealing/standing.ts';
import { authorityRetired, statusUnknown } from './authority-problems.ts';
import { certificateFallen } from './problems.ts';
import { crlReasonOf } from './revocation.ts';
import { AuthorityList, Certificate, CertificateHold, TrustedAuthority } from './schema.ts';

export interface IssuedCertificate {
  readonly serial: string;
  readonly suite: Suite;
  readonly holder: string;
  readonly subject: string;
  /** SHA-256 of the DER, hex */
  readonly fingerprint: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly revokedAt: Instant | null;
  readonly revokedFor: string | null;
  readonly supersededAt: Instant | null;
  readonly supersededBy: string | null;
  /** since when it has been on hold; null when it is not */
  readonly heldSince: Instant | null;
}

const issued = (c: Certificate, heldSince: Instant | null): IssuedCertificate => ({
  serial: c.serial,
  suite: c.suite,
  holder: c.holder,
  subject: c.subject,
  fingerprint: c.fingerprint,
  notBefore: c.notBefore as Instant,
  notAfter: c.notAfter as Instant,
  revokedAt: (c.revokedAt ?? null) as Instant | null,
  revokedFor: c.revokedFor ?? null,
  supersededAt: (c.supersededAt ?? null) as Instant | null,
  supersededBy: c.supersededBy ?? null,
  heldSince,
});

/** Certificates of one's organisation, or one's own for those who sign by name; newest first. */
export async function ownCertificates(em: EntityManager, by: Actor, holder: string): Promise<IssuedCertificate[]> {
  if (by.user === null) return [];
  const found = await em.find(Certificate, { holder }, { orderBy: { notBefore: 'desc', serial: 'asc' } });
  const held = await em.find(CertificateHold, { certificate: { $in: found.map((each) => each.serial) }, until: null });
  const since = new Map(held.map((hold) => [hold.certificate, hold.from as Instant]));
  return found.map((each) => issued(each, since.get(each.serial) ?? null));
}

/**
 * One certificate with its PEM. An organisation's is public; a person's (an expert's, say) is shown only to the person, to regulators and
 * to administrators, because an expert's name stays secret until the result is out.
 */
export async function certificateBySerial(em: EntityManager, by: Actor, serial: string): Promise<IssuedCertificate & { pem: string }> {
  const found = await em.findOne(Certificate, { serial: serial.toLowerCase() });
  const personal = found?.user !== null && found?.holder === found?.user;
  const may = !personal || by.role === 'regulator' || by.role === 'administrator' || (by.user !== null && by.user === found?.user);
  if (!found || !may) throw notFound();
  const hold = await em.findOne(CertificateHold, { certificate: found.serial, until: null });
  return { ...issued(found, (hold?.from ?? null) as Instant | null), pem: found.pem };
}

/** Serial numbers that no longer count, with when and why: public, and it names nobody. */
export async function revokedCertificates(em: EntityManager): Promise<{ serial: string; revokedAt: Instant; reason: string }[]> {
  const found = await em.find(Certificate, { revokedAt: { $ne: null } }, { orderBy: { revokedAt: 'desc', serial: 'asc' } });
  return found.map((c) => ({ serial: c.serial, revokedAt: c.revokedAt as Instant, reason: c.revokedFor ?? '' }));
}

/** Why a certificate does not sign, in words. */
export const fallWords: Readonly<Record<Fall | 'certificate-expired', Words>> = {
  'certificate-revoked': { zh: '该证书已经吊销。', en: 'The certificate has been revoked.' },
  'certificate-suspended': { zh: '该证书已被挂起。', en: 'The certificate is on hold.' },
  'certificate-superseded': {
    zh: '该证书已被新证书替换，过渡期已过。',
    en: 'The certificate was replaced by a newer one, and the overlap is over.',
  },
  'certificate-expired': { zh: '该证书已过期。', en: 'The certificate has expired.' },
};

/** What became of a certificate, for sealing/standing.ts to judge. */
export async function fateOf(em: EntityManager, certificate: Certificate): Promise<Fate> {
  const holds = await em.find(CertificateHold, { certificate: certificate.serial });
  return {
    revokedAt: (certificate.revokedAt ?? null) as Instant | null,
    supersededAt: (certificate.supersededAt ?? null) as Instant | null,
    holds: holds.map(({ from, until }) => ({ from: from as Instant, until: (until ?? null) as Instant | null })),
  };
}

/** The fate of a certificate issued here to this holder; null when there is none. */
export async function fateOfSerial(em: EntityManager, holder: string, serial: string, fingerprint: string): Promise<Fate | null> {
  const found = await em.findOne(Certificate, { serial: serial.toLowerCase(), holder, fingerprint });
  return found === null ? null : fateOf(em, found);
}

/**
 * The certificate (by serial) that was issued here to this holder and stands at this moment; other rooms ask before taking a signature. Null when
 * this holder has none of that serial; one that is revoked, on hold or replaced is refused by name: `certificate-not-standing`.
 */
export async function standingCertificate(
  em: EntityManager,
  holder: string,
  serial: string,
  /** serials are unique with one authority only */
  fingerprint: string,
  at: Instant,
): Promise<IssuedCertificate | null> {
  const found = await em.findOne(Certificate, { serial: serial.toLowerCase(), holder, fingerprint });
  if (!found || at < found.notBefore || at >= found.notAfter) return null;
  const fall = fallAt(await fateOf(em, found), at);
  if (fall !== null) throw certificateFallen({ says: fallWords[fall] });
  if (found.authority) await outsideStanding(em, found.authority, found.issuer ?? '', at);
  return issued(found, null);
}

/** The list of an outside issuer with the highest number; null when none was taken. */
export async function newestList(em: EntityManager, issuer: string): Promise<AuthorityList | null> {
  const rows = await em.execute<{ number: string }[]>(
    'select number from authority_list where issuer = ? order by number::numeric desc limit 1',
    [issuer],
  );
  return rows[0] ? em.findOne(AuthorityList, { issuer, number: rows[0].number }) : null;
}

/** An outside authority must be trusted at this moment, and its issuer's newest list must not be past its end: whose list is old may hide a revocation. */
async function outsideStanding(em: EntityManager, authority: string, issuer: string, at: Instant): Promise<void> {
  const trusted = await em.findOneOrFail(TrustedAuthority, { id: authority });
  if (trusted.retiredAt && trusted.retiredAt <= at) throw authorityRetired();
  const newest = await newestList(em, issuer);
  if (!newest || newest.nextUpdate <= at) throw statusUnknown();
}

/** What the revocation list of a suite's authority holds at this moment, and the moment of its newest change. */
export async function listedRevocations(
  em: EntityManager,
  now: Instant,
  suite: Suite,
): Promise<{ readonly entries: readonly RevokedEntry[]; readonly changedAt: Instant | null }> {
  const rows = await em.execute<{ serial: string; at: Date | string; reason: string }[]>(
    `select serial, at, reason from (
       select serial, suite, revoked_at as at, revoked_for as reason, 1 as rank from certificate where authority is null and revoked_at <= ?
       union all select h.certificate, c.suite, h."from", 'hold', 2 from certificate_hold h join certificate c on c.serial = h.certificate where c.authority is null and h.until is null
       union all select serial, suite, superseded_at, 'superseded', 3 from certificate where authority is null and superseded_at <= ?
     ) listed where suite = ? order by serial, rank`,
    [now, now, suite],
  );
  const entries = new Map<string, RevokedEntry>();
  for (const { serial, at, reason } of rows) {
    if (entries.has(serial)) continue;
    const why = reason === 'hold' ? 'certificateHold' : (crlReasonOf[reason] ?? 'unspecified');
    entries.set(serial, { serial, at: instantOf(new Date(at)), reason: why });
  }
  const [last] = await em.execute<{ at: Date | string | null }[]>(
    `select greatest((select max(revoked_at) from certificate), (select max(superseded_at) from certificate where superseded_at <= ?),
       (select max(greatest("from", until)) from certificate_hold)) as at`,
    [now],
  );
  return { entries: [...entries.values()], changedAt: last?.at ? instantOf(new Date(last.at)) : null };
}
