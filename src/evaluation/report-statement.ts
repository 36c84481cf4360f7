/**
 * What a member signs: which lot, which bundle, as which member, and its dissent word for word where it has one. Its canonical bytes go under the
 * detached signature.
 */
export const reportStatement = (lot: string, sha256: string, member: string, dissent?: string) => ({
  format: 'yangguang/report-signature/v1',
  lot,
  sha256,
  member,
  ...(dissent === undefined ? {} : { dissent }),
});
