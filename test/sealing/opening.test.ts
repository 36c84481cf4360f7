import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Council, evaluate, type TrusteeShare } from '../../src/sealing/council.ts';
import { type OpeningTranscript, openingPoints, openingTranscript, publicEdition, verifyOpening } from '../../src/sealing/opening.ts';
import { altered, otherCharacter, vector } from './vectors.ts';

const opening = vector('opening') as OpeningTranscript;
const { files } = vector('envelopes');
const { secretShares } = vector('council') as { council: Council; secretShares: TrusteeShare[] };

describe('The opening transcript (protocol §6)', () => {
  it('of the vectors holds, and says which items open with which key', () => {
    const verdict = verifyOpening(opening);
    expect(verdict).toMatchObject({ ok: true, edition: 'full' });
    const found = verdict.ok ? verdict.items.map(({ submission, shared, fileKey }) => ({ submission, shared, fileKey })) : [];
    expect(found).toEqual(
      files.map((file: { submission: string; sharedPoint: string; opens: boolean; fileKey: string }) => ({
        submission: file.submission,
        shared: file.sharedPoint,
        fileKey: file.opens ? file.fileKey : null,
      })),
    );
  });
  it('can be made again by any t trustees', () => {
    for (const missing of [0, 1, 2]) {
      const shares = secretShares
        .filter((_, at) => at !== missing)
        .map((share) => evaluate(share, openingPoints(opening.items), opening.council));
      expect(verifyOpening(openingTranscript(opening, opening.items, shares))).toMatchObject({ ok: true });
    }
  });
  it('has a public edition that gives no key away and says that it is one', () => {
    const edition = publicEdition(opening);
    expect(JSON.stringify(edition)).not.toContain('wrappedKey');
    const verdict = verifyOpening(edition);
    expect(verdict).toMatchObject({ ok: true, edition: 'public' });
    expect(verdict.ok && verdict.items.some((item) => 'fileKey' in item)).toBe(false);
  });
});

describe('A tampered opening is refused by name', () => {
  it.each([
    ['opening-group-key', 'council-key'],
    ['opening-one-trustee', 'shares-too-few'],
    ['opening-other-lot', 'opening-label-wrong'],
    ['opening-proof', 'share-proof-wrong'],
    ['opening-same-trustee-twice', 'shares-same-trustee-twice'],
    ['opening-share', 'share-proof-wrong'],
    ['opening-swapped-bidders', 'opening-label-wrong'],
  ])('%s: %s', (name, reason) => {
    expect(verifyOpening(vector(`tampered/${name}`))).toMatchObject({ ok: false, reason });
  });
  it('when any character of any seal, point or proof is another', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom('ephemeral', 'proof', 'wrappedKey'), fc.nat(85), (at, field, place) => {
        const changed = altered(opening, (copy) => {
          const item = copy.items[at];
          if (item) item[field] = otherCharacter(item[field] ?? '', place);
        });
        expect(verifyOpening(changed).ok).toBe(false);
      }),
      { numRuns: 40 },
    );
    fc.assert(
      fc.property(fc.nat(1), fc.nat(4), fc.nat(85), (at, which, place) => {
        const changed = altered(opening, (copy) => {
          const share = copy.shares[at];
          if (!share) return;
          if (which === 4) share.proof = otherCharacter(share.proof, place);
          else share.evaluated[which] = otherCharacter(share.evaluated[which] ?? '', place);
        });
        expect(verifyOpening(changed).ok).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
  it('when an item is listed twice, is left out, or lacks its key alone', () => {
    const twice = altered(opening, (copy) => {
      copy.items[1] = structuredClone(copy.items[0] as OpeningTranscript['items'][number]);
    });
    expect(verifyOpening(twice)).toMatchObject({ reason: 'opening-item-repeats' });
    expect(verifyOpening({ ...opening, items: opening.items.slice(1) })).toMatchObject({ reason: 'share-wrong-length' });
    const mixed = altered(opening, (copy) => {
      delete copy.items[2]?.wrappedKey;
    });
    expect(verifyOpening(mixed)).toMatchObject({ reason: 'opening-editions-mixed' });
  });
  it('and anything that is not an opening, without throwing', () => {
    fc.assert(fc.property(fc.anything(), (input) => verifyOpening(input).ok === false));
    expect(verifyOpening({ ...opening, items: [] })).toMatchObject({ reason: 'opening-malformed' });
  });
});
