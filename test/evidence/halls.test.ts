import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import type { EventType } from '../../src/journal/event.ts';
import { type OpeningRecordFile, type RecordItem, recordDigest } from '../../src/openings/record.ts';
import { bundleOf } from './a-bundle.ts';
import { codes, type Draft, lot, platformKey, type Story, signedBy, tell } from './a-tender.ts';

/** What bidders signed in the session, against a platform that lies about it. */

let honest: Story;
let record: OpeningRecordFile;
beforeAll(async () => {
  honest = await tell();
  record = recordOf(honest);
}, 60_000);

const dataOf = (draft: Draft): Record<string, unknown> => (typeof draft.data === 'function' ? {} : draft.data);

/** The record as a reader would put it together by hand. */
function recordOf({ drafts }: Story): OpeningRecordFile {
  const read = drafts.filter(({ type }) => type === 'bid.read').map(dataOf);
  const drawn = drafts.find(({ type }) => type === 'draw.completed');
  return {
    format: 'yangguang/opening-record/v1',
    lot,
    part: 'whole',
    items: read.map(({ submission, bidder, order, price }) => ({
      submission,
      bidder,
      name: bidder,
      state: 'read',
      reason: null,
      order,
      price,
      figures: {},
    })) as RecordItem[],
    draw: drawn && dataOf(drawn).transcript,
  };
}

const at = '2026-05-20T02:20:00.000Z';
/** Signatures of the hall stand in base64. */
const plain = (signature: string): string => Buffer.from(signature, 'base64url').toString('base64');
interface Signing {
  readonly by?: keyof typeof codes;
  readonly bidder?: string;
  readonly record?: string;
  readonly at?: string;
  readonly lot?: string;
}
async function confirmation({ by = 'alpha', ...changed }: Signing = {}): Promise<Draft> {
  const head = { part: 'whole', bidder: codes[by], record: recordDigest(record), at, lot, ...changed };
  const statement = { format: 'yangguang/record-confirmation/v1', ...head };
  const data = { bidder: head.bidder, name: by, statement, signature: plain(await signedBy(by, statement, head.at)) };
  return { type: 'record.confirmed', at, subject: { lot }, data };
}
const closing = (sha256 = recordDigest(record)): Draft => ({
  type: 'record.closed',
  at: '2026-05-20T02:30:00.000Z',
  subject: { lot },
  data: { sha256, by: 'system' },
});

/** The session with these events behind its draw; the platform signs whatever it is. */
async function verdict(...more: readonly Draft[]): Promise<string> {
  const after = honest.drafts.findIndex(({ type }) => type === 'draw.completed') + 1;
  const drafts = [...honest.drafts.slice(0, after), ...more, ...honest.drafts.slice(after)];
  const found = await verifyBundle(await bundleOf({ ...honest, drafts }), { key: parseVerifierKey(platformKey) });
  return found.result === 'verified' ? 'verified' : `${found.checks.at(-1)?.says.en} / ${found.why.en}`;
}

describe('the record of a session', () => {
  it('stands when it is what was read and drawn, and bidders confirmed it', async () => {
    expect(await verdict(await confirmation(), await confirmation({ by: 'beta' }), closing())).toBe('verified');
  });

  it.each<[string, (data: RecordItem) => object]>([
    ['another price', () => ({ price: '1.00' })],
    ['another order', () => ({ order: 7 })],
    ['another name', () => ({ name: '某公司' })],
    ['a figure nobody read', () => ({ figures: { period: '1' } })],
  ])('%s in what was closed refutes it', async (_what, change) => {
    const [first, ...rest] = record.items;
    const lie = { ...record, items: [{ ...first, ...change(first as RecordItem) } as RecordItem, ...rest] };
    expect(await verdict(closing(recordDigest(lie)))).toMatch(/The record that was closed is what was read and drawn/);
  });

  it('a bidder that is left out of it refutes it', async () => {
    const lie = { ...record, items: record.items.slice(1) };
    expect(await verdict(closing(recordDigest(lie)))).toMatch(/The record that was closed/);
  });
});

describe('a confirmation', () => {
  it.each<[string, Signing, RegExp]>([
    ['of another record', { record: 'A'.repeat(43) }, /what was signed is not this record/],
    ['for another lot', { lot: '01a20305-5a3e-7724-8fb5-8cf50217a447' }, /confirmation is signed by the bidder/],
    ['by a bidder that was not on the list', { by: 'delta' }, /not on the opening list/],
    ['signed by one for another', { bidder: codes.beta }, /somebody else’s/],
    ['signed on another day', { at: '2026-05-19T02:20:00.000Z' }, /signed at another time/],
  ])('%s refutes the tender', async (_what, signing, why) => {
    expect(await verdict(await confirmation(signing), closing())).toMatch(why);
  });

  it('behind the end of the session refutes the tender', async () => {
    expect(await verdict(closing(), { ...(await confirmation()), at: '2026-05-20T02:30:00.000Z' })).toMatch(/not this record/);
  });

  it('whose certificate had been revoked refutes the tender', async () => {
    const signed = await confirmation();
    const { signature } = dataOf(signed) as { signature: string };
    const { signerIn } = await import('../../src/sealing/signature.ts');
    const serial = signerIn(Buffer.from(signature, 'base64'))?.serial ?? '';
    const revoked: Draft = {
      type: 'certificate.revoked' as EventType,
      at: '2026-05-20T02:15:00.000Z',
      subject: { party: codes.alpha },
      data: { serial, reason: 'key-compromise' },
    };
    expect(await verdict(revoked, signed, closing())).toMatch(/did not stand any more/);
  });
});

describe('an attendance', () => {
  it('signed over another closing refutes the tender', async () => {
    const statement = { format: 'yangguang/attendance/v1', part: 'whole', bidder: codes.alpha, root: 'A'.repeat(43), at, lot };
    const data = { bidder: codes.alpha, name: 'alpha', statement, signature: plain(await signedBy('alpha', statement, at)) };
    expect(await verdict({ type: 'opening.attended', at, subject: { lot }, data }, closing())).toMatch(/signed for another closing/);
  });

  it('that is a confirmation in disguise refutes the tender', async () => {
    const { data } = await confirmation();
    expect(await verdict({ type: 'opening.attended', at, subject: { lot }, data }, closing())).toMatch(/attendance is signed/);
  });
});
