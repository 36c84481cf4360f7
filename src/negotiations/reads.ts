import type { EntityManager } from '@mikro-orm/postgresql';
import { isMember } from '../evaluation/member-reads.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { refusalBy } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameter, parameterInForce } from '../rulebook/parameters.ts';
import type { NegotiationPlan } from '../tenders/line.ts';
import { termsOf } from '../tenders/lot.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allows, phaseOf, phases } from '../tenders/phases.ts';
import { hosts, lotFor, seesDrafts } from '../tenders/reads.ts';
import { Lot } from '../tenders/schema.ts';
import type { NegotiationAnswer } from './answers.ts';
import { tooFewLeft } from './end-negotiation.ts';
import { allTalkedTo, enoughSuppliers } from './last-offers.ts';
import { LastOfferPlace } from './schema.ts';
import { minutesState, type SupplierStanding } from './standing.ts';
import { type Negotiation, negotiationOf } from './state-reads.ts';

type Reader = NegotiationAnswer['reader'];
interface Scene {
  readonly by: Actor;
  readonly lot: Lot;
  readonly reader: Reader;
  readonly negotiation: Negotiation;
  readonly own: SupplierStanding | undefined;
  readonly plan: NegotiationPlan;
}

/**
 * The page of a negotiation. Group, buyer and supervisor see all of it; a supplier sees the changes that were told to all, and of talks its own alone:
 * neither who else takes part nor how many. For everybody else there is no such page.
 */
export async function negotiationPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<NegotiationAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const plan = editionOf(lot, project, now).negotiation;
  if (plan === undefined || !lot.recordClosedAt || termsOf(lot).round !== 'responses') throw notFound();
  const negotiation = await negotiationOf(em, id);
  const own = by.role === 'bidder' ? negotiation.suppliers.find(({ bidder }) => bidder === by.code) : undefined;
  const member = negotiation.members.find((each) => isMember(each, by) && each.declaredAt);
  const reader: Reader | null = member
    ? 'member'
    : hosts(by, project)
      ? 'host'
      : own
        ? 'supplier'
        : (await seesDrafts(em, by, project))
          ? 'supervisor'
          : null;
  if (reader === null) throw notFound();
  const scene = { by, lot, reader, negotiation, own, plan };
  const least = parameter(plan.suppliersMin, groundOf(lot, now));
  const phase = phaseOf(lot.phase);
  const may = mayDo(scene, hosts(by, project));
  return {
    lot: { id: lot.id, number: lot.number, name: lot.name, phase, phaseTitle: phases[phase].title },
    reader,
    round: negotiation.round,
    suppliers: reader === 'supplier' ? [] : negotiation.suppliers.map(({ submission: bid, bidder: _, ...rest }) => ({ bid, ...rest })),
    minutes: minutesShown(scene),
    changes: negotiation.changes.map(({ number, touches, text, at }) => ({ number, touches: changeTitle(plan, touches), text, at })),
    own: ownStanding(scene),
    offers: await offersShown(em, scene),
    may,
    waits: may.call ? waitsFor(negotiation, least) : [],
    choices: {
      talks: reader === 'member' ? talksOpen(negotiation) : [],
      changeable: plan.changeable.map(({ id: value, says: label }) => ({ value, label })),
      exceptions: plan.exceptions.map(({ id: value, says: label, source: hint }) => ({ value, label, hint })),
      endings: endingsOpen(plan, negotiation, least),
      hours: sentence(parameterInForce(plan.offersMin, groundOf(lot, now))),
      source: plan.source,
    },
  };
}

const changeTitle = ({ changeable }: NegotiationPlan, touches: string): Words =>
  changeable.find(({ id }) => id === touches)?.says ?? { zh: touches, en: touches };

function minutesShown({ by, lot, reader, negotiation, own }: Scene): NegotiationAnswer['minutes'] {
  const { minutes, words, members, suppliers } = negotiation;
  const seated = members.map(({ id }) => id);
  const seat = members.find((each) => isMember(each, by) && each.declaredAt)?.id;
  return minutes.flatMap((each) => {
    const state = minutesState(each.id, words, seated);
    const supplier = suppliers.find(({ submission }) => submission === each.submission);
    if (reader === 'supplier' && (supplier !== own || state !== 'confirmed')) return [];
    const given = words.filter((word) => word.minutes === each.id && seated.includes(word.member));
    return {
      id: each.id,
      name: supplier?.name ?? '',
      round: each.round,
      text: each.text,
      goesOn: each.goesOn,
      reason: each.reason ?? null,
      at: each.at,
      state,
      agreed: given.filter((word) => word.agrees).length,
      members: seated.length,
      mayAgree: seat !== undefined && state !== 'void' && allows('agree-minutes', lot.phase) && !given.some((word) => word.member === seat),
    };
  });
}

function ownStanding({ lot, reader, negotiation, own }: Scene): NegotiationAnswer['own'] {
  if (reader !== 'supplier' || !own) return null;
  const leave = negotiation.leaves.find(({ bidder }) => bidder === own.bidder);
  return {
    state: own.state,
    reason: own.reason,
    securityBackBy: leave?.securityBackBy ?? null,
    mayLeave: own.state === 'in' && allows('leave-negotiation', lot.phase),
  };
}

async function offersShown(em: EntityManager, { lot, reader, own }: Scene): Promise<NegotiationAnswer['offers']> {
  const offers = await em.findOne(Lot, { follows: lot.id });
  if (!offers) return null;
  if (reader === 'supplier' && (await em.count(LastOfferPlace, { lot: offers.id, bidder: own?.bidder ?? '' })) === 0) return null;
  return { lot: offers.id, number: offers.number, deadline: offers.deadline ?? null };
}

function mayDo({ by, lot, negotiation }: Scene, isHost: boolean): NegotiationAnswer['may'] {
  const { members } = negotiation;
  const seat = members.find((each) => isMember(each, by));
  const represented = members.some(({ kind }) => kind === 'representative');
  return {
    start: isHost && allows('start-negotiation', lot.phase) && members.length > 0 && members.every(({ declaredAt }) => declaredAt),
    keep: Boolean(seat?.declaredAt) && allows('keep-minutes', lot.phase) && talksOpen(negotiation).length > 0,
    change:
      by.role === 'tenderee' && isHost && allows('change-requirement', lot.phase) && (represented ? seat?.kind === 'representative' : true),
    call: isHost && allows('call-last-offers', lot.phase),
    end: isHost && allows('end-negotiation', lot.phase),
  };
}

/** With whom minutes may be written now: who stays, and has none waiting; whom the group has yet to talk to first. */
function talksOpen({ suppliers, minutes, words, members }: Negotiation): { value: string; label: string }[] {
  const seated = members.map(({ id }) => id);
  const waiting = new Set(minutes.filter(({ id }) => minutesState(id, words, seated) === 'open').map(({ submission }) => submission));
  return suppliers
    .filter(({ submission, state }) => state === 'in' && !waiting.has(submission))
    .sort((a, b) => Number(a.talked) - Number(b.talked))
    .map(({ submission: value, name: label }) => ({ value, label }));
}

const staying = ({ suppliers }: Negotiation): number => suppliers.filter(({ state }) => state === 'in').length;

function waitsFor(negotiation: Negotiation, least: number): Words[] {
  const refusals = [
    refusalBy([enoughSuppliers], { staying: staying(negotiation), least }),
    refusalBy([allTalkedTo], { suppliers: negotiation.suppliers }),
  ];
  return refusals.flatMap((refusal) => (refusal?.detail.says ? [refusal.detail.says] : []));
}

const want: Words = { zh: '继续参加的供应商不足规定家数', en: 'Too few suppliers stay' };

function endingsOpen({ endings, source }: NegotiationPlan, negotiation: Negotiation, least: number) {
  const few = staying(negotiation) < least ? [{ value: tooFewLeft, label: want, hint: source }] : [];
  return [...few, ...endings.map(({ id: value, says: label, source: hint }) => ({ value, label, hint }))];
}
