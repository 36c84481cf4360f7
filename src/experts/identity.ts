import { base64url, utf8 } from '../kernel/bytes.ts';
import { maskedBankAccount, maskedEmail, maskedPhone, maskedResidentNumber } from '../parties/person.ts';
import { readAtRest, sealedAtRest } from '../sealing/at-rest.ts';
import { hmacSha256 } from '../sealing/digest.ts';

/** What is known of an expert that names the person or reaches it (XP-6): in the database under a key that does not lie there, on pages masked. */
export const identityFields = ['idNumber', 'phone', 'bankAccount', 'email'] as const;
export type IdentityField = (typeof identityFields)[number];
export type Identity = Readonly<Record<IdentityField, string | null>>;

/** Where the keys come from; a node keeps them in a folder of its own (IDENTITY_DIR). */
export interface IdentityKeys {
  /** number of the key under which records are sealed now */
  current(): Promise<number>;
  /** the key of that number; one that was taken away is an error */
  key(number: number): Promise<Uint8Array>;
  /** the key of the blind index, which is never replaced */
  readonly index: Uint8Array;
}

let keys: IdentityKeys | undefined;

/** Given once to a process, by whoever starts it. */
export function useIdentityKeys(given: IdentityKeys): void {
  keys = given;
}

function keysInUse(): IdentityKeys {
  if (!keys) throw new Error('this process was given no keys of identity data');
  return keys;
}

/** A record as it lies in the database: each field sealed, bound to its person and its place. */
export type SealedIdentity = { [field in IdentityField]: string | null } & { keyNumber: number; numberIndex: string | null };

export const keyNumberInUse = (): Promise<number> => keysInUse().current();

/** Seals a record under the key in use. */
export async function sealIdentity(expert: string, identity: Identity): Promise<SealedIdentity> {
  const keyNumber = await keyNumberInUse();
  const key = await keysInUse().key(keyNumber);
  const sealed = (field: IdentityField): string | null => {
    const clear = identity[field];
    return clear === null ? null : sealedAtRest(clear, key, place(expert, field));
  };
  return {
    keyNumber,
    idNumber: sealed('idNumber'),
    phone: sealed('phone'),
    bankAccount: sealed('bankAccount'),
    email: sealed('email'),
    numberIndex: identity.idNumber === null ? null : numberIndex(identity.idNumber),
  };
}

/** The record in clear. One that does not open was changed, moved to another person, or sealed under another key: that stops everything. */
export async function openIdentity(expert: string, sealed: Omit<SealedIdentity, 'numberIndex'>): Promise<Identity> {
  const key = await keysInUse().key(sealed.keyNumber);
  const clear = (field: IdentityField): string | null => {
    const text = sealed[field];
    if (text === null) return null;
    const opened = readAtRest(text, key, place(expert, field));
    if (opened === undefined) throw new Error(`the identity data of expert ${expert} do not open (${field})`);
    return opened;
  };
  return { idNumber: clear('idNumber'), phone: clear('phone'), bankAccount: clear('bankAccount'), email: clear('email') };
}

const place = (expert: string, field: IdentityField): string => `expert-identity/${expert}/${field}`;

/** By which a resident number is found without being stored: keyed, because all numbers there are can be tried in an afternoon. */
export const numberIndex = (idNumber: string): string => base64url(hmacSha256(keysInUse().index, utf8(`resident-number/${idNumber}`)));

export const nothingKnown: Identity = { idNumber: null, phone: null, bankAccount: null, email: null };

const masks: Readonly<Record<IdentityField, (clear: string) => string>> = {
  idNumber: maskedResidentNumber,
  phone: maskedPhone,
  bankAccount: maskedBankAccount,
  email: maskedEmail,
};

/** As everybody sees it, its owner too. */
export function maskedIdentity(identity: Identity): Identity {
  const masked = (field: IdentityField): string | null => (identity[field] === null ? null : masks[field](identity[field]));
  return { idNumber: masked('idNumber'), phone: masked('phone'), bankAccount: masked('bankAccount'), email: masked('email') };
}
