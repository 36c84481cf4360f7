import { z } from 'zod';
import type { Draft } from './draft.ts';
import type { BidField, LineEdition } from './line.ts';

/**
 * Several who bid as one (联合体, Bidding Law art. 31): where a notice accepts them it says of how many members at most, and the form of a bid then asks who
 * they are and for their agreement. The first of them leads and is the bidder; each of them signs.
 */
export const jointShape = z.strictObject({ max: z.int().min(2) });
export type JointTerms = z.infer<typeof jointShape>;

/** Under which keys a bid names its members and holds their agreement. */
export const membersKey = 'jointMembers';
export const agreementKey = 'jointAgreement';

/** What this draft says of joint bids; undefined where it accepts none. */
export function jointOf(edition: LineEdition, draft: Pick<Draft, 'consortium' | 'consortiumMembers'>): JointTerms | undefined {
  return edition.joint && draft.consortium && draft.consortiumMembers !== null ? { max: draft.consortiumMembers } : undefined;
}

/** The form of a bid where joint bids are accepted. */
export function formWithJoint(form: readonly BidField[], { joint }: LineEdition, terms: JointTerms | undefined): readonly BidField[] {
  if (!joint || !terms) return form;
  return [...form, { ...joint.members, key: membersKey }, { ...joint.agreement, key: agreementKey }];
}
