import { describe, expect, it } from '@jest/globals';
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { base64url } from '../../src/kernel/bytes.ts';
import { beginCeremony, checkPackages, dealShares, finishCeremony, holdCeremony, packageHash } from '../../src/sealing/ceremony.ts';
import { type Council, combine, evaluate, type Share, type TrusteeShare, verifyCouncil, verifyShare } from '../../src/sealing/council.ts';
import { altered, otherCharacter, vector } from './vectors.ts';

const { council, secretShares } = vector('council') as { council: Council; secretShares: TrusteeShare[] };
const pointFrom = (seed: string): string =>
  base64url(ristretto255_hasher.hashToCurve(new TextEncoder().encode(seed), { DST: 'yangguang-test' }).toBytes());
const choose = <Item>(items: readonly Item[], count: number): Item[][] =>
  count === 0 ? [[]] : items.flatMap((item, at) => choose(items.slice(at + 1), count - 1).map((rest) => [item, ...rest]));

describe('A council (protocol §2)', () => {
  it('of the vectors is sound', () => {
    expect(verifyCouncil(council)).toEqual({ ok: true, council });
  });
  it('is refused when its group key is another', () => {
    const other = altered(council, (copy) => {
      copy.groupKey = council.trustees[0]?.verifyingShare ?? '';
    });
    expect(verifyCouncil(other)).toMatchObject({ ok: false, reason: 'council-key' });
  });
  it('is refused when one verifying share is another', () => {
    for (const at of council.trustees.keys()) {
      const other = altered(council, (copy) => {
        const trustee = copy.trustees[at];
        if (trustee) trustee.verifyingShare = council.groupKey;
      });
      expect(verifyCouncil(other)).toMatchObject({ reason: 'council-key' });
    }
  });
  it('is refused when half of the trustees would do, or more than all would be needed', () => {
    for (const threshold of [1, 4]) expect(verifyCouncil({ ...council, threshold })).toMatchObject({ ok: false });
    const four = holdCeremony(council.id, 'four', ['a', 'b', 'c', 'd'], 3);
    expect(verifyCouncil(four.council)).toMatchObject({ ok: true });
    expect(verifyCouncil({ ...four.council, threshold: 2 })).toMatchObject({ reason: 'council-threshold' });
  });
  it('is refused when two trustees bear one number', () => {
    const other = altered(council, (copy) => {
      const last = copy.trustees[2];
      if (last) last.index = 1;
    });
    expect(verifyCouncil(other)).toMatchObject({ reason: 'council-trustees' });
  });
  it('is refused, never thrown at, when it is anything else', () => {
    fc.assert(fc.property(fc.anything(), (input) => verifyCouncil(input).ok === false));
    expect(verifyCouncil({ ...council, extra: 1 })).toMatchObject({ reason: 'council-malformed' });
    const zero = altered(council, (copy) => {
      copy.groupKey = 'A'.repeat(43);
    });
    expect(verifyCouncil(zero)).toMatchObject({ reason: 'council-malformed' });
  });
});

describe('The council’s one operation', () => {
  it('gives the shared point of the group key, whichever t trustees answer', () => {
    const point = base64url(ristretto255.Point.BASE.toBytes());
    for (const two of choose(secretShares, 2)) {
      const shares = two.map((share) => evaluate(share, [point], council));
      expect(combine(council, [point], shares)).toEqual({ ok: true, shared: [council.groupKey] });
    }
  });
  it('any t shares of any council combine to the same points', () => {
    fc.assert(
      fc.property(
        fc.constantFrom([2, 2], [2, 3], [3, 4], [3, 5], [4, 5]),
        fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
        ([t, n], seeds) => {
          const made = holdCeremony(
            council.id,
            'any',
            Array.from({ length: n ?? 0 }, (_, at) => `trustee ${at + 1}`),
            t ?? 0,
          );
          expect(verifyCouncil(made.council)).toMatchObject({ ok: true });
          const points = seeds.map(pointFrom);
          const all = made.shares.map((share) => evaluate(share, points, made.council));
          const whole = combine(made.council, points, all);
          expect(whole.ok).toBe(true);
          for (const some of choose(all, t ?? 0)) expect(combine(made.council, points, some)).toEqual(whole);
        },
      ),
      { numRuns: 10 },
    );
  });
  it('needs t different trustees', () => {
    const points = [pointFrom('one')];
    const [first] = secretShares.map((share) => evaluate(share, points, council));
    if (!first) throw new Error('no share');
    expect(combine(council, points, [first])).toMatchObject({ reason: 'shares-too-few' });
    expect(combine(council, points, [])).toMatchObject({ reason: 'shares-too-few' });
    expect(combine(council, points, [first, first])).toMatchObject({ reason: 'shares-same-trustee-twice' });
  });
  it('refuses any altered point, proof, trustee or question', () => {
    const points = [pointFrom('one'), pointFrom('two')];
    const share = evaluate(secretShares[0] as TrusteeShare, points, council);
    expect(verifyShare(council, points, share)).toMatchObject({ ok: true });
    fc.assert(
      fc.property(fc.nat(85), (at) => {
        expect(verifyShare(council, points, { ...share, proof: otherCharacter(share.proof, at) })).toMatchObject({ ok: false });
      }),
    );
    const swapped: Share = { ...share, evaluated: [...share.evaluated].reverse() };
    expect(verifyShare(council, points, swapped)).toMatchObject({ reason: 'share-proof-wrong' });
    expect(verifyShare(council, points, { ...share, trustee: 2 })).toMatchObject({ reason: 'share-proof-wrong' });
    expect(verifyShare(council, points, { ...share, trustee: 9 })).toMatchObject({ reason: 'share-trustee-unknown' });
    expect(verifyShare(council, [...points].reverse(), share)).toMatchObject({ reason: 'share-proof-wrong' });
    expect(verifyShare(council, points.slice(1), share)).toMatchObject({ reason: 'share-wrong-length' });
  });
  it('is not done with a share that is not this council’s', () => {
    const stranger = holdCeremony(council.id, 'other', ['a', 'b', 'c'], 2);
    expect(() => evaluate(stranger.shares[0] as TrusteeShare, [pointFrom('one')], council)).toThrow('share-trustee-unknown');
  });
});

describe('The key ceremony', () => {
  const size = { threshold: 2, trustees: 3 };
  const secrets = [1, 2, 3].map((index) => beginCeremony(index, size));
  const packages = secrets.map((secret) => secret.package);
  const hashes = packages.map(packageHash);
  const [one, two, three] = secrets;
  if (!one || !two || !three) throw new Error('three trustees');

  it('refuses a package whose hash was not the one published, and names who sent it', () => {
    expect(checkPackages(size, packages, hashes)).toMatchObject({ ok: true });
    const late = beginCeremony(3, size).package;
    expect(checkPackages(size, [packages[0], packages[1], late], hashes)).toMatchObject({ reason: 'ceremony-hash-differs', faulty: 3 });
    expect(checkPackages(size, packages.slice(1), hashes)).toMatchObject({ reason: 'ceremony-not-all' });
  });
  it('refuses a package whose sender does not know its secret', () => {
    const copied = { ...two.package, index: 3 };
    expect(dealShares(one, [one.package, two.package, copied])).toMatchObject({ reason: 'ceremony-proof-wrong', faulty: 3 });
  });
  it('names the trustee whose share contradicts its commitments', () => {
    const dealt = secrets.flatMap((secret) => {
      const step = dealShares(secret, packages);
      return step.ok ? step.shares : [];
    });
    expect(finishCeremony(one, packages, dealt)).toMatchObject({ ok: true });
    const wrong = dealt.map((share) =>
      share.from === 3 && share.to === 1 ? { ...share, signingShare: otherCharacter(share.signingShare, 5) } : share,
    );
    expect(finishCeremony(one, packages, wrong)).toMatchObject({ reason: 'ceremony-share-wrong', faulty: 3 });
    expect(finishCeremony(one, packages, dealt.slice(0, 2))).toMatchObject({ reason: 'ceremony-not-all' });
  });
  it('leads every trustee to the same council, and takes the same steps again from what was stored', () => {
    const restored = secrets.map((secret) => JSON.parse(JSON.stringify(secret)));
    const dealt = restored.flatMap((secret) => {
      const step = dealShares(secret, packages);
      return step.ok ? step.shares : [];
    });
    const keys = restored.map((secret) => {
      const step = finishCeremony(secret, packages, dealt);
      return step.ok ? JSON.stringify([step.result.groupKey, step.result.verifyingShares]) : step.reason;
    });
    expect(new Set(keys).size).toBe(1);
  });
});
