import { auctionFormat, auctionShape, replay } from '../auctions/quote.ts';
import { allocate } from '../evaluation/allocation.ts';
import { allocationFormat, allocationShape, awardErrors, type Computed, evaluationFormat, evaluationShape } from '../evaluation/bundle.ts';
import { rank } from '../evaluation/rank.ts';
import { type NoteVerifier, printVerifierKey } from '../journal/checkpoint.ts';
import { receiptFaults, receiptFormat, verifyReceipt } from '../journal/receipt.ts';
import { canonical } from '../kernel/bytes.ts';
import type { Problem } from '../kernel/problem.ts';
import { fill, type Words } from '../kernel/words.ts';
import { recordFileShape } from '../openings/record-file.ts';
import { verifyDraw } from '../sealing/draw.ts';
import { verifyOpening } from '../sealing/opening.ts';
import { checkBidReceipt } from './bid-receipt.ts';
import { checkCeremonyFile } from './ceremony.ts';
import { type Check, type Checklist, type Verification, verification } from './checks.ts';
import { isWellFormed } from './json.ts';
import { checkRecordFile } from './record-file.ts';

/** Rechecks one published proof, without server and database: in the command line tool, in a browser, in a test. */

export interface VerifyOptions {
  /** the platform's key, from a source the reader trusts */
  readonly key?: NoteVerifier | undefined;
  /** told each check as it is made */
  readonly tell?: ((check: Check) => void) | undefined;
}

type Checker = (value: Record<string, unknown>, list: Checklist, options: VerifyOptions) => void | Promise<void>;

/** Every format a lone file may have (protocol §8). */
export const formats: Readonly<Record<string, { readonly says: Words; readonly check: Checker }>> = {
  [receiptFormat]: { says: { zh: '回执', en: 'receipt' }, check: checkReceipt },
  'yangguang/opening/v1': { says: { zh: '开标解密记录', en: 'opening transcript' }, check: checkOpening },
  'yangguang/ceremony/v1': {
    says: { zh: '密钥仪式记录', en: 'key ceremony transcript' },
    check: (value, list) => checkCeremonyFile(value, list),
  },
  'yangguang/draw-transcript/v1': { says: { zh: '抽取记录', en: 'draw transcript' }, check: checkDraw },
  'yangguang/opening-record-file/v1': { says: { zh: '开标记录', en: 'opening record' }, check: checkRecord },
  [evaluationFormat]: { says: { zh: '评标数据', en: 'evaluation bundle' }, check: checkEvaluation },
  [allocationFormat]: { says: { zh: '带量采购数据', en: 'allocation bundle' }, check: checkAllocation },
  [auctionFormat]: { says: { zh: '网上竞价数据', en: 'auction bundle' }, check: checkAuction },
};

/** Verifies a parsed JSON file of any known format. */
export function verifyEvidence(value: unknown, options: VerifyOptions = {}): Promise<Verification> {
  return verification((list) => checkEvidence(value, list, options), options.tell);
}

function checkEvidence(value: unknown, list: Checklist, options: VerifyOptions): void | Promise<void> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('format' in value)) {
    list.unreadable({ zh: '文件没有 format 字段，无法识别。', en: 'The file has no format member; it cannot be recognised.' });
  }
  if (!isWellFormed(value)) list.unreadable({ zh: '文件含有无法编码的字符。', en: 'The file holds characters that cannot be encoded.' });
  const { format } = value;
  const known = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (known === undefined) list.unreadable(fill({ zh: '未知格式：{format}', en: 'Unknown format: {format}' }, { format: String(format) }));
  return known.check({ ...value }, list, options);
}

function checkReceipt(value: Record<string, unknown>, list: Checklist, { key }: VerifyOptions): void {
  if (key === undefined) {
    list.unreadable({
      zh: '单独的回执需要平台公钥，请用 --key 给出。',
      en: "A lone receipt is checked against the platform's key; give it with --key.",
    });
  }
  const signed = fill({ zh: '检查点由 {name} 签名', en: 'The checkpoint is signed by {name}' }, { name: key.name });
  const verdict = verifyReceipt(value, key);
  if (verdict.ok) {
    const { receipt, checkpoint } = verdict;
    list.that(signed, true);
    list.that(placed(receipt.index, checkpoint.size), true);
    list.that(
      fill(
        { zh: '事件 {type}，平台时间 {at}', en: 'The event is {type}, platform time {at}' },
        { type: receipt.event.type, at: receipt.event.at },
      ),
      true,
    );
    checkBidReceipt(receipt.event, list);
    return;
  }
  const why = receiptFaults[verdict.fault];
  if (verdict.fault === 'unreadable') list.that({ zh: '回执格式完整', en: 'The receipt is whole' }, false, why);
  if (verdict.fault !== 'not-included') list.that(signed, false, why);
  list.that(signed, true);
  list.that({ zh: '事件包含在日志中', en: 'The event stands in the journal' }, false, why);
}

const placed = (index: number, size: number): Words =>
  fill({ zh: '事件是日志的第 {index} 项（共 {size} 项）', en: 'The event is entry {index} of the journal of {size}' }, { index, size });

/** A stage of a longer verification: which named reasons belong to it. Stages before the failing one did pass. */
interface Stage {
  readonly says: Words;
  readonly fails: (reason: string) => boolean;
}

/** Prints the stages a sealing verdict went through, up to the one its reason belongs to. */
export function stateStages(
  list: Checklist,
  stages: readonly Stage[],
  verdict: { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly problem: Problem },
): void {
  if (verdict.ok) {
    for (const stage of stages) list.that(stage.says, true);
    return;
  }
  const why = verdict.problem.detail.says ?? verdict.problem.title;
  for (const stage of stages) list.that(stage.says, !stage.fails(verdict.reason), why);
  list.that({ zh: '记录成立', en: 'The transcript holds' }, false, why);
}

const councilStage: Stage = {
  says: { zh: '开标委员会各成员公钥与总公钥一致', en: "The council's shares lead to its group key" },
  fails: (reason) => reason.startsWith('council-'),
};
const sharesStage: Stage = {
  says: { zh: '成员份额的证明成立，且达到门限', en: 'The trustees’ proofs hold, and enough of them answered' },
  fails: (reason) => reason.startsWith('share'),
};

export const openingStages: readonly Stage[] = [
  { says: { zh: '开标记录格式完整', en: 'The transcript is whole' }, fails: (reason) => reason === 'opening-malformed' },
  councilStage,
  {
    says: { zh: '每份投标为本标段、本部分、该投标人加密', en: 'Every item was sealed for this lot, part and bidder' },
    fails: (reason) => reason.startsWith('opening-'),
  },
  sharesStage,
];

export const drawStages: readonly Stage[] = [
  { says: { zh: '抽取记录格式完整', en: 'The transcript is whole' }, fails: (reason) => reason === 'draw-malformed' },
  councilStage,
  {
    says: { zh: '抽取申请含义唯一', en: 'The request has one meaning only' },
    fails: (reason) => reason.startsWith('draw-') && reason !== 'draw-result-differs',
  },
  sharesStage,
  {
    says: { zh: '由种子重新计算的结果一致', en: 'The result is the one the seed gives' },
    fails: (reason) => reason === 'draw-result-differs',
  },
];

const councilTaken = (groupKey: string): Words =>
  fill(
    {
      zh: '委员会公钥取自文件本身，请与公布的核对：{key}',
      en: "The council's key is the file's own word; compare it with the published one: {key}",
    },
    { key: groupKey },
  );

function checkOpening(value: Record<string, unknown>, list: Checklist): void {
  const verdict = verifyOpening(value);
  stateStages(list, openingStages, verdict);
  if (!verdict.ok) return;
  const { items, edition, transcript } = verdict;
  if (edition === 'public') {
    list.note({
      zh: '公开版不含加密密钥，未检查标签证明和解封。',
      en: 'The public edition leaves out the wrapped keys: labels and unwrapping were not checked.',
    });
  } else {
    const invalid = items.filter((item) => item.fileKey === null).length;
    list.that(
      fill(
        { zh: '{opened} 份解封，{invalid} 份不能解封', en: '{opened} items unwrap, {invalid} do not' },
        { opened: items.length - invalid, invalid },
      ),
      true,
    );
  }
  list.note(councilTaken(transcript.council.groupKey));
}

function checkDraw(value: Record<string, unknown>, list: Checklist): void {
  const verdict = verifyDraw(value);
  stateStages(list, drawStages, verdict);
  if (verdict.ok) list.note(councilTaken(verdict.transcript.council.groupKey));
}

function checkRecord(value: Record<string, unknown>, list: Checklist): Promise<void> {
  return checkRecordFile(shaped(recordFileShape.safeParse(value), list), list);
}

function checkEvaluation(value: Record<string, unknown>, list: Checklist): void {
  const bundle = shaped(evaluationShape.safeParse(value), list);
  checkResult(list, bundle.result, rank(bundle));
}

function checkAllocation(value: Record<string, unknown>, list: Checklist): void {
  const bundle = shaped(allocationShape.safeParse(value), list);
  checkResult(list, bundle.result, allocate(bundle));
}

function checkAuction(value: Record<string, unknown>, list: Checklist): void {
  const bundle = shaped(auctionShape.safeParse(value), list);
  checkResult(list, bundle.result, { ok: true, value: replay(bundle) });
}

/** Unwraps a schema's answer: a file that names a format it does not have is refuted, not unreadable. */
export function shaped<T>(
  read:
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] } },
  list: Checklist,
): T {
  const says: Words = { zh: '数据格式完整', en: 'The data are whole and well-formed' };
  const path = read.success ? '' : (read.error.issues[0]?.path.map(String).join('.') ?? '');
  list.that(says, read.success, fill({ zh: '格式不符：{path}', en: 'Not as the format says: {path}' }, { path: path || '·' }));
  return read.data;
}

/** Compares a stated result with the one computed here. */
export function checkResult<T>(
  list: Checklist,
  stated: unknown,
  result: Computed<T>,
): asserts result is { readonly ok: true; readonly value: T } {
  list.that(
    { zh: '输入完整，可以计算', en: 'The inputs are complete' },
    result.ok,
    result.ok
      ? undefined
      : fill(
          { zh: `${awardErrors[result.error].zh}：{about}`, en: `${awardErrors[result.error].en}: {about} (${result.error})` },
          { about: result.about },
        ),
  );
  list.that({ zh: '文件载有结果', en: 'The file states a result' }, stated !== undefined);
  const [here, there] = [canonical(result.value), canonical(stated)];
  list.that(
    { zh: '重新计算的结果与文件一致', en: 'The recomputed result equals the stated one' },
    here === there,
    difference(result.value, stated),
  );
}

/** Where two JSON values first part, for a person who looks for the lie. */
function difference(here: unknown, there: unknown, path = 'result'): Words {
  if (typeof here === 'object' && here !== null && typeof there === 'object' && there !== null) {
    const keys = [...new Set([...Object.keys(here), ...Object.keys(there)])].sort();
    for (const key of keys) {
      const [a, b] = [(here as Record<string, unknown>)[key], (there as Record<string, unknown>)[key]];
      if (a === undefined || b === undefined || canonical(a) !== canonical(b)) return difference(a, b, `${path}.${key}`);
    }
  }
  const show = (value: unknown): string => (value === undefined ? '—' : canonical(value).slice(0, 120));
  return fill(
    { zh: '{path}：文件写 {there}，计算得 {here}', en: '{path}: the file says {there}, computed {here}' },
    { path, there: show(there), here: show(here) },
  );
}

/** What a file whose key was not pinned leaves open: the last line of every such verification. */
export const keyNotPinned = (key: NoteVerifier): Words =>
  fill(
    {
      zh: '平台公钥取自文件本身，未经 --key 核对：{key}',
      en: 'The platform key was not pinned with --key; it is the file’s own word: {key}',
    },
    { key: printVerifierKey(key) },
  );
