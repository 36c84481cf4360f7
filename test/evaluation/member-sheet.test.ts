import { describe, expect, it } from '@jest/globals';
import { driftOf } from '../../src/evaluation/drift.ts';
import { givenKey } from '../../src/evaluation/given.ts';
import { flawIn, type MemberSheet, packSheet, type SheetAsks, sheetBytes, sheetFormat } from '../../src/evaluation/member-sheet.ts';
import { sheetsDue, type Told, wronglyReplaced } from '../../src/evaluation/sheet-rounds.ts';
import { newId } from '../../src/kernel/ids.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { checkLabelProof, newAgeIdentity, readEnvelopeHeader, sealSheetStream, sealStream } from '../../src/sealing/envelope.ts';

const asks: SheetAsks = {
  lot: 'lot',
  part: 'whole',
  member: 'm1',
  version: 1,
  bids: ['a', 'b'],
  gone: [],
  items: ['item'],
  criteria: [{ id: 'plan', max: '10' }],
};
type Bid = MemberSheet['bids'][number];
const bid = (id: string, more: Partial<Bid> = {}): Bid => ({
  bid: id,
  reviews: [{ item: 'item', pass: true, reason: null }],
  scores: [{ criterion: 'plan', score: '9.00', reason: null }],
  ...more,
});
const sheet = (bids: readonly Bid[] = [bid('a'), bid('b')], more: Partial<MemberSheet> = {}): MemberSheet => ({
  format: sheetFormat,
  lot: 'lot',
  part: 'whole',
  member: 'm1',
  version: 1,
  bids: [...bids],
  at: '2026-12-14T01:00:00.000Z',
  ...more,
});
const scored = (score: string): Bid => bid('b', { scores: [{ criterion: 'plan', score, reason: null }] });

describe('A member’s sheet is whole or void', () => {
  it.each<readonly [string, MemberSheet, ReturnType<typeof flawIn>]>([
    ['whole', sheet(), null],
    ['of another seat', sheet(undefined, { member: 'm2' }), 'sheet-of-another'],
    ['of another version', sheet(undefined, { version: 2 }), 'sheet-of-another'],
    ['of another envelope', sheet(undefined, { part: 'price' }), 'sheet-of-another'],
    ['without a bid', sheet([bid('a')]), 'sheet-incomplete'],
    ['with a bid twice', sheet([bid('a'), bid('a'), bid('b')]), 'sheet-strange'],
    ['with a stranger', sheet([bid('a'), bid('b'), bid('c')]), 'sheet-strange'],
    ['without a verdict', sheet([bid('a'), bid('b', { reviews: [] })]), 'sheet-incomplete'],
    ['without a mark', sheet([bid('a'), bid('b', { scores: [] })]), 'sheet-incomplete'],
    ['at the maximum', sheet([bid('a'), scored('10.00')]), null],
    ['above the maximum', sheet([bid('a'), scored('10.01')]), 'sheet-out-of-range'],
    ['with a mark spelt otherwise', sheet([bid('a'), scored('9')]), 'sheet-out-of-range'],
    [
      'failing without a reason',
      sheet([bid('a'), bid('b', { reviews: [{ item: 'item', pass: false, reason: ' ' }] })]),
      'sheet-reason-missing',
    ],
  ])('%s', (_name, given, flaw) => expect(flawIn(given, asks)).toBe(flaw));

  it('may leave out a bid that is out since the start, and no other', () => {
    expect(flawIn(sheet([bid('a')]), { ...asks, gone: ['b'] })).toBeNull();
    expect(flawIn(sheet([bid('b')]), { ...asks, gone: ['b'] })).toBe('sheet-incomplete');
  });

  it('is as long as every other of its task, whatever stands in it, until there is no room', () => {
    const bytes = sheetBytes(asks);
    const wordy = sheet([bid('a'), bid('b', { reviews: [{ item: 'item', pass: false, reason: '理由'.repeat(400) }] })]);
    for (const each of [sheet(), wordy]) expect(packSheet(each, 'c2ln', bytes)).toHaveLength(bytes);
    expect(packSheet(wordy, 'c2ln', 2000)).toBeUndefined();
    expect(sheetBytes({ ...asks, bids: Array.from({ length: 25 }, String), items: Array.from({ length: 10 }, String) })).toBeGreaterThan(
      bytes,
    );
  });
});

describe('A sealed sheet and a sealed bid', () => {
  it('can never be taken for each other', async () => {
    const { council } = holdCeremony(newId(), '委员会', ['甲', '乙', '丙'], 2);
    const { recipient: ownRecipient } = await newAgeIdentity();
    const [lot, code] = [newId(), '91420500MA0030011Y'];
    const plain = () => new Blob(['x']).stream();
    const bytes = async (stream: ReadableStream<Uint8Array>) => new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
    const bidContext = { lot, part: 'whole', bidder: code } as const;
    const sheetContext = { lot, part: 'whole', member: code, version: 1 } as const;
    const aBid = await bytes(await sealStream(plain(), { council, context: bidContext, ownRecipient }));
    const aSheet = await bytes(await sealSheetStream(plain(), { council, context: sheetContext, ownRecipient }));
    expect((await readEnvelopeHeader(aBid, 'sheet')).ok).toBe(false);
    expect((await readEnvelopeHeader(aSheet)).ok).toBe(false);
    const head = await readEnvelopeHeader(aSheet, 'sheet');
    if (!head.ok) throw head.problem;
    expect(checkLabelProof(head.header, council.id, sheetContext).ok).toBe(true);
    expect(checkLabelProof(head.header, council.id, { ...sheetContext, version: 2 }).ok).toBe(false);
    expect(checkLabelProof(head.header, council.id, bidContext).ok).toBe(false);
  });
});

describe('Rounds by the journal alone', () => {
  let index = 0;
  const told = (type: string, data: unknown, at = '2026-12-14T01:00:00.000Z'): Told => ({ index: index++, type, at, data });
  const seats = (...members: string[]) => told('panel.formed', { seats: members.map((member) => ({ member })) });
  const sealed = (member: string, version = 1) =>
    told('sheet.sealed', { part: 'whole', member, version, sha256: `${member}${version}`, ephemeral: 'R', proof: 'p' });

  it('waits for every seat, takes the newest, and asks nobody twice', () => {
    const start = [seats('m1', 'm2'), told('evaluation.started', { bids: ['a'] })];
    const reason = (events: readonly Told[]) => {
      const due = sheetsDue(events, 'whole', Number.POSITIVE_INFINITY);
      return due.ok ? due.list.map((each) => each.sha256).join() : due.reason;
    };
    expect(reason(start.slice(0, 1))).toBe('not-started');
    const one = [...start, sealed('m2'), sealed('m2', 2)];
    expect(reason(one)).toBe('sheet-missing');
    const both = [...one, sealed('m1')];
    expect(reason(both)).toBe('m11,m22');
    const left = [...both, told('recusal.declared', { member: 'm1', recuses: true })];
    expect(reason(left)).toBe('panel-incomplete');
    const asked = [...both, told('sheets.complete', { part: 'whole', round: 1, list: [{ member: 'm1' }, { member: 'm2' }] })];
    expect(reason(asked)).toBe('nothing-to-open');
    expect(reason([...asked, seats('m1', 'm3'), sealed('m3')])).toBe('m31');
  });

  it('lets nobody lose a seat before the time of the notice is over, to the millisecond, nor after handing in', () => {
    const start = [seats('m1', 'm2'), told('evaluation.started', { bids: ['a'] })];
    const replaced = (at: string) => told('member.replaced', { part: 'whole', member: 'm1', ground: 'no-sheet' }, at);
    const wrongly = (...more: Told[]) => wronglyReplaced([...start, ...more], 'whole', 24, Number.POSITIVE_INFINITY);
    expect(wrongly(replaced('2026-12-15T00:59:59.999Z'))).toBe('m1');
    expect(wrongly(replaced('2026-12-15T01:00:00.000Z'))).toBeNull();
    expect(wrongly(sealed('m1'), replaced('2026-12-15T01:00:00.000Z'))).toBe('m1');
    expect(wrongly(told('order.lifted', {}, '2026-12-14T12:00:00.000Z'), replaced('2026-12-15T01:00:00.000Z'))).toBe('m1');
  });
});

describe('What moved since the opening', () => {
  it('is counted by marks, points and the sum of each bid', () => {
    const now = {
      verdicts: new Map([[givenKey('m1', 'a', 'item'), false]]),
      marks: new Map([
        [givenKey('m1', 'a', 'plan'), '7.50'],
        [givenKey('m1', 'b', 'plan'), '9.00'],
      ]),
    };
    expect(driftOf(sheet(), now)).toEqual({
      member: 'm1',
      versions: 1,
      verdicts: 1,
      marks: 1,
      points: '1.50',
      bids: [{ bid: 'a', points: '-1.50' }],
    });
  });
});
