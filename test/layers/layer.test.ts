import { describe, expect, it } from '@jest/globals';
import { noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { seenDown } from '../../src/journal/outage.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { attributionOf, layersUntil, minutesOfLayers, standstillsIn } from '../../src/openings/layer.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { newAgeIdentity, readEnvelopeHeader, rereadOwn } from '../../src/sealing/envelope.ts';
import { coverKey, coverOf, opensCover, sealCovered } from '../../src/sealing/layer.ts';

const start = '2026-12-13T01:30:00.000Z' as Instant;
const at = (minutes: number): Instant => new Date(Date.parse(start) + minutes * 60_000).toISOString() as Instant;

describe('whose doing it was that a layer stayed on', () => {
  const nothing = { disputed: false, attended: false, othersRemoved: 0 };
  it.each([
    [{ ...nothing, attended: true }, 'bidder', 'bidder-attended'],
    [{ ...nothing, othersRemoved: 1 }, 'bidder', 'others-removed'],
    [{ ...nothing, attended: true, othersRemoved: 19 }, 'bidder', 'bidder-attended'],
    [nothing, 'ruling', 'no-evidence'],
    [{ ...nothing, disputed: true }, 'ruling', 'disputed'],
    [{ disputed: true, attended: true, othersRemoved: 19 }, 'ruling', 'disputed'],
  ] as const)('%j → %s (%s)', (evidence, to, ground) => {
    expect(attributionOf(evidence)).toEqual({ to, ground });
  });
});

describe('what probes say of the bidders’ time', () => {
  const keys = [1, 2, 3].map((n) => noteSigner(`probe-${n}.example`, new Uint8Array(32).fill(n)));
  const rule = {
    probes: keys.map((key, n) => ({ vkey: printVerifierKey(key), institution: ['甲院', '乙院', '丙院'][n] ?? '' })),
    quorum: 2,
    downMinutes: 10,
    windowMinutes: 120,
    moveHours: 24,
    mostMoves: 2,
    settleMinutes: 240,
  };
  /** down from the fifth minute on for so many, up for the rest of the time */
  const said = (probe: number, down: number, minutes = 30) => ({
    probe: keys[probe]?.name ?? '',
    from: start,
    states: `uuuuu${'d'.repeat(down)}`.padEnd(minutes, 'u'),
    at: at(minutes),
  });
  const minutes = minutesOfLayers(start, at(30), []);

  it('proves it at so many minutes of two institutions, not at one minute less, nor by one institution', () => {
    expect(minutes).toHaveLength(30);
    expect(seenDown(rule, minutes, 10, [said(0, 10), said(1, 10), said(2, 0)])).toMatchObject({ saw: 2, proven: true, decided: true });
    expect(seenDown(rule, minutes, 10, [said(0, 10), said(1, 9), said(2, 0)])).toMatchObject({ saw: 1, proven: false, decided: true });
    expect(seenDown(rule, minutes, 10, [said(0, 25)])).toMatchObject({ saw: 1, proven: false, decided: false });
  });
  it('is undecided while minutes still to be stated could prove it', () => {
    expect(seenDown(rule, minutes, 10, [said(0, 0, 20), said(1, 0, 21)])).toMatchObject({ proven: false, decided: false });
    expect(seenDown(rule, minutes, 10, [said(0, 0, 21), said(1, 0, 21)])).toMatchObject({ proven: false, decided: true });
  });
  it('counts no minute in which the opening stood still: the time was lengthened for it', () => {
    const still = [{ from: at(5), until: at(15) }];
    const longer = layersUntil(start, 30, still);
    const counted = minutesOfLayers(start, longer, still);
    expect([longer, counted.length]).toEqual([at(40), 30]);
    expect(seenDown(rule, counted, 10, [said(0, 10, 40), said(1, 10, 40)])).toMatchObject({ saw: 0, proven: false });
    expect(seenDown(rule, counted, 10, [said(0, 20, 40), said(1, 20, 40)])).toMatchObject({ saw: 2, proven: true });
    expect(minutesOfLayers(start, at(30), [{ from: at(10), until: null }])).toHaveLength(10);
  });
  it.each([
    [{ disputed: true, attended: true, othersRemoved: 19, sawDown: 2 }, 'platform', 'platform-down'],
    [{ disputed: false, attended: true, othersRemoved: 19, sawDown: 1 }, 'bidder', 'bidder-attended'],
    [{ disputed: false, attended: false, othersRemoved: 0, sawDown: 2 }, 'platform', 'platform-down'],
  ] as const)('%j → %s (%s) with a quorum of two', (evidence, to, ground) => {
    expect(attributionOf(evidence, 2)).toEqual({ to, ground });
    // without a rule in the notice the same sightings say nothing
    expect(attributionOf(evidence).ground).not.toBe('platform-down');
  });
});

describe('the end of the bidders’ time', () => {
  it('is so many minutes from the start, longer by what stopped it, once where two stood together', () => {
    expect(layersUntil(start, 30, [])).toBe(at(30));
    expect(layersUntil(start, 30, [{ from: at(10), until: at(20) }])).toBe(at(40));
    expect(layersUntil(start, 30, [{ from: at(30), until: at(50) }])).toBe(at(30));
    expect(layersUntil(start, 30, [{ from: at(-60), until: at(5) }])).toBe(at(35));
    expect(
      layersUntil(start, 30, [
        { from: at(10), until: at(20) },
        { from: at(15), until: at(25) },
      ]),
    ).toBe(at(45));
    expect(
      layersUntil(start, 30, [
        { from: at(10), until: at(20) },
        { from: at(39), until: at(41) },
      ]),
    ).toBe(at(42));
    expect(layersUntil(start, 30, [{ from: at(10), until: null }])).toBe(at(30));
  });
  it('reads what stopped it from the events', () => {
    const event = (type: string, minute: number, data: object = {}) => ({ type, at: at(minute), data });
    const events = [
      event('order.suspended', 1),
      event('order.lifted', 2),
      event('openings.suspended', 3, { reopensAt: at(10) }),
      event('openings.suspended', 5, { reopensAt: at(20) }),
      event('openings.resumed', 8),
      event('order.suspended', 9),
    ];
    expect(standstillsIn(events)).toEqual([
      { from: at(1), until: at(2) },
      { from: at(9), until: null },
      { from: at(3), until: at(8) },
    ]);
  });
});

describe('the bidder’s own layer', () => {
  const { council } = holdCeremony(newId(), '开标委员会', ['甲', '乙', '丙'], 2);
  const sealed = async () => {
    const own = await newAgeIdentity();
    const context = { lot: newId(), part: 'whole' as const, bidder: '91420500MA0030011Y' };
    const covered = await sealCovered(new Blob(['a bid']).stream(), { council, context, ownRecipient: own.recipient });
    const bytes = new Uint8Array(await new Response(covered.envelope as BodyInit).arrayBuffer());
    return { own, bytes, ...(await covered.inner()) };
  };

  it('has the head that is signed, and a key that its head proves; no other key, and no other head', async () => {
    const [one, two] = [await sealed(), await sealed()];
    expect(base64url(coverOf(one.bytes) ?? new Uint8Array())).toBe(one.seal.cover);
    const key = (await coverKey(one.own.identity, one.seal.cover)) ?? '';
    expect(opensCover(one.seal.cover, key)).toBe(true);
    expect(await coverKey(two.own.identity, one.seal.cover)).toBeUndefined();
    expect(opensCover(two.seal.cover, key)).toBe(false);
    expect(opensCover(one.seal.cover, base64url(new Uint8Array(16)))).toBe(false);
    for (const broken of ['', 'x', key.slice(1), `${key}A`]) expect(opensCover(one.seal.cover, broken)).toBe(false);
    const bytes = coverOf(one.bytes) ?? new Uint8Array();
    for (let place = 0; place < bytes.length; place += 7) {
      const bent = Uint8Array.from(bytes, (byte, n) => (n === place ? byte ^ 1 : byte));
      expect(opensCover(base64url(bent), key)).toBe(false);
    }
  });

  it('holds the envelope that is signed for, which opens for the bidder with the stock way twice', async () => {
    const { own, bytes, seal, head } = await sealed();
    const within = await rereadOwn(own.identity, new Blob([bytes]).stream());
    const inner = new Uint8Array(await new Response(within as BodyInit).arrayBuffer());
    expect(inner.length).toBe(seal.bytes);
    const read = await readEnvelopeHeader(inner);
    expect(read.ok && read.header).toMatchObject({ ...head });
    const clear = await rereadOwn(own.identity, new Blob([inner]).stream());
    expect(await new Response(clear as BodyInit).text()).toBe('a bid');
    expect(coverOf(inner)).toBeUndefined();
  });
});
