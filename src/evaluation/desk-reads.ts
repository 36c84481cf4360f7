import type { EntityManager } from '@mikro-orm/postgresql';
import type { Bid } from '../bids/bid.ts';
import { gradesOf, membersOf } from '../bids/joint.ts';
import { knowsNames } from '../experts/names.ts';
import { lotHeadOf, nameReader } from '../experts/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { codesOf } from '../openings/joint-rules.ts';
import { pseudonymWords } from '../openings/pseudonym.ts';
import { openedBid } from '../openings/record.ts';
import { OpeningItem, PseudonymRow } from '../openings/schema.ts';
import { runsFrom } from '../openings/suspension.ts';
import { holderOf } from '../parties/certify.ts';
import { isLast } from '../tenders/envelopes.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import type { Lot } from '../tenders/schema.ts';
import type { BidDetail, DeskAnswer, OwnSheets } from './answers.ts';
import { type Blinding, blindingOf, blindMarksOf, submissionNamed } from './blind-reads.ts';
import { blindFileName, blindMethod } from './blind-work.ts';
import { openedOf, type PanelWork, panelWork } from './bundle-reads.ts';
import { declaration } from './declaration.ts';
import { fixedVerdicts } from './fixed-verdict-reads.ts';
import { sumOf } from './mark.ts';
import { maskWords, outWords } from './mask.ts';
import { isMember } from './member-reads.ts';
import { readNote } from './note.ts';
import { unexplained } from './outlier.ts';
import { judgedPart, methodUpTo } from './part-work.ts';
import { resultOf } from './result.ts';
import { DeskNote, EvaluationReport, EvaluationVersion, type PanelMember } from './schema.ts';
import { deskSheets, openedSheets, sheetStates } from './sheet-desk-reads.ts';
import { signUntil } from './sign-until.ts';
import type { Stance } from './stance.ts';
import { turnOf } from './turn-reads.ts';
import { versionsOf } from './version-reads.ts';
import { votesOf } from './vote-reads.ts';

/** How many rows of a bid's table a page shows; the whole table is in the package. */
const rowsShown = 400;

export interface Standing {
  readonly lot: Lot;
  readonly terms: LotTerms;
  readonly work: PanelWork;
  readonly report: EvaluationReport | null;
  readonly own: PanelMember | null;
  readonly reader: DeskAnswer['reader'];
  /** tenderee or agent of the lot, whatever else it is here */
  readonly host: boolean;
  readonly named: boolean;
  /** while the part at hand is judged under pseudonyms: `work` knows the bids by them alone */
  readonly blinding: Blinding | null;
}

/**
 * The desk of a lot's evaluation, for one reader. A member has its own sheets and the bids, of the others it learns numbers until the result is
 * computed; the host nothing before the report; a supervisor numbers (a closer look is an act of its own, on record); the public the outcome
 * from the day the candidates are published.
 */
export async function deskPage(em: EntityManager, by: Actor, id: string, chosen: string | undefined): Promise<DeskAnswer> {
  const standing = await standingOf(em, by, id);
  const { lot, terms, work, report, own, reader } = standing;
  const seesResult =
    report !== null && (reader === 'member' || Boolean(lot.candidatesAt) || (reader !== 'public' && Boolean(lot.reportedAt)));
  const working = own !== null && Boolean(own.declaredAt) && Boolean(lot.evaluationStartedAt);
  const sheets = working || reader === 'supervisor' ? await deskSheets(em, by, lot, work.members, own) : null;
  // while a seat's sheet is awaited nobody learns what those say that are open already
  const hidden = sheets !== null && sheets.state !== 'open';
  const out = hidden ? null : work.progress.out;
  const bids = work.bids.map((item) => ({
    submission: item.submission,
    name: item.bidderName,
    price: item.price,
    out: out?.has(item.submission) ? outWords(out.get(item.submission) ?? '', terms.items) : null,
  }));
  const picked = work.bids.find((item) => item.submission === chosen) ?? work.bids[0];
  const inside = reader === 'member' || reader === 'supervisor';
  return {
    lot: lotHeadOf(lot),
    reader,
    startedAt: lot.evaluationStartedAt ?? null,
    concludedAt: seesResult || inside ? (report?.concludedAt ?? null) : null,
    reportedAt: lot.reportedAt ?? null,
    failed: Boolean(lot.failedAt),
    declaration,
    bidders: own ? await biddersOf(em, lot) : [],
    own: own && ownSheets(own, work),
    blind: inside ? await blindStateOf(em, standing, working && !hidden, working ? picked?.submission : undefined) : null,
    bids: working ? bids : null,
    chosen: working && picked ? await detailFor(em, standing, picked.submission) : null,
    shown: null,
    compared: null,
    ...askedNow(lot, terms, standing.blinding),
    progress: inside && lot.evaluationStartedAt ? progressRows(standing, by, await sheetStates(em, standing)) : null,
    computed: working && !standing.blinding ? [...(await fixedVerdicts(em, lot)).values()] : [],
    differing: working && !hidden ? differing(standing) : [],
    outliers: working && !hidden ? openOutliers(standing) : { own: [], others: 0 },
    sheets,
    opened: working && sheets?.state === 'open' ? await openedSheets(em, standing) : null,
    scored: working ? [...work.progress.scored] : [],
    complete: work.progress.complete && inside && !hidden,
    note: working && picked && own ? await noteOf(em, own.id, picked.submission) : '',
    sitting: null,
    identify: own && !own.declaredAt ? { member: own.id, holder: holderOf(by).holder } : null,
    turn: inside && !standing.blinding ? await turnOf(em, by, standing) : null,
    result: seesResult ? resultOf(report, terms, work, { named: standing.named, chosen }) : null,
    votes: await votesOf(em, by, standing),
    mayReassess: allows('order-reassessment', lot.phase) && (standing.host || reader === 'supervisor'),
    versions: await versionsOf(em, { lot, terms, reader, report: seesResult ? report : null, names: nameOfBids(work) }),
    sign:
      own && report && !own.stance && allows('sign-report', lot.phase)
        ? {
            sha256: report.sha256,
            member: own.id,
            holder: holderOf(by).holder,
            until: signUntil(await runsFrom(em, lot.id, report.concludedAt)),
          }
        : null,
    dissent: seesResult ? work.members.flatMap(dissentOf) : [],
  };
}

/** What is judged now: with the last envelope everything stands on the sheets, what was given before as it was given. */
function askedNow(lot: Lot, terms: LotTerms, blinding: Blinding | null): Pick<DeskAnswer, 'items' | 'criteria' | 'priceFull'> {
  const upTo = methodUpTo(terms, judgedPart(lot));
  const method = blinding ? blindMethod(upTo, blinding) : upTo;
  const last = isLast(terms.parts, judgedPart(lot));
  return {
    items: terms.items.filter(({ id }) => method.items.includes(id)),
    criteria: terms.criteria.filter(({ id }) => method.criteria.some((criterion) => criterion.id === id)),
    priceFull: last && !blinding ? (terms.method.price?.full ?? null) : null,
  };
}

async function standingOf(em: EntityManager, by: Actor, id: string): Promise<Standing> {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.publishedAt || !lot.openedAt) throw notFound();
  const work = await panelWork(em, lot);
  const own = work.members.find((member) => isMember(member, by)) ?? null;
  const names = await nameReader(em, by, lot.id, project);
  const host = hosts(by, project);
  const isHost = host || by.role === 'centre';
  const reader = own ? 'member' : names.supervises ? 'supervisor' : isHost ? 'host' : 'public';
  const report = await em.findOne(EvaluationReport, { lot: lot.id });
  return { lot, terms: termsOf(lot), work, report, own, reader, host, named: knowsNames(names, lot), blinding: await blindingOf(em, lot) };
}

const nameOfBids = ({ bids }: PanelWork): ReadonlyMap<string, string> =>
  new Map(bids.map(({ submission, bidderName }) => [submission, bidderName]));

const stanceOf = (member: PanelMember): Stance | null => member.stance ?? null;
function dissentOf(member: PanelMember): DeskAnswer['dissent'] {
  const stance = stanceOf(member);
  return member.dissent && stance ? [{ mask: maskWords(member.mask), stance, text: member.dissent }] : [];
}

function ownSheets(own: PanelMember, { reviews, scores, bids }: PanelWork): OwnSheets {
  const verdicts = reviews.filter((row) => row.member === own.id);
  const marks = scores.filter((row) => row.member === own.id);
  return {
    seat: own.id,
    mask: maskWords(own.mask),
    declaredAt: own.declaredAt ?? null,
    signedAt: own.signedAt ?? null,
    stance: stanceOf(own),
    verdicts: verdicts.map(({ submission, item, pass, reason, version }) => ({
      bid: submission,
      item,
      pass,
      reason: reason ?? null,
      version,
    })),
    marks: marks.map(({ submission, criterion, score, reason, version }) => ({
      bid: submission,
      criterion,
      score,
      reason: reason ?? null,
      version,
    })),
    sums: bids.map(({ submission }) => ({
      bid: submission,
      sum: sumOf(marks.filter((row) => row.submission === submission).map((row) => row.score)),
    })),
  };
}

function progressRows(
  { work, named, lot }: Standing,
  by: Actor,
  sheets: ReadonlyMap<string, 'in' | 'open'> | null,
): NonNullable<DeskAnswer['progress']> {
  return work.progress.members.flatMap(({ member, reviews, scores }) => {
    const row = work.members.find((each) => each.id === member);
    if (!row) return [];
    return {
      mask: maskWords(row.mask),
      name: named || (lot.evaluationStartedAt && isMember(row, by)) ? row.name : null,
      you: isMember(row, by),
      declared: Boolean(row.declaredAt),
      reviews,
      scores,
      sheet: sheets && (sheets.get(member) ?? 'awaited'),
      signedAt: row.signedAt ?? null,
      stance: stanceOf(row),
    };
  });
}

function openOutliers({ work, terms, own }: Standing): DeskAnswer['outliers'] {
  const open = unexplained(work.outliers);
  const nameOf = (bid: string): string => work.bids.find((item) => item.submission === bid)?.bidderName ?? bid;
  return {
    own: open
      .filter(({ member }) => member === own?.id)
      .map(({ submission, criterion }) => ({ bid: submission, name: nameOf(submission), criterion: titleIn(terms.criteria, criterion) })),
    others: new Set(open.filter(({ member }) => member !== own?.id).map(({ member }) => member)).size,
  };
}

function differing({ work, terms }: Standing): DeskAnswer['differing'] {
  return work.progress.differing.map(({ bid, criterion }) => ({
    bid: work.bids.find((item) => item.submission === bid)?.bidderName ?? bid,
    criterion: titleIn(terms.criteria, criterion),
  }));
}

const titleIn = (list: readonly { readonly id: string; readonly title: Words }[], id: string): Words =>
  list.find((each) => each.id === id)?.title ?? { zh: id, en: id };

async function noteOf(em: EntityManager, member: string, submission: string): Promise<string> {
  const note = await em.findOne(DeskNote, { member, submission });
  return (note && readNote(note.sealed, member, submission)) ?? '';
}

/** What stands in a bid, under the labels of the published form; while it is blind its blind files alone, under names that tell nothing. */
async function detailFor(em: EntityManager, { lot, terms, blinding }: Standing, id: string): Promise<BidDetail> {
  const opened = await openedOf(em, lot, submissionNamed(blinding, id) ?? '');
  if (!blinding) return detailOf(id, opened, terms);
  const files = filesShown(opened, blinding, terms).map(({ file, name }, index) => ({
    index,
    label: labelIn(terms, file.field),
    name,
    bytes: 0,
    sha256: '',
  }));
  return { submission: id, figures: [], tables: [], files };
}

const labelIn = (terms: LotTerms, key: string): Words => terms.bidForm.find((field) => field.key === key)?.label ?? { zh: key, en: key };

function detailOf(submission: string, opened: readonly OpeningItem[], terms: LotTerms): BidDetail {
  const { figures, tables } = openedBid(opened, submission);
  const fields = terms.bidForm.filter((field) => figures[field.key] !== undefined);
  return {
    submission,
    figures: [...fields.map((field) => ({ label: field.label, value: figures[field.key] ?? '' })), ...jointFigures(opened, tables)],
    tables: Object.entries(tables).map(([key, rows]) => ({
      label: labelIn(terms, key),
      columns: (terms.bidForm.find((field) => field.key === key)?.columns ?? []).map((column) => ({
        key: column.key,
        label: column.label,
        numeric: column.kind !== 'text',
      })),
      rows: rows.slice(0, rowsShown),
      total: rows.length,
    })),
    files: attachmentsIn(opened).map(({ file: { field, name, bytes, sha256 } }, index) => ({
      index,
      label: labelIn(terms, field),
      name,
      bytes,
      sha256,
    })),
  };
}

/** What a joint bid comes to: of one speciality the lower grade counts. */
const jointFigures = (opened: readonly OpeningItem[], tables: OpenedTables): BidDetail['figures'] =>
  opened.some(({ bid }) => codesOf(bid).length > 0)
    ? gradesOf(membersOf({ tables })).map(({ specialty, grade }) => ({ label: jointGrade, value: `${specialty}　${grade}` }))
    : [];
const jointGrade: Words = { zh: '联合体资质（同一专业按较低等级）', en: 'Grade of the joint venture (the lower of one speciality)' };
type OpenedTables = ReturnType<typeof openedBid>['tables'];

/** A bid's attachments, of all its envelopes that were opened, each with the package it lies in. */
const attachmentsIn = (opened: readonly OpeningItem[]) =>
  opened.flatMap((item) => ((item.bid as Partial<Bid> | null)?.files ?? []).map((file) => ({ file, packageKey: item.packageKey })));

/** The files of a bid that may be shown, each under the name under which it is. */
function filesShown(opened: readonly OpeningItem[], blinding: Blinding | null, terms: LotTerms) {
  const all = attachmentsIn(opened);
  if (!blinding) return all.map((each) => ({ ...each, name: each.file.name }));
  return all
    .filter(({ file }) => blinding.blind.documents.includes(file.field))
    .map((each, at) => ({ ...each, name: blindFileName(labelIn(terms, each.file.field).zh, each.file.name, at) }));
}

/** Where an attachment of a bid lies, for a member who has declared; for anyone else there is no such file. */
export async function attachmentOf(em: EntityManager, by: Actor, id: string, bid: string, index: number) {
  const { lot, work, own, terms, blinding } = await standingOf(em, by, id);
  if (!own?.declaredAt || !lot.evaluationStartedAt || !work.bids.some((each) => each.submission === bid)) throw notFound();
  const submission = submissionNamed(blinding, bid) ?? '';
  const found = filesShown(await openedOf(em, lot, submission), blinding, terms)[index];
  if (!found?.packageKey) throw notFound();
  const { file, packageKey, name: shownAs } = found;
  const { field, name, bytes: size, sha256 } = file;
  return { packageKey, field, name, shownAs, size, sha256, submission, blind: blinding !== null };
}

/** Who bids, in the order in which bids were read: known as a set, whatever is judged blind. */
async function biddersOf(em: EntityManager, lot: Lot): Promise<string[]> {
  const part = judgedPart(lot);
  const items = await em.find(OpeningItem, { lot: lot.id, part, state: 'opened' }, { orderBy: { readOrder: 'asc', id: 'asc' } });
  return items.map((item) => item.bidderName);
}

async function blindStateOf(
  em: EntityManager,
  { lot, terms, work, blinding, own }: Standing,
  /** whoever reads works at it, and nothing given is sealed any more */
  atWork: boolean,
  chosen: string | undefined,
): Promise<DeskAnswer['blind']> {
  const part = judgedPart(lot);
  if (terms.blind?.part !== part) return null;
  const shown = { documents: terms.blind.documents.map((key) => labelIn(terms, key)), pages: terms.blind.rules.pages };
  if (blinding) {
    const marks = chosen === undefined ? null : await blindMarksOf(em, chosen);
    return { ...shown, state: 'blind', mayReveal: atWork && own !== null && work.progress.complete, list: [], marks };
  }
  const rows = await em.find(PseudonymRow, { lot: lot.id, part }, { orderBy: { number: 'asc' } });
  const names = nameOfBids(work);
  const list = rows.flatMap(({ number, submission }) => {
    const name = names.get(submission);
    return name === undefined ? [] : [{ mask: pseudonymWords(number), name }];
  });
  const named = rows.find(({ submission }) => submission === chosen);
  return { ...shown, state: 'open', mayReveal: false, list, marks: named ? await blindMarksOf(em, named.id) : null };
}

/** The bundle with its result, as the members sign it; for readers who may see the result. */
export async function bundleFor(em: EntityManager, by: Actor, id: string, version?: number): Promise<unknown> {
  const { lot, report, reader } = await standingOf(em, by, id);
  const old = version === undefined ? null : await em.findOne(EvaluationVersion, { lot: lot.id, version });
  if (old && (reader !== 'public' || old.candidatesAt || lot.candidatesAt)) return old.bundle;
  if (version !== undefined) throw notFound();
  const may = reader === 'member' || Boolean(lot.candidatesAt) || (reader !== 'public' && Boolean(lot.reportedAt));
  if (!report || !may) throw notFound();
  return report.bundle;
}
