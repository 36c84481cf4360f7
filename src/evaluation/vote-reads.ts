import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allows } from '../tenders/phases.ts';
import { Project } from '../tenders/schema.ts';
import type { DeskVotes } from './answers.ts';
import { breaches, breachNames } from './breach.ts';
import type { Standing } from './desk-reads.ts';
import { maskWords } from './mask.ts';
import { judgedPart } from './part-work.ts';
import { EvaluationHalt, EvaluationTime, PanelVote } from './schema.ts';
import { isMajority, leastOf, moreThan } from './share.ts';

/**
 * How long the panel has, who wants more, and whether it stops because of the documents; for panel and supervisor. The host learns of a stop when it
 * stands, and answers it; before, what members say among themselves is not its business.
 */
export async function votesOf(em: EntityManager, by: Actor, standing: Standing): Promise<DeskVotes | null> {
  const { lot, work, own, reader, host } = standing;
  const inside = own !== null || reader === 'supervisor';
  if (!lot.evaluationStartedAt || lot.reportedAt || !(inside || host)) return null;
  const project = await em.findOneOrFail(Project, { id: lot.project });
  const grounds = editionOf(lot, project, lot.evaluationStartedAt).halts;
  const part = judgedPart(lot);
  const time = await em.findOne(EvaluationTime, { lot: lot.id, part });
  const halts = await em.find(EvaluationHalt, { lot: lot.id }, { orderBy: { haltedAt: 'asc' } });
  const given = inside ? await em.find(PanelVote, { lot: lot.id, part }, { orderBy: { at: 'asc', id: 'asc' } }) : [];
  const seats = new Map(work.members.map((member) => [member.id, maskWords(member.mask)]));
  const inRound = (kind: string, round: number): PanelVote[] =>
    given.filter((vote) => vote.kind === kind && vote.round === round && seats.has(vote.member));
  const [asking, moving] = [inRound('time', time?.extensions ?? 0), inRound('halt', halts.length)];
  const saysOf = (id: string | null | undefined) => grounds.find((ground) => ground.id === id)?.says ?? { zh: id ?? '', en: id ?? '' };
  const said = (votes: readonly PanelVote[]) =>
    votes.map(({ member, ground, reason }) => ({
      mask: seats.get(member) ?? maskWords(member),
      ground: ground ? saysOf(ground) : null,
      reason,
    }));
  const mayVote = (votes: readonly PanelVote[]): boolean =>
    own !== null && Boolean(own.declaredAt) && standing.report === null && !votes.some((vote) => vote.member === own.id);
  const open = halts.find((halt) => !halt.answeredAt);
  return {
    time:
      time && inside
        ? {
            until: time.until,
            extensions: time.extensions,
            asked: said(asking),
            needed: leastOf(moreThan(parameter('con.evalTime.extend', dayOf(time.until))), seats.size),
            mayAsk: mayVote(asking) && allows('ask-time', lot.phase),
          }
        : null,
    halt: {
      grounds: grounds.map(({ id, says, source }) => ({ value: id, label: says, source })),
      moved: said(moving),
      needed: leastOf(isMajority, seats.size),
      mayMove: mayVote(moving) && allows('vote-halt', lot.phase),
      open: open ? { since: open.haltedAt, reasons: open.grounds.map(({ ground, reason }) => ({ ground: saysOf(ground), reason })) } : null,
      answered: halts.flatMap(({ answer, answeredAt }) => (answer && answeredAt ? [{ answer, at: answeredAt }] : [])),
      mayAnswer: Boolean(open) && host && allows('answer-halt', lot.phase),
    },
    voidable:
      reader === 'supervisor' && by.code !== null && standing.report === null && allows('void-opinion', lot.phase)
        ? {
            members: work.members.map((member) => ({ value: member.id, label: maskWords(member.mask) })),
            grounds: breachNames.map((value) => ({ value, label: breaches[value] })),
          }
        : null,
  };
}
