import type { Call } from '../kernel/act.ts';
import { type IdentityField, identityFields, sealIdentity } from './identity.ts';
import { clearIdentityOf, expertByNumber } from './identity-reads.ts';
import { personKnown } from './problems.ts';
import { IdentityRecord } from './schema.ts';

/** Keeps what is given of an expert's identity data, sealed; what is not given stays. One person has one record: a number that another holds is refused. */
export async function keepIdentity(
  call: Call,
  expert: string,
  given: { readonly [field in IdentityField]?: string | null | undefined },
): Promise<readonly IdentityField[]> {
  const before = await clearIdentityOf(call.em, expert);
  const changed = identityFields.filter((field) => given[field] !== undefined && given[field] !== before[field]);
  if (changed.length === 0) return [];
  const after = { ...before, ...Object.fromEntries(changed.map((field) => [field, given[field] ?? null])) };
  if (changed.includes('idNumber') && after.idNumber !== null && (await expertByNumber(call.em, after.idNumber)) !== null)
    throw personKnown({ fields: [{ path: 'idNumber', says: personKnown().title }] });
  const sealed = await sealIdentity(expert, after);
  const row = await call.em.findOne(IdentityRecord, { expert });
  if (row) Object.assign(row, sealed, { changedAt: call.now });
  else call.em.create(IdentityRecord, { expert, ...sealed, changedAt: call.now });
  return changed;
}
