/** What a member signs: which lot, which bundle, as which member. Its canonical bytes go under the detached signature. */
export const reportStatement = (lot: string, sha256: string, member: string) => ({
  format: 'yangguang/report-signature/v1',
  lot,
  sha256,
  member,
});
