import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64url, fromBase64url } from '../../src/kernel/bytes.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import {
  checkDrawRequest,
  type DrawRequest,
  type DrawTranscript,
  drawChoice,
  drawDigest,
  drawPoint,
  drawTranscript,
  employerTag,
  emptySeats,
  expertCommitment,
  nextCalled,
  openDraw,
  resolveDraw,
  sortedCandidates,
  verifyDraw,
} from '../../src/sealing/draw.ts';
import { altered, vector } from './vectors.ts';

const transcript = vector('draw') as DrawTranscript & { request: DrawRequest };
const steps = vector('draw-steps');
const { request } = transcript;
const bytes = (text: string): Uint8Array => fromBase64url(text) ?? new Uint8Array();

describe('The verifiable draw (protocol §7) reproduces the vectors', () => {
  it('digest, point and seed', () => {
    expect(drawDigest(request)).toBe(steps.digest);
    expect(drawPoint(request)).toBe(steps.point);
    const opened = openDraw(request, transcript.council, transcript.shares);
    expect(opened.ok && base64url(opened.seed)).toBe(steps.seed);
  });
  it('commitments and employer tags', () => {
    for (const expert of steps.experts) {
      expect(expertCommitment(expert, bytes(expert.salt))).toBe(expert.commitment);
      expect(employerTag(bytes(steps.drawSalt), expert.employer)).toBe(expert.tag);
    }
  });
  it('called, reserve and parameters', () => {
    const { called, reserve, parameters } = transcript;
    expect(resolveDraw(request, bytes(steps.seed))).toEqual({ called, reserve, parameters });
    expect(verifyDraw(transcript)).toMatchObject({ ok: true });
    expect(drawTranscript(request, transcript.council, transcript.shares)).toEqual(transcript);
    expect(() => drawTranscript(request, transcript.council, [])).toThrow('shares-too-few');
  });
});

describe('A tampered draw is refused by name', () => {
  it.each([
    ['draw-called', 'draw-result-differs'],
    ['draw-count', 'share-proof-wrong'],
    ['draw-group-key', 'council-key'],
    ['draw-other-key', 'council-key'],
    ['draw-parameter', 'draw-result-differs'],
    ['draw-pool-changed', 'share-proof-wrong'],
  ])('%s: %s', (name, reason) => {
    expect(verifyDraw(vector(`tampered/${name}`))).toMatchObject({ ok: false, reason });
  });
  it('one trustee short, or one twice', () => {
    const [first] = transcript.shares;
    expect(verifyDraw({ ...transcript, shares: [first] })).toMatchObject({ reason: 'shares-too-few' });
    expect(verifyDraw({ ...transcript, shares: [first, first] })).toMatchObject({ reason: 'shares-same-trustee-twice' });
  });
  it('anything that is not a draw, without throwing', () => {
    fc.assert(fc.property(fc.anything(), (input) => verifyDraw(input).ok === false));
  });
});

describe('A request has one meaning', () => {
  const [specialty] = request.seats.map((seat) => seat.specialty);
  const withPool = (change: (pool: DrawRequest['eligible'][string]) => DrawRequest['eligible'][string]): DrawRequest =>
    altered(request, (copy) => {
      copy.eligible[specialty ?? ''] = change(copy.eligible[specialty ?? ''] ?? []);
    });
  it('sorted lists without doubles', () => {
    expect(checkDrawRequest(request)).toMatchObject({ ok: true });
    expect(checkDrawRequest(withPool((pool) => [...pool].reverse()))).toMatchObject({ reason: 'draw-pool-unsorted' });
    expect(checkDrawRequest(withPool((pool) => pool.flatMap((each) => [each, each])))).toMatchObject({ reason: 'draw-pool-unsorted' });
    expect(sortedCandidates([...(request.eligible[specialty ?? ''] ?? [])].reverse())).toEqual(request.eligible[specialty ?? '']);
  });
  it('every seat once, with a list; every parameter once; one employer for an expert', () => {
    expect(checkDrawRequest({ ...request, seats: [...request.seats, ...request.seats] })).toMatchObject({ reason: 'draw-seats-repeat' });
    expect(checkDrawRequest({ ...request, eligible: {} })).toMatchObject({ reason: 'draw-pool-missing' });
    expect(checkDrawRequest({ ...request, parameters: [...request.parameters, ...request.parameters] })).toMatchObject({
      reason: 'draw-parameters-repeat',
    });
    const other = altered(request, (copy) => {
      for (const pool of Object.values(copy.eligible)) {
        const shared = pool.find((each) => each.expert === '1W4Wr4GwWM1qWKQ_8_L-kmwKJCmLViFPFdz-uuG_Ggg');
        if (shared) shared.employer = pool === copy.eligible[specialty ?? ''] ? shared.employer : base64url(sha256(new Uint8Array()));
      }
    });
    expect(checkDrawRequest(other)).toMatchObject({ reason: 'draw-employer-differs' });
  });
});

describe('Any seed', () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const employerOf = new Map(
    Object.values(request.eligible)
      .flat()
      .map((each) => [each.expert, each.employer]),
  );
  it('never calls two of one employer, nor one expert twice, reserves included', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { called, reserve } = resolveDraw(request, seed);
        const chosen = [called, reserve].flatMap((lists) => Object.values(lists).flat());
        expect(new Set(chosen.map((expert) => employerOf.get(expert))).size).toBe(chosen.length);
      }),
    );
  });
  it('calls the reserves in order when someone declines, then goes on in ticket order, and ends', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { called, reserve } = resolveDraw(request, seed);
        for (const { specialty } of request.seats) {
          const gone = new Set(Object.values(called).flat());
          const order: string[] = [];
          for (
            let next = nextCalled(request, seed, specialty, gone);
            next !== undefined;
            next = nextCalled(request, seed, specialty, gone)
          ) {
            expect(gone.has(next)).toBe(false);
            gone.add(next);
            order.push(next);
          }
          expect(order.slice(0, reserve[specialty]?.length)).toEqual(reserve[specialty]);
          expect(new Set([...gone].map((expert) => employerOf.get(expert))).size).toBe(gone.size);
        }
      }),
      { numRuns: 20 },
    );
  });
  it('leaves seats empty, and says so, when the pool has too few employers', () => {
    const [only] = request.eligible.A0801 ?? [];
    const small = { ...request, seats: [{ specialty: 'A0801', count: 2, reserve: 1 }], eligible: { A0801: only ? [only] : [] } };
    const result = resolveDraw(small, bytes(steps.seed));
    expect(emptySeats(small, result)).toEqual([{ specialty: 'A0801', missing: 1 }]);
    expect(emptySeats(request, resolveDraw(request, bytes(steps.seed)))).toEqual([]);
  });
  it('reaches every choice of a parameter', () => {
    const choices = ['3%', '4%', '5%'];
    const seen = new Set(Array.from({ length: 60 }, (_, at) => drawChoice(sha256(Uint8Array.of(at)), '下浮率', choices)));
    expect([...seen].sort()).toEqual(choices);
  });
});
