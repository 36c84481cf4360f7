import type { CrlReason } from '../sealing/revocation-list.ts';

/** Why somebody takes a certificate back. */
export const revocationReasons = ['key-lost', 'key-exposed', 'superseded', 'left-organisation', 'privilege-withdrawn', 'other'] as const;

/** Our reasons in the words of X.509 (RFC 5280 §5.3.1). */
export const crlReasonOf: Readonly<Record<string, CrlReason>> = {
  'key-lost': 'cessationOfOperation',
  'key-exposed': 'keyCompromise',
  superseded: 'superseded',
  'left-organisation': 'affiliationChanged',
  'privilege-withdrawn': 'privilegeWithdrawn',
  other: 'unspecified',
};
