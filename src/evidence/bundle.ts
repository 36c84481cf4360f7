import { z } from 'zod';
import { type NoteVerifier, noteKeyTypes, openCheckpoint, parseVerifierKey, printVerifierKey } from '../journal/checkpoint.ts';
import { isIncluded, type ProvenEvent, provenEvent } from '../journal/receipt.ts';
import type { WithheldEvent } from '../journal/withheld.ts';
import { cosignedAt } from '../journal/witness.ts';
import { base64url, canonical, textOf, utf8 } from '../kernel/bytes.ts';
import { fill } from '../kernel/words.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { type Council, councilShape, verifyCouncil } from '../sealing/council.ts';
import { sameBytes, sha256 } from '../sealing/digest.ts';
import { checkAnchors } from './anchors.ts';
import { manifestName, pack, unpack } from './archive.ts';
import { checkBids, checkClosing, checkDeadline, type Snapshot } from './bidding.ts';
import { checkCeremony } from './ceremony.ts';
import { type Checklist, type Verification, verification } from './checks.ts';
import { checkClients } from './clients.ts';
import { checkContracts } from './contracts.ts';
import { checkAward, checkEvaluations } from './decision.ts';
import { checkDraws, sessionDraw } from './draws.ts';
import { checkEdition, type Edition, editions, withheldFile, withheldShape } from './edition.ts';
import { bundleFormat } from './format.ts';
import { checkFramework } from './frameworks.ts';
import { checkHall } from './halls.ts';
import { History } from './history.ts';
import { checkInvitations } from './invitations.ts';
import { checkJointBids } from './joint.ts';
import { parseJson } from './json.ts';
import { checkLayers } from './layers.ts';
import { checkFindings } from './notice.ts';
import { checkOpeningEvents, checkOpenings } from './openings.ts';
import { checkParts } from './parts.ts';
import { checkPauses, checkTermination } from './pauses.ts';
import { checkPeriods } from './periods.ts';
import { checkPseudonyms } from './pseudonyms.ts';
import { checkReadings } from './readings.ts';
import { checkReassessments } from './reassessments.ts';
import { checkRemedies } from './remedies.ts';
import { checkRounds } from './rounds.ts';
import { checkSecurities } from './securities.ts';
import { checkSheets } from './sheets.ts';
import { checkSigners } from './signers.ts';
import { checkStamps } from './stamps.ts';
import { keyNotPinned, type VerifyOptions } from './verify.ts';

/** The evidence bundle (protocol §8): one file with which anyone rechecks a tender. Its layout is in docs/protocol.md. */

/** What goes into a bundle. Every JSON value is written as its canonical form. */
export interface BundleInput {
  readonly lot: string;
  /** for whom it is made: `public` holds what everyone may see, `regulator` what the supervisor may see */
  readonly edition: Edition;
  readonly origin: string;
  /** the newest checkpoint with its cosignatures; every event is proven against it */
  readonly checkpoint: string;
  /** the checkpoint of the size that `bidding.closed` names, and its consistency proof to `checkpoint` (base64url hashes); null before the closing */
  readonly closing: Snapshot | null;
  /** the lot's events, and of the node's those they rest on: `council.formed`, the builds of sealing clients, what happened to bidders' certificates */
  readonly events: readonly ProvenEvent[];
  /** the lot's events that this edition leaves out, as far as they may be counted */
  readonly withheld: readonly WithheldEvent[];
  /** verifier key of the platform, and those of the witnesses whose cosignatures both checkpoints bear */
  readonly platformKey: string;
  readonly witnessKeys: readonly string[];
  /** trust anchors by file name without `.pem` (letters, digits, - and _) */
  readonly certificates: Readonly<Record<string, string>>;
  readonly council: Council | null;
  /** the transcript of the ceremony that made the council; null for one made in one process */
  readonly ceremony: unknown;
  /** opening transcripts by part, draw transcripts and evaluation bundles (with their result) by id */
  readonly openings: Readonly<Record<string, unknown>>;
  readonly draws: Readonly<Record<string, unknown>>;
  readonly evaluations: Readonly<Record<string, unknown>>;
  /** openings of score sheets by part and round, and in the regulator's edition the sealed sheets (sheets.ts) */
  readonly sheets?: Readonly<Record<string, unknown>>;
  readonly sealedSheets?: Readonly<Record<string, Uint8Array>>;
  /** the data of `award.determined`; null before the award */
  readonly award: unknown;
}

const ceremonyFile = 'ceremony.json';

/** The bytes of a bundle; the same input always gives the same bytes. */
export function writeBundle(input: BundleInput): Promise<Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const json = (name: string, value: unknown): void => {
    files.set(name, utf8(canonical(value)));
  };
  files.set('journal/checkpoint.txt', utf8(input.checkpoint));
  if (input.closing !== null) json('journal/closing.json', input.closing);
  json('journal/events.json', input.events);
  json(withheldFile, input.withheld);
  files.set('keys/platform.vkey', utf8(input.platformKey));
  json('keys/witnesses.json', input.witnessKeys);
  for (const [name, pem] of Object.entries(input.certificates)) files.set(`certificates/${name}.pem`, utf8(pem));
  if (input.council !== null) json('council.json', input.council);
  if (input.ceremony !== null && input.ceremony !== undefined) json(ceremonyFile, input.ceremony);
  for (const folder of ['openings', 'draws', 'sheets'] as const)
    for (const [name, value] of Object.entries(input[folder] ?? {})) json(`${folder}/${name}.json`, value);
  for (const [name, sealed] of Object.entries(input.sealedSheets ?? {})) files.set(`sheets/${name}.age`, sealed);
  for (const [id, value] of Object.entries(input.evaluations)) json(`evaluation/${id}.json`, value);
  if (input.award !== null && input.award !== undefined) json('award.json', input.award);
  for (const [id, value] of submissionsIn(input.events)) json(`submissions/${id}.json`, value);
  json(manifestName, manifestOf(input, files));
  return pack(files);
}

const manifestOf = (
  { lot, edition, origin }: Pick<Manifest, 'lot' | 'edition' | 'origin'>,
  files: ReadonlyMap<string, Uint8Array>,
): Manifest => ({
  format: bundleFormat,
  edition,
  lot,
  origin,
  files: [...files]
    .filter(([name]) => name !== manifestName)
    .map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: base64url(sha256(bytes)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
});

/** The statements and signatures that the journal holds, apart, so that any CMS tool can check them. */
function submissionsIn(events: readonly ProvenEvent[]): Map<string, { statement: unknown; signature: unknown }> {
  const submissions = new Map<string, { statement: unknown; signature: unknown }>();
  for (const { event } of events) {
    if (event.type !== 'bid.received' && event.type !== 'bid.replaced') continue;
    const read = bidData.safeParse(event.data);
    if (read.success) submissions.set(read.data.statement.id, read.data);
  }
  return submissions;
}
const bidData = z.object({ statement: z.looseObject({ id: z.string().regex(/^[A-Za-z0-9_-]+$/) }), signature: z.string() });

const manifestShape = z.strictObject({
  format: z.literal(bundleFormat),
  edition: z.enum(editions),
  lot: z.string(),
  origin: z.string(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});
type Manifest = z.infer<typeof manifestShape>;
const snapshotShape = z.strictObject({ checkpoint: z.string(), consistency: z.array(z.string()).max(128) });

/** Rechecks a whole tender from the bytes of its bundle. */
export function verifyBundle(bytes: Uint8Array, options: VerifyOptions = {}): Promise<Verification> {
  return verification(async (list: Checklist) => {
    const folder = await openFolder(bytes, list);
    const { lot, origin, edition } = folder.manifest;
    const keys = readKeys(folder, list, options.key);
    const { checkpoint, note } = readCheckpoint(folder, list, keys.platform, origin);
    for (const witness of keys.witnesses) {
      const says = fill({ zh: '检查点由见证人 {name} 会签', en: 'The checkpoint is cosigned by witness {name}' }, { name: witness.name });
      list.that(says, cosignedAt(note, witness) !== undefined);
    }
    const events = readEvents(folder, list, lot);
    const stranger = events.find((each) => !isIncluded(each, checkpoint));
    const included = fill(
      { zh: '{count} 个事件全部包含在日志（{size} 项）中', en: 'All {count} events stand in the journal of {size} entries' },
      { count: events.length, size: checkpoint.size },
    );
    list.that(
      included,
      stranger === undefined,
      fill({ zh: '事件 {index} 不在其中', en: 'event {index} does not' }, { index: stranger?.index ?? 0 }),
    );
    checkEdition(
      edition,
      {
        events,
        withheld: read(folder, withheldFile, withheldShape, list),
        openings: new Map([...folder.under('openings'), ...folder.under('sheets')]),
      },
      checkpoint,
      list,
    );
    const history = new History(events, list);
    checkNode(history, list, origin);
    const anchorsIn = (wanted: (name: string) => boolean) =>
      checkAnchors(
        folder
          .names('certificates')
          .filter(wanted)
          .map((name) => folder.text(name) ?? ''),
        list,
      );
    const anchors = await anchorsIn((name) => name !== timestampsFile);
    const council = await readCouncil(folder, list, history, keys.witnesses, anchors);
    checkDeadline(history, list, origin);
    checkFindings(history, list);
    checkPeriods(history, list);
    const bids = await checkBids(history, list, lot, anchors);
    checkSubmissions(folder, list, events);
    checkClients(history, list);
    const snapshot = folder.has('journal/closing.json') ? read(folder, 'journal/closing.json', snapshotShape, list) : null;
    const closing = checkClosing(history, list, bids, snapshot, keys, checkpoint);
    const turns = await checkParts(history, list, closing, { lot, anchors });
    checkOpeningEvents(history, list, closing, turns);
    await checkLayers(history, list, closing, { anchors, platform: origin });
    await checkRemedies(history, list, closing, anchors);
    checkSigners(history, list, closing);
    await checkPauses(history, list, lot, anchors);
    checkTermination(history, list);
    checkJointBids(history, list);
    checkSecurities(history, list, lot);
    await checkStamps(history, list, { platform: anchors, external: await anchorsIn((name) => name === timestampsFile) });
    checkOpenings(history, list, closing, { turns, transcripts: folder.under('openings'), lot, council });
    const draws = checkDraws(history, list, folder.under('draws'), lot, council);
    const draw = sessionDraw(list, draws, closing?.index);
    checkReadings(history, list, closing, draws);
    checkPseudonyms(history, list, draws);
    checkInvitations(history, list);
    await checkHall(history, list, lot, anchors);
    checkRounds(history, list);
    const sheets = { transcripts: folder.under('sheets'), sealed: folder.sealed('sheets') };
    await checkSheets(history, list, { ...sheets, lot, council, anchors });
    await checkReassessments(history, list, lot, anchors);
    const decided = checkEvaluations(history, list, folder.under('evaluation'), { lot, closing, draw });
    checkAward(history, list, decided, folder.has('award.json') ? read(folder, 'award.json', z.unknown(), list) : null);
    checkFramework(history, list, decided.at(-1));
    await checkContracts(history, list, lot, anchors);
    if (keys.witnesses.length === 0) list.note({ zh: '没有见证人会签。', en: 'No witness cosigned.' });
    if (options.key === undefined) list.note(keyNotPinned(keys.platform));
  }, options.tell);
}

/** The files of a bundle, each as its manifest says. */
class Folder {
  readonly manifest: Manifest;
  private readonly files: ReadonlyMap<string, Uint8Array>;
  constructor(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>) {
    this.manifest = manifest;
    this.files = files;
  }
  has(name: string): boolean {
    return this.files.has(name);
  }
  text(name: string): string | undefined {
    const bytes = this.files.get(name);
    return bytes === undefined ? undefined : textOf(bytes);
  }
  names(folder: string): string[] {
    return [...this.files.keys()].filter((name) => name.startsWith(`${folder}/`));
  }
  /** The sealed files of a folder, likewise. */
  sealed(folder: string): Map<string, Uint8Array> {
    return new Map(
      [...this.files].flatMap(([name, bytes]) =>
        name.startsWith(`${folder}/`) && name.endsWith('.age') ? [[name.slice(folder.length + 1, -'.age'.length), bytes] as const] : [],
      ),
    );
  }
  /** The JSON files of a folder by their name without folder and ending. */
  under(folder: string): Map<string, unknown> {
    const names = this.names(folder).filter((name) => name.endsWith('.json'));
    return new Map(names.map((name) => [name.slice(folder.length + 1, -'.json'.length), parseJson(this.text(name) ?? '')?.value]));
  }
}

/** Unpacks, and checks that nothing was added, left out or changed: every file's digest, then the container itself. */
async function openFolder(bytes: Uint8Array, list: Checklist): Promise<Folder> {
  const files = await unpack(bytes);
  if (files === undefined) list.unreadable({ zh: '证据包无法解压。', en: 'The bundle cannot be unpacked.' });
  const manifest = manifestShape.safeParse(parseJson(textOf(files.get(manifestName) ?? new Uint8Array()) ?? '')?.value);
  if (!manifest.success)
    list.unreadable({
      zh: '这不是证据包：清单缺失或无法识别。',
      en: 'This is no evidence bundle: its manifest is missing or not understood.',
    });
  for (const { name, sha256: digest, bytes: length } of manifest.data.files) {
    const content = files.get(name);
    const same = content !== undefined && content.length === length && base64url(sha256(content)) === digest;
    if (!same) list.that(fill({ zh: '文件 {name} 与清单一致', en: 'File {name} is as the manifest says' }, { name }), false);
  }
  list.that(
    fill({ zh: '{count} 个文件与清单一致', en: 'All {count} files are as the manifest says' }, { count: manifest.data.files.length }),
    canonical(manifestOf(manifest.data, files)) === textOf(files.get(manifestName) ?? new Uint8Array()),
  );
  const unknown = [...files.keys()].find((name) => !layout.some((place) => place.test(name)));
  list.that({ zh: '没有多余文件', en: 'There is no file that does not belong' }, unknown === undefined, {
    zh: unknown ?? '',
    en: unknown ?? '',
  });
  const bent = [...files].find(([name, content]) => name.endsWith('.json') && !isCanonicalJson(content));
  list.that({ zh: 'JSON 文件均为规范形式', en: 'Every JSON file is in canonical form' }, bent === undefined, {
    zh: bent?.[0] ?? '',
    en: bent?.[0] ?? '',
  });
  list.that({ zh: '压缩包逐字节符合规范', en: 'The container is canonical to the last byte' }, sameBytes(await pack(files), bytes));
  return new Folder(manifest.data, files);
}

const layout = [
  /^manifest\.json$/,
  /^journal\/(checkpoint\.txt|events\.json|withheld\.json|closing\.json)$/,
  /^keys\/(platform\.vkey|witnesses\.json)$/,
  /^certificates\/[A-Za-z0-9_-]+\.pem$/,
  /^(council|ceremony|award)\.json$/,
  /^sheets\/[A-Za-z0-9_-]+\.(json|age)$/,
  /^(openings|draws|evaluation|submissions)\/[A-Za-z0-9_-]+\.json$/,
] as const;

function isCanonicalJson(content: Uint8Array): boolean {
  const text = textOf(content);
  const parsed = text === undefined ? undefined : parseJson(text);
  return parsed !== undefined && canonical(parsed.value) === text;
}

function read<T>(folder: Folder, name: string, shape: z.ZodType<T>, list: Checklist): T {
  const parsed = shape.safeParse(parseJson(folder.text(name) ?? '')?.value);
  list.that(fill({ zh: '文件 {name} 格式完整', en: 'File {name} is whole' }, { name }), parsed.success);
  return parsed.data;
}

function readKeys(
  folder: Folder,
  list: Checklist,
  pinned: NoteVerifier | undefined,
): { platform: NoteVerifier; witnesses: readonly NoteVerifier[] } {
  const own = parseVerifierKey(folder.text('keys/platform.vkey') ?? '');
  list.that(
    { zh: '证据包载有平台公钥', en: 'The bundle names the platform’s key' },
    own !== undefined && own.type === noteKeyTypes.ed25519,
  );
  if (pinned !== undefined) {
    list.that(
      { zh: '平台公钥就是 --key 给出的公钥', en: 'The platform’s key is the one given with --key' },
      own.name === pinned.name && sameBytes(own.publicKey, pinned.publicKey),
    );
  }
  const witnesses = read(folder, 'keys/witnesses.json', z.array(z.string()).max(64), list).map(parseVerifierKey);
  list.that(
    { zh: '见证人公钥有效', en: 'The witnesses’ keys are keys' },
    witnesses.every((each) => each?.type === noteKeyTypes.cosignature),
  );
  return { platform: own, witnesses: witnesses.filter((each) => each !== undefined) };
}

function readCheckpoint(folder: Folder, list: Checklist, key: NoteVerifier, origin: string) {
  const opened = openCheckpoint(folder.text('journal/checkpoint.txt') ?? '', key);
  const says = fill({ zh: '检查点由 {name} 签名', en: 'The checkpoint is signed by {name}' }, { name: key.name });
  list.that(says, typeof opened !== 'string' && opened.checkpoint.origin === origin);
  return opened;
}

function readEvents(folder: Folder, list: Checklist, lot: string): readonly ProvenEvent[] {
  const events = read(folder, 'journal/events.json', z.array(provenEvent).max(200_000), list);
  const ascending = events.every((each, i) => i === 0 || each.index > (events[i - 1]?.index ?? 0));
  list.that({ zh: '事件按日志顺序排列，各一次', en: 'Events stand in journal order, each once' }, ascending);
  const other = events.find(({ event }) => event.subject.lot !== undefined && event.subject.lot !== lot);
  list.that({ zh: '事件均属于本标段', en: 'Every event is of this lot' }, other === undefined);
  return events;
}

function checkNode(history: History, list: Checklist, origin: string): void {
  const created = history.one('node.created');
  if (created !== undefined)
    list.that({ zh: '节点名称与日志一致', en: 'The node is the one whose journal this is' }, created.data.origin === origin);
  if (created?.data.sandbox === true || origin.endsWith('/sandbox'))
    list.note({
      zh: '演示环境（sandbox）：时间可以调快，不具法律效力。',
      en: 'Sandbox node: its clock may be moved, nothing here is binding.',
    });
}

/** The council is the one the notice names and the journal holds: a council made up later could open nothing, but could lie. */
async function readCouncil(
  folder: Folder,
  list: Checklist,
  history: History,
  witnesses: readonly NoteVerifier[],
  anchors: readonly Certificate[],
): Promise<Council | null> {
  if (!folder.has('council.json')) return null;
  const council = read(folder, 'council.json', councilShape, list);
  const verdict = verifyCouncil(council);
  list.that(
    { zh: '开标委员会各成员公钥与总公钥一致', en: "The council's shares lead to its group key" },
    verdict.ok,
    verdict.ok ? undefined : verdict.problem.title,
  );
  const formed = history.all('council.formed').find((event) => canonical(event.data.council) === canonical(council));
  list.that({ zh: '委员会成立已记入日志', en: 'The council’s formation stands in the journal' }, formed !== undefined);
  list.that(
    { zh: '见证人是委员会成立时指定的', en: 'The witnesses are those named when the council was formed' },
    witnesses.every((each) => formed.data.witnesses.includes(printVerifierKey(each))),
  );
  const transcript = folder.has(ceremonyFile) ? read(folder, ceremonyFile, z.unknown(), list) : undefined;
  await checkCeremony(transcript, formed.data, council, anchors, list);
  const notice = history.one('notice.published');
  list.that(
    { zh: '公告指定的正是该委员会', en: 'It is the council that the notice names' },
    notice === undefined || notice.data.council === council.id,
  );
  return council;
}

/** The outside time-stamping authority: what its root signs is no bid. */
const timestampsFile = 'certificates/timestamps.pem';

function checkSubmissions(folder: Folder, list: Checklist, events: readonly ProvenEvent[]): void {
  const stated = [...folder.under('submissions')].sort(([a], [b]) => (a < b ? -1 : 1));
  const journalled = [...submissionsIn(events)].sort(([a], [b]) => (a < b ? -1 : 1));
  list.that(
    { zh: '投标声明文件与日志一致', en: 'The submission files are those of the journal' },
    canonical(stated) === canonical(journalled),
  );
}
