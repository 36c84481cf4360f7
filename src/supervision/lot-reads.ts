import type { EntityManager } from '@mikro-orm/postgresql';
import { failureWords } from '../awards/result.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, parseYuan, withSeparators, yuan } from '../kernel/money.ts';
import { allProblems } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { orderDigest } from '../openings/order.ts';
import { ordersOf } from '../openings/orders-reads.ts';
import { councilOf, witnessesOf } from '../openings/reads.ts';
import { holderOf } from '../parties/certify.ts';
import { regionPath } from '../rulebook/regions.ts';
import { lineOf } from '../tenders/line.ts';
import { editionOf, stagesOf } from '../tenders/lot-reads.ts';
import { allows } from '../tenders/phases.ts';
import { namesOf, timelineOf } from '../tenders/reads.ts';
import type { TimelineEntry } from '../tenders/timeline.ts';
import type { EntryAnswer, WatchedAnswer } from './answers.ts';
import { type WatchedLot, watchedLot } from './lots-reads.ts';
import { invalidityWords, paperTitle } from './paper-words.ts';
import { clockAnswerOf, lotFacts } from './reads.ts';

/** What a supervisor may single out of the whole process. */
export const entryKinds = ['notices', 'bids', 'draws', 'evaluation', 'orders', 'looks', 'refusals'] as const;
export type EntryKind = (typeof entryKinds)[number];

const kindsOfType: readonly (readonly [EntryKind, RegExp])[] = [
  ['orders', /^(order\.|lot\.(suspended|resumed)|deadline\.resumed)/],
  ['looks', /^matter\./],
  ['refusals', /\.refused$/],
  ['draws', /^(draw|expert|experts|share)\./],
  ['bids', /^(bid\.(received|replaced|withdrawn|opened|invalid|read)|bidding|deadline|opening|record|documents)\b/],
  ['evaluation', /^(panel|recusal|evaluation|report\.signed|bid\.(reviewed|scored)|candidates|award|result|contract)\b/],
  ['notices', /^(project|lot|document|notice|question|addendum|objection|paper|tender)\b/],
];
export const kindOf = (type: string): EntryKind => kindsOfType.find(([, pattern]) => pattern.test(type))?.[0] ?? 'notices';

/** Everything a supervisor sees of one lot: where it stands, its clocks, and the whole process with its proofs. */
export async function supervisedLot(
  em: EntityManager,
  by: Actor,
  id: string,
  only: EntryKind | undefined,
  now: Instant,
): Promise<WatchedAnswer> {
  const watched = await watchedLot(em, by, id, now);
  const { lot, project } = watched;
  const nameOf = await namesOf(em, [project.tenderee, project.agent ?? null]);
  const entries = await timelineOf(em, by, id, null);
  const shown = only === undefined ? entries : entries.filter((entry) => kindOf(entry.type) === only);
  const counted = Map.groupBy(entries, (entry) => kindOf(entry.type));
  const line = lineOf(project.line);
  const edition = editionOf(lot, project, now);
  const paperTitles: PaperTitles = new Map(edition.papers.map((paper) => [paper.kind, paper.title]));
  return {
    lot: {
      ...lotFacts(watched, nameOf),
      lineName: line.title,
      method: methodOf(lot.terms),
      ceiling: lot.ceiling ? yuan(fen(lot.ceiling)) : null,
      publishedAt: lot.publishedAt ?? null,
      deadline: lot.deadline ?? null,
      openedAt: lot.openedAt ?? null,
      reportedAt: lot.reportedAt ?? null,
      regionPath: regionPath(project.region).map((region) => region.name),
    },
    stages: stagesOf(lot, edition),
    clocks: watched.clocks.map((clock) => clockAnswerOf(clock, now)),
    entries: await withActors(em, [...shown].reverse(), paperTitles),
    only: only ?? '',
    kinds: entryKinds.map((kind) => ({ kind, count: counted.get(kind)?.length ?? 0 })),
    panel: panelIn(entries),
    papers: papersIn(entries, paperTitles),
    evidence: lot.publishedAt ? `/lots/${lot.id}/evidence` : null,
    mayLook: mayLook(watched),
    ...(await ordering(em, by, watched)),
  };
}

/** The orders about the lot, who heeds them, and what may be ordered now. */
async function ordering(
  em: EntityManager,
  by: Actor,
  { lot }: WatchedLot,
): Promise<Pick<WatchedAnswer, 'orders' | 'custodians' | 'mayOrder'>> {
  const orders = (await ordersOf(em, lot.id)).map(({ statement, heeded, ...order }) => ({
    ...order,
    digest: orderDigest(statement),
    heeded: heeded.map(({ witness, at }) => ({ witness, at })),
  }));
  const all = lot.council ? (await witnessesOf(em, lot.council)).length : 0;
  const { threshold } = lot.council ? await councilOf(em, lot.council) : { threshold: 0 };
  const kind = orders.some((order) => order.liftedAt === null) ? 'lift' : 'suspend';
  const may = {
    suspend: { opening: allows('suspend-opening', lot.phase), proceedings: allows('suspend-lot', lot.phase) },
    lift: { opening: allows('resume-opening', lot.phase), proceedings: allows('resume-lot', lot.phase) },
  }[kind];
  const scopes = (['proceedings', 'opening'] as const).filter((scope) => may[scope]);
  return {
    orders,
    // when so many keep to it, the others are too few to open
    custodians: { all, enough: Math.max(0, all - threshold + 1) },
    mayOrder: scopes.length > 0 && by.code !== null ? { kind, scopes, authority: by.code, holder: holderOf(by).holder } : null,
  };
}

const mayLook = ({ lot }: WatchedLot): boolean => Boolean(lot.evaluationStartedAt && !lot.reportedAt && !lot.failedAt);

function methodOf(terms: unknown): WatchedAnswer['lot']['method'] {
  const { methodOffer } = (terms ?? {}) as { methodOffer?: { title?: { zh: string; en: string } } };
  return methodOffer?.title ?? null;
}

function panelIn(entries: readonly TimelineEntry[]): WatchedAnswer['panel'] {
  const formed = entries.findLast((entry) => entry.type === 'panel.formed');
  if (!formed) return null;
  const { seats } = formed.data as { seats: readonly { kind: string; specialty: string | null }[] };
  return {
    seats: seats.map(({ kind, specialty }) => ({ kind, specialty })),
    drawn: entries.some((entry) => entry.type === 'draw.completed'),
  };
}

type PaperTitles = ReadonlyMap<string, Words>;

function papersIn(entries: readonly TimelineEntry[], titles: PaperTitles): WatchedAnswer['papers'] {
  return entries
    .filter((entry) => entry.type === 'paper.issued')
    .map((entry) => {
      const { kind, bytes, sha256 } = entry.data as { kind: string; bytes: number; sha256: string };
      return { kind, title: titles.get(kind) ?? paperTitle(kind) ?? alike(kind), bytes, sha256, at: entry.at };
    });
}

interface Doer {
  readonly id: string;
  readonly party: string | null;
  readonly person: string | null;
}

/** Types whose party or person a supervisor may know by name once the event itself may be seen. Experts are never named here. */
const namedByParty = /^(bid\.(received|replaced|withdrawn)|documents\.collected|question\.asked|objection\.raised|act\.refused)$/;
const namedByPerson = /^matter\.viewed$/;

async function withActors(em: EntityManager, entries: readonly TimelineEntry[], papers: PaperTitles): Promise<EntryAnswer[]> {
  const asked = entries.filter((entry) => namedByParty.test(entry.type) || namedByPerson.test(entry.type)).map((entry) => entry.event);
  const rows = asked.length
    ? await em.execute<Doer[]>(
        `select e.id, o.name as party, u.name as person from journal_event e
         left join organisation o on o.code = e.party left join platform_user u on u.id = e.actor
         where e.id in (${asked.map(() => '?').join(', ')})`,
        asked,
      )
    : [];
  const doers = new Map(rows.map((row) => [row.id, row]));
  return entries.map(({ number, event, type, at, says, actor, data }) => {
    const doer = doers.get(event);
    const named = namedByPerson.test(type) ? doer?.person : doer?.party;
    return { number, event, type, at, says: saidWith(type, says, data, papers), actor: named ?? actor, kind: markOf(type) };
  });
}

function markOf(type: string): EntryAnswer['kind'] {
  const kind = kindOf(type);
  if (kind === 'looks') return 'look';
  if (kind === 'orders') return 'order';
  if (kind === 'refusals') return 'refused';
  return type.startsWith('draw.') ? 'draw' : 'plain';
}

const matterTitles: Readonly<Record<string, Words>> = {
  evaluation: { zh: '评标过程', en: 'the evaluation' },
  evidence: { zh: '监管版证据包', en: 'the regulator’s edition of the evidence' },
};

/** The sentence of an entry, with the one name, figure or ground that a supervisor looks for. */
function saidWith(type: string, says: Words, data: unknown, papers: PaperTitles): Words {
  const { name, price, ground, problem, reason, matter, kind } = (data ?? {}) as Readonly<Record<string, string | undefined>>;
  const more = (words: Words): Words => ({ zh: `${says.zh}：${words.zh}`, en: `${says.en}: ${words.en}` });
  if ((type === 'bid.read' || type.startsWith('award.')) && name && price) return more(priced(name, price));
  if (type === 'share.given' && name) return more(alike(name));
  if (type.startsWith('order.') && reason) return more(alike(reason));
  if (type === 'matter.viewed') {
    const what = matterTitles[matter ?? ''] ?? alike(matter ?? '');
    return more({ zh: `${what.zh}，理由“${ground}”`, en: `${what.en}, because “${ground}”` });
  }
  if (type.endsWith('.refused') && problem) return more(problemTitle(problem));
  if (type.startsWith('paper.') && kind) return more(papers.get(kind) ?? paperTitle(kind) ?? alike(kind));
  if (type === 'bid.invalid' && reason) return more(invalidityWords(reason));
  if (type === 'tender.failed' && reason) return more(failureWords(reason) ?? alike(reason));
  return says;
}

const alike = (text: string): Words => ({ zh: text, en: text });
const problemTitle = (name: string): Words => allProblems().find((each) => each.name === name)?.title ?? alike(name);

function priced(name: string, price: string): Words {
  const amount = parseYuan(price);
  const figure = amount === undefined ? price : withSeparators(amount);
  return { zh: `${name} ${figure} 元`, en: `${name} ${figure} yuan` };
}
