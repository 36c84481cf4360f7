import { describe, expect, it } from '@jest/globals';
import { textOf } from '../../src/kernel/bytes.ts';
import { signDetached, verifyDetached } from '../../src/sealing/signature.ts';
import { type SubmissionStatement, submissionBytes, submissionShape } from '../../src/sealing/statement.ts';
import { now, testAuthority } from './pki.ts';

const statement: SubmissionStatement = {
  format: 'yangguang/submission/v1',
  id: '01a20305-5a48-7fd4-a51f-9ba1180b67c2',
  lot: '01a20305-5a3e-7724-8fb5-8cf50217a446',
  bidder: '91420500NNPE6AC207',
  parts: [{ part: 'price', sha256: 'ng6wtUgUTjB_Bu-easZPzG3ElY0a6nDBwJIIcXBPUYk', bytes: 553 }],
  supersedes: null,
  at: '2026-11-22T11:30:12.358Z',
};

describe('The submission statement (protocol §5)', () => {
  it('is signed as canonical JSON, whatever the order of its fields', async () => {
    const turned = Object.fromEntries(Object.entries(statement).reverse()) as unknown as SubmissionStatement;
    expect(submissionBytes(turned)).toEqual(submissionBytes(statement));
    expect(textOf(submissionBytes(statement))).toMatch(/^\{"at":"2026-11-22T11:30:12\.358Z","bidder":"91420500NNPE6AC207","format":/);
    const authority = await testAuthority();
    const { signer } = await authority.certify({ commonName: '宜昌长江建设有限公司', code: statement.bidder });
    const signature = await signDetached(submissionBytes(statement), signer, now);
    const trust = { anchors: [authority.root.certificate], at: now };
    expect(await verifyDetached(signature, submissionBytes(turned), trust)).toMatchObject({ ok: true, signer: { code: statement.bidder } });
    const cheaper = { ...statement, supersedes: statement.id };
    expect(await verifyDetached(signature, submissionBytes(cheaper), trust)).toMatchObject({ reason: 'signature-content-differs' });
  });
  it.each([
    ['no part', { parts: [] }],
    ['one part twice', { parts: [statement.parts[0], statement.parts[0]] }],
    ['a time without milliseconds', { at: '2026-11-22T11:30:12Z' }],
    ['an id in capitals', { id: statement.id.toUpperCase() }],
    ['another format', { format: 'yangguang/submission/v2' }],
    ['a field nobody knows', { price: '1.00' }],
  ])('is refused with %s', (_, change) => {
    expect(submissionShape.safeParse(statement).success).toBe(true);
    expect(submissionShape.safeParse({ ...statement, ...change }).success).toBe(false);
  });
});
