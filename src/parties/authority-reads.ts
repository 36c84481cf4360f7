import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { type CodeField, readCertificates, type Trust } from '../sealing/certificate.ts';
import type { Suite } from '../sealing/scheme.ts';
import { ownAnchors } from './authority.ts';
import { AuthorityList, TrustedAuthority } from './schema.ts';

/** Whom a signature of an organisation may lead to at a moment: our own roots, and every outside authority that was in the register by then. */
export async function trustAt(em: EntityManager, at: Instant): Promise<Trust> {
  const outside = await em.find(TrustedAuthority, { trustedAt: { $lte: at } }, { orderBy: { trustedAt: 'asc', id: 'asc' } });
  const read = outside.map(({ pem, field }) => ({ certificates: readCertificates(pem), field }));
  return {
    anchors: [...ownAnchors(), ...read.flatMap(({ certificates }) => certificates)],
    at,
    fields: Object.fromEntries(read.flatMap(({ certificates, field }) => certificates.map(({ fingerprint }) => [fingerprint, field]))),
  };
}

/** The outside authorities as files of an evidence bundle, by name without ending. */
export async function outsideAnchors(em: EntityManager): Promise<Readonly<Record<string, string>>> {
  const outside = await em.find(TrustedAuthority, {}, { orderBy: { trustedAt: 'asc', id: 'asc' } });
  return Object.fromEntries(outside.map(({ fingerprint, pem }) => [`outside-${fingerprint.slice(0, 16)}`, pem]));
}

/** An authority of the register, with the newest list of each of its issuers. */
export interface ListedAuthority {
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly suite: Suite;
  readonly subject: string;
  readonly field: CodeField;
  readonly trustedAt: Instant;
  readonly retiredAt: Instant | null;
  readonly retiredFor: string | null;
  readonly lists: readonly {
    readonly issuer: string;
    readonly number: string;
    readonly thisUpdate: Instant;
    readonly nextUpdate: Instant;
    readonly sha256: string;
  }[];
}

/** Every authority there is or was, the newest last. */
export async function authorityRegister(em: EntityManager): Promise<readonly ListedAuthority[]> {
  const all = await em.find(TrustedAuthority, {}, { orderBy: { trustedAt: 'asc', id: 'asc' } });
  const lists = (await em.find(AuthorityList, {}, { exclude: ['der'] })).sort((a, b) => (BigInt(a.number) < BigInt(b.number) ? 1 : -1));
  return all.map((each) => ({
    id: each.id,
    name: each.name,
    fingerprint: each.fingerprint,
    suite: each.suite,
    subject: readCertificates(each.pem)[0]?.subject.commonName ?? '',
    field: each.field,
    trustedAt: each.trustedAt as Instant,
    retiredAt: (each.retiredAt ?? null) as Instant | null,
    retiredFor: each.retiredFor ?? null,
    lists: lists
      .filter((list, at) => list.authority === each.id && lists.findIndex(({ issuer }) => issuer === list.issuer) === at)
      .map(({ issuer, number, thisUpdate, nextUpdate, sha256 }) => ({
        issuer,
        number,
        thisUpdate: thisUpdate as Instant,
        nextUpdate: nextUpdate as Instant,
        sha256,
      })),
  }));
}

/** A list as it was taken (DER). */
export async function listBySha256(em: EntityManager, sha256: string): Promise<Uint8Array> {
  const list = await em.findOne(AuthorityList, { sha256 });
  if (!list) throw notFound();
  return list.der;
}
