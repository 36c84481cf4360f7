import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { readCertificates } from '../sealing/certificate.ts';
import type { TrustedIssuer } from './guarantee.ts';
import { GuaranteeIssuer } from './schema.ts';

/** Whose signed guarantees are taken at a moment. */
export async function trustedIssuers(em: EntityManager, at: Instant): Promise<readonly TrustedIssuer[]> {
  const rows = await em.find(GuaranteeIssuer, { trustedAt: { $lte: at }, $or: [{ retiredAt: null }, { retiredAt: { $gt: at } }] });
  return rows.map(({ name, pem }) => ({ name, certificates: readCertificates(pem) }));
}

export interface ListedIssuer {
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly trustedAt: Instant;
  readonly retiredAt: Instant | null;
}

export async function issuerRegister(em: EntityManager): Promise<readonly ListedIssuer[]> {
  const rows = await em.find(GuaranteeIssuer, {}, { orderBy: { trustedAt: 'asc', id: 'asc' } });
  return rows.map(({ id, name, fingerprint, trustedAt, retiredAt }) => ({
    id,
    name,
    fingerprint,
    trustedAt,
    retiredAt: retiredAt ?? null,
  }));
}
