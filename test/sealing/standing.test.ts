import { describe, expect, it } from '@jest/globals';
import { aftermathOf, type Fate, fallAt, fallBefore, judgeSigners } from '../../src/sealing/standing.ts';
import { moment } from './pki.ts';

const receivedAt = moment('2026-05-10T00:00:00.000Z');
const deadline = moment('2026-05-20T01:30:00.000Z');
const justBefore = moment('2026-05-20T01:29:59.999Z');
const justAfter = moment('2026-05-20T01:30:00.001Z');
const now = moment('2026-05-20T02:00:00.000Z');
const sound: Fate = { revokedAt: null, supersededAt: null, holds: [] };
const judged = (fate: Fate) => judgeSigners([sound, fate], { receivedAt, deadline, now });

describe('A bid whose signer’s certificate was revoked', () => {
  it('a millisecond before the deadline is refused', () => {
    expect(judged({ ...sound, revokedAt: justBefore })).toEqual({ refused: 'certificate-revoked', note: null });
  });
  it('at the deadline itself is valid, with a note: then it was already in', () => {
    expect(judged({ ...sound, revokedAt: deadline })).toEqual({ refused: null, note: { fall: 'certificate-revoked', at: deadline } });
  });
  it('a millisecond after the deadline is valid, with a note', () => {
    expect(judged({ ...sound, revokedAt: justAfter })).toEqual({ refused: null, note: { fall: 'certificate-revoked', at: justAfter } });
  });
  it('never is valid without a note; nor is a revocation that lies ahead noted', () => {
    expect(judged(sound)).toEqual({ refused: null, note: null });
    expect(judged({ ...sound, revokedAt: moment('2026-05-20T02:00:00.001Z') })).toEqual({ refused: null, note: null });
  });
});

describe('A bid whose signer’s certificate was on hold', () => {
  const held = (from: typeof now, until: typeof now | null): Fate => ({ ...sound, holds: [{ from, until }] });
  it('when the deadline came is refused, even when it was lifted at the deadline', () => {
    expect(judged(held(justBefore, null)).refused).toBe('certificate-suspended');
    expect(judged(held(justBefore, deadline)).refused).toBe('certificate-suspended');
  });
  it('and was lifted a millisecond before the deadline is valid', () => {
    expect(judged(held(receivedAt < justBefore ? moment('2026-05-11T00:00:00.000Z') : now, justBefore))).toEqual({
      refused: null,
      note: null,
    });
  });
  it('when it was received is refused: the signature was made with it then', () => {
    expect(judged(held(receivedAt, moment('2026-05-11T00:00:00.000Z'))).refused).toBe('certificate-suspended');
  });
  it('from the deadline on is valid, with a note', () => {
    expect(judged(held(deadline, null)).note).toEqual({ fall: 'certificate-suspended', at: deadline });
  });
});

describe('A certificate that was renewed', () => {
  const fate: Fate = { ...sound, supersededAt: justBefore };
  it('signs until the end of the overlap, to the millisecond', () => {
    expect(fallAt(fate, moment('2026-05-20T01:29:59.998Z'))).toBeNull();
    expect(fallAt(fate, justBefore)).toBe('certificate-superseded');
  });
  it('leaves good what it signed before', () => {
    expect(fallBefore(fate, deadline)).toBeNull();
    expect(judged(fate)).toEqual({ refused: null, note: null });
  });
});

describe('At the moment of signing', () => {
  it('a revocation counts from its own millisecond on', () => {
    expect(fallAt({ ...sound, revokedAt: deadline }, justBefore)).toBeNull();
    expect(fallAt({ ...sound, revokedAt: deadline }, deadline)).toBe('certificate-revoked');
  });
  it('a hold counts until it is lifted', () => {
    const fate = { ...sound, holds: [{ from: justBefore, until: justAfter }] };
    expect([justBefore, deadline, justAfter].map((at) => fallAt(fate, at))).toEqual([
      'certificate-suspended',
      'certificate-suspended',
      null,
    ]);
    expect(aftermathOf(fate, deadline, now)).toBeNull();
  });
});
