import { canonical } from '../kernel/bytes.ts';
import { asksInvitationOf, invitedOf } from '../openings/invitation-draw.ts';
import { drawDigest, verifyDraw } from '../sealing/draw.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';
import { checkJournalledShares } from './openings.ts';
import { drawStages, stateStages } from './verify.ts';

/**
 * An invited tender (protocol §7): applications closed, were judged and the invited drawn from exactly the qualified, once, before the invitation; and only they
 * bid. Before the opening an edition holds the notice of prequalification alone, and there is nothing to recompute.
 */
export function checkInvitations(history: History, list: Checklist): void {
  const notice = history.one('prequalification.published');
  if (notice === undefined) return;
  const [asked, drawn] = [history.one('invitations.requested'), history.one('invitations.drawn')];
  if (asked === undefined || drawn === undefined) {
    const said = {
      zh: '受邀供应商的抽取，开标后可以复算',
      en: 'How those invited were drawn can be recomputed once the opening has started',
    };
    list.that(said, !history.has('opening.started'));
    return;
  }
  const verdict = verifyDraw(drawn.data.transcript);
  stateStages(list, drawStages, verdict);
  if (!verdict.ok) return;
  const { transcript } = verdict;
  const { digest, request, invited } = asked.data;
  list.that(
    { zh: '受邀供应商只抽取一次，先申请、后抽取', en: 'Those invited were drawn once, asked for before it was answered' },
    asked.index < drawn.index && canonical(transcript.request) === canonical(request) && drawDigest(transcript.request) === digest,
  );
  list.that(
    { zh: '抽取由资格预审公告载明的委员会作出', en: 'The council that the notice of prequalification names drew them' },
    transcript.council.id === notice.data.council && invited === notice.data.invited,
  );
  checkJournalledShares(history, list, transcript.shares, asked.index);
  const qualified = qualifiedBefore(history, asked.index);
  list.that(
    { zh: '从资格预审合格的全部供应商中抽取', en: 'They were drawn from exactly those found qualified' },
    qualified !== undefined && asksInvitationOf(transcript.request, qualified),
  );
  checkInvited(history, list, invitedOf(transcript, qualified, invited), drawn.index);
}

/** Whom the last findings before the draw hold qualified; undefined where applications were still taken, or one of them has no finding. */
function qualifiedBefore(history: History, before: number): readonly string[] | undefined {
  const closed = history.one('applications.closed');
  const judged = history.all('applications.judged').findLast(({ index }) => index < before);
  if (closed === undefined || judged === undefined || judged.index < closed.index) return undefined;
  const standing = new Set<string>();
  for (const each of history.all('application.received', 'application.withdrawn')) {
    if (each.index > closed.index) return undefined;
    if (each.type === 'application.received') standing.add(each.data.application);
    else standing.delete(each.data.application);
  }
  const found = judged.data.applications.map(({ application }) => application);
  if (canonical([...found].sort()) !== canonical([...standing].sort())) return undefined;
  return judged.data.applications.filter(({ pass }) => pass).map(({ application }) => application);
}

/** The first of the drawn order were invited, nobody else, and nobody else bid. */
function checkInvited(history: History, list: Checklist, drawn: readonly string[], drawnAt: number): void {
  const told = history.all('application.answered').filter(({ data }) => data.outcome === 'invited');
  const says = { zh: '受邀的正是抽中的供应商，抽定以后才发出邀请', en: 'Exactly those drawn were invited, and not before they were' };
  const sent = history.one('notice.published');
  list.that(
    says,
    canonical(told.map(({ data }) => data.application).sort()) === canonical([...drawn].sort()) &&
      told.every(({ index }) => index > drawnAt && (sent === undefined || index < sent.index)),
  );
  const parties = new Set(told.map(({ subject }: Placed<'application.answered'>) => subject.party));
  list.that(
    { zh: '只有受邀的供应商投标', en: 'Nobody bid but those invited' },
    history.all('bid.received', 'bid.replaced').every(({ subject }) => parties.has(subject.party)),
  );
}
