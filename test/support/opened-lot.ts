import { Readable } from 'node:stream';
import request from 'supertest';
import type { Bid } from '../../src/bids/bid.ts';
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import { type Cut, cutBid } from '../../src/bids/cut.ts';
import { withMembers } from '../../src/bids/joint.ts';
import { Envelope, Submission } from '../../src/bids/schema.ts';
import { submitBid } from '../../src/bids/submit-bid.ts';
import { databaseNow, perform } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { allChores, allClockwork } from '../../src/kernel/clockwork.ts';
import { type Id, newId } from '../../src/kernel/ids.ts';
import { Problem } from '../../src/kernel/problem.ts';
import { closeOpeningRecord } from '../../src/openings/close-opening-record.ts';
import { giveShare } from '../../src/openings/give-share.ts';
import { readBid } from '../../src/openings/read-bid.ts';
import { awaitsOrder } from '../../src/openings/reading-state.ts';
import { CouncilTask, OpeningItem } from '../../src/openings/schema.ts';
import { evaluate } from '../../src/sealing/council.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { newAgeIdentity, sealStream } from '../../src/sealing/envelope.ts';
import { type CouncilHead, sealCovered } from '../../src/sealing/layer.ts';
import { memberManifest, packBid } from '../../src/sealing/package.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { type InnerSeal, type SubmissionStatement, submissionBytes } from '../../src/sealing/statement.ts';
import { addLot } from '../../src/tenders/add-lot.ts';
import type { DraftChange } from '../../src/tenders/draft.ts';
import { draftLot } from '../../src/tenders/draft-lot.ts';
import { agreementKey, membersKey } from '../../src/tenders/joint.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { findingIds } from '../../src/tenders/method-check.ts';
import { publishDocument } from '../../src/tenders/publish-document.ts';
import { publishNotice } from '../../src/tenders/publish-notice.ts';
import { registerProject } from '../../src/tenders/register-project.ts';
import { Lot } from '../../src/tenders/schema.ts';
import type { TestHouse } from './house.ts';
import type { Person, Town } from './town.ts';

/**
 * A lot carried through the real acts to a moment of its life, without a browser: bids are packed, signed and sealed here in Node, the council's
 * shares answer, the worker's clockwork and chores run by `beat`. Nothing is inserted by hand.
 *
 *     const town = await makeTown(await openHouse({ at: soon() }));
 *     const { lot, bids } = await openedLot(town, { prices: ['980.00', '1000.00', '1020.00'] });
 */
export interface OpenedLot {
  readonly lot: string;
  readonly project: string;
  /** submission ids in the order of the bidders that offered */
  readonly bids: readonly string[];
}

export interface Offer {
  /** yuan, two places */
  readonly price: string;
  readonly files?: readonly { readonly field: string; readonly name: string; readonly content: string | Uint8Array }[];
  readonly figures?: Readonly<Record<string, string>>;
  readonly tables?: Bid['tables'];
  /** who bids with it, as a joint venture with an agreement */
  readonly jointWith?: readonly Person[];
  /** who signs in their place */
  readonly signedBy?: readonly Person[];
  /** cuts the bid otherwise than the form says */
  readonly cut?: (bid: Bid) => readonly Cut[];
  /** seals otherwise than the browser does, or something else */
  readonly seal?: typeof sealStream;
  /** what is signed of the envelope under the bidder's own layer, where it shall be another than the true one */
  readonly inner?: (seal: InnerSeal) => InnerSeal;
}

export interface LotOptions {
  /** one bid a price, by the town's bidders in order */
  readonly prices?: readonly string[];
  readonly offers?: readonly Offer[];
  /** changes the draft before the notice is published */
  readonly draft?: Partial<DraftChange>;
  /** a project that is there already */
  readonly into?: string;
}

export const houseNow = (house: TestHouse): Promise<Instant> => databaseNow(house.em());
export const phaseOf = async (house: TestHouse, lot: string): Promise<string> => (await house.em().findOneOrFail(Lot, { id: lot })).phase;

const days = 24 * 3_600_000;

/** Registers a project, drafts a lot with everything the law asks for, and publishes its notice. */
export async function publishedLot(
  { house, agent, tenderee }: Town,
  draft: Partial<DraftChange> = {},
  /** a project that is there already */
  into?: string,
): Promise<{ lot: Id; project: string }> {
  const now = await houseNow(house);
  const project = into ?? (await registeredProject({ house, agent, tenderee } as Town));
  const { result: added } = await house.perform(addLot, agent.actor, { project, name: '黄柏河生态护岸工程施工' });
  const lot = added.lot as Id;
  await house.perform(draftLot, agent.actor, {
    lot,
    description: '护岸、清淤与景观绿化。',
    scope: '施工图范围内全部内容',
    place: '宜昌市夷陵区',
    periodDays: 240,
    quality: '合格',
    contactPerson: '李文静',
    contactPhone: '0717-6251234',
    estimate: '20000000.00',
    ceiling: '19800000.00',
    security: '300000.00',
    documentsUntil: later(now, 8 * days),
    deadline: later(now, 30 * days),
    qualification: ['水利水电工程施工总承包二级及以上'],
    // most tests look at an evaluation in the open; those of sealed sheets say so
    sheets: 'open',
    ...draft,
  });
  const stored = await house.files.put(Readable.from([Buffer.from('招标文件')]));
  const document = { key: stored.key, name: '招标文件.pdf', type: 'application/pdf', bytes: stored.bytes, sha256: stored.sha256 };
  await house.perform(publishDocument, agent.actor, { lot, document });
  await house.perform(publishNotice, agent.actor, { lot, acknowledged: [...findingIds] });
  return { lot, project };
}

async function registeredProject({ house, agent, tenderee }: Town): Promise<string> {
  const { result: registered } = await house.perform(registerProject, agent.actor, {
    name: '黄柏河生态护岸工程',
    line: 'construction',
    approvalNumber: '夷发改审批〔2026〕118号',
    approvedBy: '夷陵区发展和改革局',
    funds: '财政资金',
    estimate: '20000000.00',
    region: '420506',
    tenderee: tenderee.actor.code,
  });
  return registered.project;
}

const standardFiles: Offer['files'] = [
  { field: 'technical', name: '施工组织设计.pdf', content: '%PDF-1.7 施工组织设计' },
  { field: 'qualification', name: '资格审查资料.zip', content: 'PK 资格审查资料' },
];

/** Packs, signs and seals a bid as the browser does, uploads and submits it. Answers the submission's id. */
export async function submitSealed(town: Town, lot: string, bidder: Person, offer: Offer, ownRecipient?: string): Promise<string> {
  const { house, council } = town;
  const at = await houseNow(house);
  const signer = await bidder.signer();
  const code = bidder.actor.code ?? '';
  const joint = offer.jointWith ?? [];
  const agreement = joint.length > 0 ? [{ field: agreementKey, name: '联合体协议.pdf', content: '%PDF-1.7 联合体协议' }] : [];
  const files = [...(offer.files ?? standardFiles ?? []), ...agreement].map(({ field, name, content }) => ({
    field,
    name,
    bytes: Buffer.from(content),
  }));
  const { parts: envelopes, bidForm, sealPolicy } = termsOf(await house.em().findOneOrFail(Lot, { id: lot }));
  const bid = withMembers({
    format: 'yangguang/bid/v1' as const,
    lot,
    part: 'whole',
    bidder: code,
    bidderName: bidder.actor.organisationName ?? '',
    price: offer.price,
    figures: {
      periodDays: '240',
      quality: '合格',
      manager: '王建国 鄂1422019',
      validityDays: '90',
      security: '电子保函 BH-2026-001',
      ...offer.figures,
    },
    tables: {
      ...(offer.tables ?? {
        billOfQuantities: [
          { code: '500101', name: '土方开挖', unit: 'm³', quantity: '12000', unitPrice: '18.50', amount: '222000.00' },
          { code: '500109', name: '生态护坡', unit: 'm²', quantity: '8600', unitPrice: '145.00', amount: '1247000.00' },
        ],
      }),
      ...(joint.length > 0 ? { [membersKey]: memberRows([bidder, ...joint]) } : {}),
    },
    files: files.map(({ field, name, bytes }) => ({ field, name, sha256: base64url(sha256(bytes)), bytes: bytes.length })),
  });
  await house.perform(collectDocuments, bidder.actor, { lot });
  const uploads: Record<string, string> = {};
  const heads: Record<string, CouncilHead> = {};
  const parts: SubmissionStatement['parts'] = [];
  for (const cut of offer.cut?.(bid) ?? cutBid(bid, bidForm, envelopes)) {
    const { part } = cut;
    const packed = packBid({
      bid: cut.bid as Bid & { part: typeof part },
      files: cut.files.flatMap((place) => {
        const file = files[place];
        return file ? [{ name: file.name, size: file.bytes.length, content: new Blob([file.bytes]) }] : [];
      }),
      signer,
      members: await memberSignatures(cut, files, offer.signedBy ?? joint, at),
      at,
    });
    const context = { lot, part, bidder: code };
    const options = { council, context, ownRecipient: ownRecipient ?? (await newAgeIdentity()).recipient };
    const covered = sealPolicy === 'bidder+council' ? await sealCovered(packed, options) : null;
    const sealed = covered?.envelope ?? (await (offer.seal ?? sealStream)(packed, options));
    const envelope = new Uint8Array(await new Response(sealed as BodyInit).arrayBuffer());
    const inner = covered && (await covered.inner());
    if (inner) heads[part] = inner.head;
    uploads[part] = await uploaded(town, bidder, lot, envelope, part);
    parts.push({
      part,
      sha256: base64url(sha256(envelope)),
      bytes: envelope.length,
      ...(inner && { inner: offer.inner?.(inner.seal) ?? inner.seal }),
    });
  }
  const standing = await house.em().findOne(Submission, { lot, bidder: code, status: 'current' });
  const statement: SubmissionStatement = {
    format: 'yangguang/submission/v1',
    id: newId(at),
    lot,
    bidder: code,
    parts,
    supersedes: standing?.id ?? null,
    at,
  };
  const signature = Buffer.from(await signDetached(submissionBytes(statement), signer, at)).toString('base64');
  const { result } = await house.perform(submitBid, bidder.actor, { lot, statement, signature, uploads, heads });
  return result.submission;
}

/** How a bid names those who make it together. */
const memberRows = (members: readonly Person[]) =>
  members.map(({ actor }, at) => ({
    code: actor.code ?? '',
    name: actor.organisationName ?? '',
    work: at === 0 ? '主体工程' : '景观绿化',
    specialty: '水利水电工程施工总承包',
    grade: at === 0 ? '一级' : '二级',
  }));

/** What the further members sign of one envelope, each with its own certificate. */
const memberSignatures = (
  { part, bid, files: places }: Cut,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  members: readonly Person[],
  at: Instant,
): Promise<Uint8Array[]> =>
  Promise.all(
    members.map(async (member, place) => {
      const here = places.flatMap((each) => files[each] ?? []).map(({ name, bytes }) => ({ name, sha256: sha256(bytes) }));
      return signDetached(memberManifest({ ...bid, part }, here, place + 1), await member.signer(), at);
    }),
  );

/** The upload, over the resumable protocol the browser uses (tus 1.0): create, then send. */
export async function uploaded({ house }: Town, bidder: Person, lot: string, envelope: Uint8Array, part: string): Promise<string> {
  const text = (value: string): string => Buffer.from(value).toString('base64');
  const bearer = { authorization: `Bearer ${await bidder.token()}`, 'tus-resumable': '1.0.0' };
  const created = await request(house.app)
    .post('/uploads')
    .set({ ...bearer, 'upload-length': String(envelope.length), 'upload-metadata': `lot ${text(lot)},part ${text(part)}` });
  if (created.status !== 201) throw new Error(`the upload was refused: ${created.status} ${created.text}`);
  const id = created.headers.location?.split('/').at(-1) ?? '';
  const sent = await request(house.app)
    .patch(`/uploads/${id}`)
    .set({ ...bearer, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' })
    .send(Buffer.from(envelope));
  if (sent.status !== 204) throw new Error(`the upload was not taken: ${sent.status} ${sent.text}`);
  return id;
}

/** One beat of the platform's clockwork and chores, as the worker does it. */
export async function beat({ frame, files }: TestHouse): Promise<void> {
  let now: Instant | null = null;
  for (const wheel of allClockwork()) {
    const em = frame.fork();
    now ??= await databaseNow(em);
    const due = await wheel.due(em, now);
    if (due.length > 0) now = null;
    for (const command of due)
      await perform(frame, wheel.act, theSystem, command).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
      });
  }
  for (const each of allChores()) {
    const em = frame.fork();
    now ??= await databaseNow(em);
    const items = await each.find(em, now);
    if (items.length > 0) now = null;
    for (const item of items) await each.work(item, { frame, files });
  }
}

/** The council answers whatever it is asked: the first `threshold` trustees, with the shares of the ceremony. */
export async function councilAnswers({ house, council, shares }: Town): Promise<void> {
  const tasks = await house.em().find(CouncilTask, { combinedAt: null }, { orderBy: { askedAt: 'asc' } });
  for (const task of tasks) {
    const points = task.points as string[];
    for (const share of shares.slice(0, council.threshold))
      await house.perform(giveShare, theSystem, { task: task.id, share: evaluate(share, points, council) });
  }
}

/** Beats, with the council answering, until the lot satisfies the condition. */
export async function until(town: Town, holds: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    if (await holds()) return;
    await councilAnswers(town);
    await beat(town.house);
    // the sequencer works beside us: give it its turn
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error('a hundred beats were not enough');
}

/** A lot past its deadline, whose bids the council has opened; none has been read yet. */
export async function openingLot(town: Town, options: LotOptions = {}): Promise<OpenedLot> {
  const { house, bidders } = town;
  const { lot, project } = await publishedLot(town, options.draft, options.into);
  const offers = options.offers ?? (options.prices ?? ['17800000.00', '18000000.00', '18250000.00']).map((price) => ({ price }));
  const bids: string[] = [];
  for (const [at, offer] of offers.entries()) {
    const bidder = bidders[at];
    if (!bidder) throw new Error(`the town has no bidder ${at + 1}`);
    bids.push(await submitSealed(town, lot, bidder, offer));
  }
  const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
  if (!deadline) throw new Error('a published lot has a deadline');
  await house.clock.to(deadline);
  await until(town, async () => {
    const [phase, sealed] = [await phaseOf(house, lot), await house.em().count(OpeningItem, { lot, state: 'sealed' })];
    return phase === 'failed' || (phase === 'opening' && sealed === 0);
  });
  return { lot, project, bids };
}

/** A lot whose opening record is closed: bids read, coefficients drawn. The panel's turn. */
export async function openedLot(town: Town, options: LotOptions = {}): Promise<OpenedLot> {
  const opened = await openingLot(town, options);
  await sessionClosed(town, opened.lot);
  return opened;
}

/** Waits for the draw of the order of reading, where the notice has it drawn. */
export async function orderStands(town: Town, lot: string): Promise<void> {
  const awaited = `select ${awaitsOrder('lot')} as awaited from lot where lot.id = ?`;
  await until(town, async () => {
    const [row] = await town.house.em().execute<{ awaited: boolean }[]>(awaited, [lot]);
    return row?.awaited !== true;
  });
}

/** Reads what is opened and closes the record of the session. */
export async function sessionClosed(town: Town, lot: string): Promise<void> {
  const { house, agent } = town;
  const unread = (): Promise<number> => house.em().count(OpeningItem, { lot, state: 'opened', readAt: null });
  await orderStands(town, lot);
  while ((await unread()) > 0) await house.perform(readBid, agent.actor, { lot });
  await until(town, async () => {
    const error = await house.perform(closeOpeningRecord, agent.actor, { lot }).then(
      () => null,
      (caught: unknown) => caught,
    );
    if (error !== null && !(error instanceof Problem)) throw error;
    return error === null;
  });
}

/** The envelope of a bid as it lies in the store, for tests that look at what is sealed. */
export const envelopeOf = (house: TestHouse, submission: string): Promise<Envelope> => house.em().findOneOrFail(Envelope, { submission });
