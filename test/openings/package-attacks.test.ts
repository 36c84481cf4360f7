import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Encrypter } from 'age-encryption';
import { canonicalBytes, utf8 } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import type { Council } from '../../src/sealing/council.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { councilRecipient, type EnvelopeContext, sealStream } from '../../src/sealing/envelope.ts';
import { manifestPath, signaturePath, writeManifest } from '../../src/sealing/manifest.ts';
import { bidPath, containerType, packBid } from '../../src/sealing/package.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { type RawEntry, rawContainer } from '../sealing/raw-container.ts';
import { streamOf } from '../sealing/vectors.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, type Offer, openingLot } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

/*
 * Bad packages and bad envelopes through a real opening: submitted like any other, opened by the council, refused each with its own reason as the
 * bidder's doing; the honest bid among them opens.
 */
let house: TestHouse;
let town: Town;
let items: readonly OpeningItem[];
const price = '17800000.00';
type Seal = NonNullable<Offer['seal']>;

/** Seals another plaintext than the one it was given. */
const instead =
  (make: (context: EnvelopeContext) => Promise<ReadableStream<Uint8Array>>): Seal =>
  async (packed, options) => {
    await packed.cancel();
    return sealStream(await make(options.context), options);
  };

/** A package by this bidder, truly signed, with this attachment beside its bid. */
const holding =
  (bidder: Person, entry: RawEntry) =>
  async (context: EnvelopeContext): Promise<ReadableStream<Uint8Array>> => {
    const data: RawEntry[] = [{ path: bidPath, content: canonicalBytes({ format: 'yangguang/bid/v1', ...context, price }) }, entry];
    const manifest = writeManifest(data.map(({ path, content }) => ({ path, sha256: sha256(content) })));
    const signature = await signDetached(manifest, await bidder.signer(), await houseNow(house));
    const meta = [named(manifestPath, manifest), named(signaturePath, signature)];
    return streamOf(rawContainer([named('mimetype', utf8(containerType)), ...data, ...meta]));
  };
const named = (path: string, content: Uint8Array): RawEntry => ({ path, content });

/** A package as this bidder would make it for this context. */
const packedBy = async (bidder: Person, context: EnvelopeContext): Promise<ReadableStream<Uint8Array>> =>
  packBid({ bid: { format: 'yangguang/bid/v1', ...context, price }, files: [], signer: await bidder.signer(), at: await houseNow(house) });

/** An envelope whose stanza for the council is made by this recipient: its proof holds, since its maker knows r. */
const withStanza =
  (
    wrap: (
      fileKey: Uint8Array,
      council: Council,
      context: EnvelopeContext,
    ) => ReturnType<ReturnType<typeof councilRecipient>['wrapFileKey']>,
  ): Seal =>
  async (packed, { council, context, ownRecipient }) => {
    const encrypter = new Encrypter();
    encrypter.addRecipient({ wrapFileKey: (fileKey) => wrap(fileKey, council, context) });
    encrypter.addRecipient(ownRecipient);
    return encrypter.encrypt(packed);
  };

const bidderAt = (at: number): Person => {
  const bidder = town.bidders[at];
  if (!bidder) throw new Error(`the town has no bidder ${at + 1}`);
  return bidder;
};

const attacks: readonly (readonly [string, string, (own: Person, rival: Person) => Seal])[] = [
  [
    'a rival’s package in an envelope of one’s own',
    'package-wrong-bidder',
    (_own, rival) => instead((context) => packedBy(rival, { ...context, bidder: rival.actor.code ?? '' })),
  ],
  [
    'one’s own package of another lot, played back',
    'package-not-for-this-lot',
    (own) => instead((context) => packedBy(own, { ...context, lot: newId() })),
  ],
  [
    'a bomb',
    'package-malformed',
    (own) => instead(holding(own, { path: 'files/bomb', content: new Uint8Array(20 * 1024 * 1024), deflated: true })),
  ],
  ['a way out of the folder', 'package-malformed', (own) => instead(holding(own, named('files/../../etc/passwd', utf8('x'))))],
  ['no package at all', 'package-malformed', () => instead(async () => streamOf(utf8('%PDF-1.7 投标文件')))],
  [
    'a garbage stanza that no key unwraps',
    'envelope-does-not-unwrap',
    () => {
      const { groupKey } = holdCeremony(newId(), '别的委员会', ['一', '二', '三'], 2).council;
      return withStanza((fileKey, council, context) => councilRecipient({ ...council, groupKey }, context).wrapFileKey(fileKey));
    },
  ],
  [
    'a stanza with the key of another file',
    'envelope-altered',
    () => withStanza((_fileKey, council, context) => councilRecipient(council, context).wrapFileKey(new Uint8Array(16).fill(7))),
  ],
];

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: attacks.length + 1, experts: 1 });
  const honest = bidderAt(attacks.length);
  const offers: Offer[] = attacks.map(([, , make], at) => ({ price, seal: make(bidderAt(at), honest) }));
  const { lot } = await openingLot(town, { offers: [...offers, { price }] });
  items = await house.em().find(OpeningItem, { lot });
}, 240_000);
afterAll(() => house.close());

describe('A real opening', () => {
  const itemOf = (at: number) => items.find(({ bidder }) => bidder === bidderAt(at).actor.code);
  it.each(attacks.map(([what, reason], at) => [what, reason, at] as const))('finds %s: %s, the bidder’s doing', (_what, reason, at) => {
    expect(itemOf(at)).toMatchObject({ state: 'invalid', reason, attributedTo: 'bidder' });
  });
  it('opens the honest bid among them', () => {
    expect(items).toHaveLength(attacks.length + 1);
    expect(itemOf(attacks.length)).toMatchObject({ state: 'opened', reason: null, bid: { price } });
  });
});
