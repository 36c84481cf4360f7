import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixedVerdictKept } from '../../src/evaluation/fixed-verdict.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { fen } from '../../src/kernel/money.ts';
import { refusalBy } from '../../src/kernel/rule.ts';
import { day } from '../../src/kernel/working-days.ts';
import { createSigningRequest, issueCertificate, readSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { signerFromKey } from '../../src/sealing/signer.ts';
import { contestableUntil, contestedInTime } from '../../src/securities/forfeiture.ts';
import { checkedGuarantee, guaranteeShape } from '../../src/securities/guarantee.ts';
import { type Movement, type PayerRule, standingOf } from '../../src/securities/standing.ts';
import { isComputed } from '../../src/securities/stated-reasons.ts';
import { giveAuthority } from '../support/authority.ts';

const deadline = '2031-11-20T02:00:00.000Z' as Instant;
const payer: PayerRule = { rule: 'basic', name: '宜昌建设（集团）有限公司', account: '42001111' };
const asked = fen(30_000_000n);
const came = (change: Partial<Movement> = {}): Movement => ({
  id: 'a',
  amount: 30_000_000n,
  bookedOn: day('2031-11-10'),
  bookedAt: null,
  takenAt: '2031-11-11T00:00:00.000Z' as Instant,
  payerName: '宜昌建设(集团)有限公司',
  payerAccount: '42001111',
  ...change,
});
const stands = (...movements: Movement[]) => standingOf(movements, payer, asked, deadline);

describe('a security counts', () => {
  it('in full, in parts that come to it, and not a fen below; what is beyond it is known', () => {
    expect(stands(came()).state).toBe('full');
    expect(stands(came({ amount: 29_999_999n })).state).toBe('partial');
    const parts = stands(came({ amount: 10_000_000n }), came({ id: 'b', amount: 20_000_001n, bookedOn: day('2031-11-12') }));
    expect([parts.state, parts.over, parts.fullOn]).toEqual(['full', 1n, '2031-11-12']);
  });

  it('from the declared account in its own name alone; where any own account counts, from each in its name', () => {
    expect(stands(came({ payerAccount: '42002222' })).misfits).toMatchObject([{ why: 'wrong-payer' }]);
    expect(stands(came({ payerName: '别的公司' })).state).toBe('none');
    expect(standingOf([came({ payerAccount: '42002222' })], { ...payer, rule: 'own' }, asked, deadline).state).toBe('full');
  });

  it('when the bank booked it before the deadline, and not at the deadline itself', () => {
    expect(stands(came({ bookedOn: day('2031-11-20'), bookedAt: '2031-11-20T01:59:59.999Z' as Instant })).state).toBe('full');
    expect(stands(came({ bookedOn: day('2031-11-20'), bookedAt: deadline })).misfits).toMatchObject([{ why: 'late' }]);
  });

  it('by the day where the bank tells no moment: on the deadline’s own day only what a statement told of before it', () => {
    const on20 = { bookedOn: day('2031-11-20') };
    expect(stands(came({ ...on20, takenAt: '2031-11-20T01:00:00.000Z' as Instant })).state).toBe('full');
    expect(stands(came({ ...on20, takenAt: '2031-11-20T03:00:00.000Z' as Instant })).state).toBe('none');
    expect(stands(came({ bookedOn: day('2031-11-19'), takenAt: '2031-11-21T00:00:00.000Z' as Instant })).state).toBe('full');
  });

  it('no longer once the bank took it back', () => {
    const taken = stands(came(), came({ id: 'b', amount: -30_000_000n, bookedOn: day('2031-11-12') }));
    expect([taken.state, taken.counted, taken.fullOn]).toEqual(['none', 0n, null]);
  });
});

describe('in any order in which statements tell of it', () => {
  const movement = fc.record({
    id: fc.uuid(),
    amount: fc.oneof(fc.bigInt({ min: 1n, max: 40_000_000n }), fc.bigInt({ min: -1_000_000n, max: -1n })),
    bookedOn: fc.constantFrom(day('2031-11-10'), day('2031-11-19'), day('2031-11-20'), day('2031-11-21')),
    bookedAt: fc.constant(null),
    takenAt: fc.constantFrom('2031-11-20T01:00:00.000Z', '2031-11-20T03:00:00.000Z') as fc.Arbitrary<Instant>,
    payerName: fc.constantFrom(payer.name, '别的公司'),
    payerAccount: fc.constantFrom(payer.account, '42002222'),
  });

  it('a security stands the same, and every fen is either counted or goes back', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(movement, { selector: ({ id }) => id, maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (movements, chance) => {
          const shuffled = movements
            .map((each, at) => ({ each, at: chance[at] ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ each }) => each);
          const standing = standingOf(movements, payer, asked, deadline);
          expect(standingOf(shuffled, payer, asked, deadline)).toEqual(standing);
          const sum = (list: readonly Movement[]): bigint => list.reduce((total, { amount }) => total + amount, 0n);
          expect(sum(standing.counting) + sum(standing.misfits.map((misfit) => misfit.movement))).toBe(sum(movements));
        },
      ),
    );
  });
});

describe('SEC-ITEM the verdict on a security', () => {
  it('is as computed, and what is not computed is for the member to judge', () => {
    const fixed = { bid: 'b', item: 'security', pass: false, reason: { zh: '截止后到账', en: 'late' } };
    expect(refusalBy([fixedVerdictKept], { fixed, pass: false, field: 'pass' })).toBeNull();
    expect(refusalBy([fixedVerdictKept], { fixed, pass: true, field: 'pass' })?.detail.fields).toEqual([
      { path: 'pass', says: fixed.reason },
    ]);
    expect(refusalBy([fixedVerdictKept], { fixed: undefined, pass: true, field: 'pass' })).toBeNull();
    expect(['full', 'partial', 'late', 'wrong-payer', 'none', 'guarantee', 'guarantee-unchecked'].filter(isComputed)).toHaveLength(6);
  });
});

describe('SEC-CONTEST an objection to a kept security', () => {
  it('is taken until its working days are over, and not at their end', () => {
    const decidedAt = '2031-11-03T02:00:00.000Z' as Instant;
    const end = contestableUntil(decidedAt);
    expect(end).toBe('2031-11-10T16:00:00.000Z');
    expect(refusalBy([contestedInTime], { decidedAt, now: later(end, -1) })).toBeNull();
    expect(refusalBy([contestedInTime], { decidedAt, now: end })?.problem).toBe('forfeiture-settled');
  });
});

describe('a guarantee', () => {
  it('signed by an issuer of the register is checked by what it says; any other is left to the panel', async () => {
    const authority = await giveAuthority();
    const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair;
    const at = later(authority.issuing.certificate.notBefore, 60_000);
    const read = await readSigningRequest(signingRequestPem(await createSigningRequest({ commonName: '担保公司' }, pair)));
    if (!read.ok) throw new Error('no request');
    const { request } = read;
    const naming = { commonName: '担保公司', organization: '担保公司', code: '91420500NNPE6AC207' };
    const validity = { from: authority.issuing.certificate.notBefore, until: authority.issuing.certificate.notAfter };
    const signer = signerFromKey(pair.privateKey, await issueCertificate(naming, request, validity, authority.issuing), [
      authority.issuing.certificate,
    ]);
    const expected = {
      number: 'BH-1',
      lot: 'A01-1',
      beneficiary: 'B'.repeat(18),
      principal: 'P'.repeat(18),
      amount: '300000.00',
      validUntil: '2032-02-18',
    };
    const file = canonicalBytes(guaranteeShape.parse({ format: 'yangguang/guarantee/v1', issuer: '担保公司', ...expected }));
    const signature = await signDetached(file, signer, at);
    const issuers = [{ name: '登记的担保公司', certificates: [authority.root] }];
    expect(await checkedGuarantee({ file, signature, expected }, issuers, at)).toEqual({ state: 'signed', issuer: '登记的担保公司' });
    expect(await checkedGuarantee({ file, signature, expected: { ...expected, amount: '300000.01' } }, issuers, at)).toEqual({
      state: 'differs',
    });
    for (const given of [
      { file, signature: null, expected },
      { file: file.slice(1), signature, expected },
    ])
      expect(await checkedGuarantee(given, issuers, at)).toEqual({ state: 'unchecked' });
    expect(await checkedGuarantee({ file, signature, expected }, [], at)).toEqual({ state: 'unchecked' });
  });
});
