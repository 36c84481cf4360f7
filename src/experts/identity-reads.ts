import type { EntityManager } from '@mikro-orm/postgresql';
import { type Identity, maskedIdentity, nothingKnown, numberIndex, openIdentity, type SealedIdentity } from './identity.ts';
import { IdentityRecord } from './schema.ts';

const opened = (row: IdentityRecord): Promise<Identity> =>
  openIdentity(row.expert, {
    keyNumber: row.keyNumber,
    idNumber: row.idNumber ?? null,
    phone: row.phone ?? null,
    bankAccount: row.bankAccount ?? null,
    email: row.email ?? null,
  } satisfies Omit<SealedIdentity, 'numberIndex'>);

/**
 * An expert's identity data in clear. Only for what shows nothing of it: rules that judge by it, the notifier, a look on record
 * (view-identity.ts). Pages take `maskedIdentityOf`.
 */
export async function clearIdentityOf(em: EntityManager, expert: string): Promise<Identity> {
  const row = await em.findOne(IdentityRecord, { expert });
  return row ? opened(row) : nothingKnown;
}

/** As pages, exports and papers show it. */
export async function maskedIdentityOf(em: EntityManager, expert: string): Promise<Identity> {
  return maskedIdentity(await clearIdentityOf(em, expert));
}

/** The same for many, by expert. */
export async function maskedIdentitiesOf(em: EntityManager, experts: readonly string[]): Promise<ReadonlyMap<string, Identity>> {
  const found = new Map<string, Identity>();
  for (const row of await em.find(IdentityRecord, { expert: { $in: [...experts] } }))
    found.set(row.expert, maskedIdentity(await opened(row)));
  return found;
}

/** How an expert is reached, for the notifier alone. */
export async function contactOf(em: EntityManager, expert: string): Promise<Pick<Identity, 'phone' | 'email'>> {
  const { phone, email } = await clearIdentityOf(em, expert);
  return { phone, email };
}

/** Whose number this is; null when nobody's. */
export async function expertByNumber(em: EntityManager, idNumber: string): Promise<string | null> {
  const row = await em.findOne(IdentityRecord, { numberIndex: numberIndex(idNumber) }, { fields: ['expert'] });
  return row?.expert ?? null;
}
