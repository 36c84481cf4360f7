import { createCipheriv, createDecipheriv, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { openSheet, type SheetAsks, sheetBytes } from '../../src/evaluation/member-sheet.ts';
import { type SealedHandIn, sealedSheet } from '../../src/evaluation/sealed-sheet.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { combine, evaluate, verifyShare } from '../../src/sealing/council.ts';
import { longestHeader, newAgeIdentity, readEnvelopeHeader, unwrapFileKey } from '../../src/sealing/envelope.ts';
import { useNative } from '../../src/sealing/native-node.ts';
import { sheetContext, sheetPoints } from '../../src/sealing/sheet-opening.ts';
import { testAuthority } from '../sealing/pki.ts';
import { fullSheet } from '../support/sealed-sheets.ts';
import { type Comparison, rate } from './measure.ts';
import { context, council, secretShares } from './sealed.ts';

/** A large evaluation: each of seven members gives a thousand marks, sealed as one sheet. */
const size = { bids: 25, criteria: 40, members: 7 } as const;
const at = '2026-05-20T01:30:00.000Z' as Instant;
const idOf = (n: number): string => `01a20305-5a48-7fd4-a51f-${n.toString(16).padStart(12, '0')}`;
const list = <T>(count: number, of: (at: number) => T): T[] => Array.from({ length: count }, (_, place) => of(place));

const asksOf = (member: string): SheetAsks => ({
  lot: context.lot,
  part: 'whole',
  member,
  version: 1,
  bids: list(size.bids, (n) => idOf(1000 + n)),
  gone: [],
  items: ['form'],
  criteria: list(size.criteria, (n) => ({ id: `criterion-${n}`, max: '2' })),
});

/** One sheet signed and sealed as a member's browser does it, and the sheets of a whole panel opened together, against bare signatures and cipher. */
export async function sheets(): Promise<Comparison[]> {
  await useNative();
  const pki = await testAuthority();
  const { signer } = await pki.certify({ commonName: '评委', organization: '评委', code: context.bidder });
  const { recipient: ownRecipient } = await newAgeIdentity();
  const seals = async (member: string): Promise<SealedHandIn> => {
    const asks = asksOf(member);
    const made = await sealedSheet(fullSheet(asks), { asks, council, ownRecipient, signer, at });
    if (typeof made === 'string') throw new Error(`the bench seals nothing: ${made}`);
    return made;
  };
  const members = list(size.members, (n) => idOf(n));
  const handedIn = await Promise.all(members.map(async (member) => ({ asks: asksOf(member), ...(await seals(member)) })));
  const marks = size.bids * size.criteria;
  const bare = bareSheet(sheetBytes(asksOf(members[0] ?? '')));
  return [
    {
      what: `seal a sheet of ${size.bids} bids × ${size.criteria} criteria`,
      ours: await rate(() => seals(members[0] ?? '')),
      bare: 'two signatures and the cipher',
      bareRate: await rate(async () => bare.seal()),
      limit: 0.02,
    },
    {
      what: `open ${size.members} sheets × ${marks} marks`,
      ours: await rate(() => openAll(handedIn)),
      bare: 'cipher, JSON and a signature each',
      bareRate: await rate(async () => {
        for (const _ of members) bare.open();
      }),
      limit: 0.02,
    },
  ];
}

/** From the sealed bytes to whole sheets: shares checked and combined, keys unwrapped, every sheet decrypted, its signature and its form judged. */
async function openAll(handedIn: readonly (SealedHandIn & { readonly asks: SheetAsks })[]): Promise<void> {
  const heads = await Promise.all(
    handedIn.map(async ({ sealed }) => {
      const read = await readEnvelopeHeader(sealed.subarray(0, longestHeader), 'sheet');
      if (!read.ok) throw read.problem;
      return read.header;
    }),
  );
  const points = sheetPoints(heads);
  const shares = secretShares.slice(0, council.threshold).map((secret) => evaluate(secret, points, council));
  if (!shares.every((share) => verifyShare(council, points, share).ok)) throw new Error('a share does not hold');
  const combined = combine(council, points, shares);
  if (!combined.ok) throw combined.problem;
  for (const [place, { asks, sealed, signature }] of handedIn.entries()) {
    const head = heads[place];
    if (!head) throw new Error('a sheet has no head');
    const key = unwrapFileKey(council, sheetContext(asks, asks), head, combined.shared[place] ?? '');
    const read = await openSheet(sealed, key.ok ? key.fileKey : null, asks, signature);
    if (!read.ok) throw new Error(`the bench opens nothing: ${read.reason}`);
  }
}

/** The barest way to keep as many bytes secret and signed. */
function bareSheet(bytes: number) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [key, iv] = [randomBytes(32), randomBytes(12)];
  const plain = Buffer.from(JSON.stringify({ padding: ' '.repeat(bytes - 14) }));
  const cipher = () => createCipheriv('chacha20-poly1305', key, iv, { authTagLength: 16 });
  const first = cipher();
  const [sealed, signature] = [Buffer.concat([first.update(plain), first.final()]), sign('sha256', plain, privateKey)];
  const tag = first.getAuthTag();
  return {
    seal: () => {
      sign('sha256', plain, privateKey);
      const made = cipher();
      return [made.update(plain), made.final(), sign('sha256', key, privateKey)];
    },
    open: () => {
      const decipher = createDecipheriv('chacha20-poly1305', key, iv, { authTagLength: 16 }).setAuthTag(tag);
      const text = Buffer.concat([decipher.update(sealed), decipher.final()]);
      if (!verify('sha256', text, publicKey, signature)) throw new Error('the bare signature does not hold');
      return JSON.parse(text.toString('utf8')) as unknown;
    },
  };
}
