import type { EntityManager } from '@mikro-orm/postgresql';
import { lotHeadOf, nameReader } from '../experts/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import type { Id } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { figures } from '../parties/settings.ts';
import { digestOfToken } from '../parties/token.ts';
import { termsOf } from '../tenders/lot.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import type { DeskLogAnswer, DeskRoom } from './answers.ts';
import { maskWords } from './mask.ts';
import { isMember } from './member-reads.ts';
import { DeskOpenedFile, DeskSitting, PanelMember } from './schema.ts';
import { type Leaving, leavingWords } from './sitting.ts';

/** The rooms booked for an evaluation: the one booked first is the main venue (主场), the others are sub-venues (副场). */
export async function roomsOf(em: EntityManager, lot: string): Promise<DeskRoom[]> {
  const rows = await em.execute<{ booking: string; name: string }[]>(
    `select b.id as booking, v.name from venue_booking b join venue v on v.id = b.venue
     where b.lot = ? and b.purpose = 'evaluation' and b.released_at is null order by b.booked_at, b.id`,
    [lot],
  );
  return rows.map(({ booking, name }, at) => ({ booking, name, main: at === 0 }));
}

/** Where a member sits in this session, or null when it has not come to its desk in it. */
export async function sittingOf(em: EntityManager, member: string, token: string): Promise<DeskSitting | null> {
  const session = digestOfToken(token);
  return session && em.findOne(DeskSitting, { member, session: new Uint8Array(session), leftAt: null });
}

/** Has the member opened this file while it sat there? */
export async function openedAlready(
  em: EntityManager,
  sitting: string,
  { submission, sha256 }: { readonly submission: string; readonly sha256: string },
): Promise<boolean> {
  return (await em.count(DeskOpenedFile, { sitting, submission, sha256 })) > 0;
}

/** Desks at which nobody sits any more, though nobody said so: the session ended, or the evaluation did. */
export async function sittingsOver(em: EntityManager): Promise<{ lot: Id; sitting: Id; why: Leaving }[]> {
  const rows = await em.execute<{ lot: Id; sitting: Id; why: Leaving }[]>(
    `select s.lot, s.id as sitting, case when l.reported_at is not null or l.failed_at is not null then 'ended'
       when e.ended_for is not null then 'elsewhere' when e.id is null then 'signed-out' else 'idle' end as why
     from desk_sitting s join lot l on l.id = s.lot left join session e on e.id = s.session
     where s.left_at is null and (l.reported_at is not null or l.failed_at is not null or e.id is null or e.ended_for is not null
       or e.expires_at < clock_timestamp() or e.seen_at < clock_timestamp() - make_interval(mins => ?))`,
    [figures().idleMinutes],
  );
  return rows;
}

/** Does this user sit on a panel at work? Then it works in one session only. */
export async function evaluates(em: EntityManager, user: string): Promise<boolean> {
  const rows = await em.execute<{ id: string }[]>(
    `select m.id from panel_member m join lot l on l.id = m.lot
     where m.left_at is null and l.evaluation_started_at is not null and l.reported_at is null and l.failed_at is null
       and (m."user" = ? or m.expert in (select expert from membership where "user" = ? and expert is not null)) limit 1`,
    [user, user],
  );
  return rows.length > 0;
}

interface LogRow {
  readonly at: Date | string;
  readonly member: string;
  readonly what: 'entered' | 'left' | 'opened';
  readonly why: Leaving | null;
  readonly place: string | null;
  readonly main_place: boolean | null;
  readonly address: string | null;
  readonly bidder: string | null;
  readonly field: string | null;
}

/** So many lines a page of the log holds. */
const page = 200;

/**
 * The log of an evaluation's desks: who came and went when and from where, and which files were opened; never what was thought of them. For the
 * supervisor while it goes on, for the host from the result on. A member sees its own lines.
 */
export async function deskLog(em: EntityManager, by: Actor, id: string, from: number): Promise<DeskLogAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const members = await em.find(PanelMember, { lot: lot.id });
  const names = await nameReader(em, by, lot.id, project);
  const own = members.filter((member) => isMember(member, by));
  const all = names.supervises || (Boolean(lot.resultedAt) && (hosts(by, project) || by.role === 'centre'));
  if (!lot.evaluationStartedAt || (!all && own.length === 0)) throw notFound();
  const seen = `{${(all ? members : own).map((member) => member.id).join(',')}}`;
  const rows = await em.execute<LogRow[]>(
    `select * from (
       select entered_at as at, member, 'entered' as what, null as why, place, main_place, address, null as bidder, null as field, 1 as place_in_moment
         from desk_sitting where lot = ?
       union all select left_at, member, 'left', left_for, place, main_place, null, null, null, 0 from desk_sitting where lot = ? and left_at is not null
       union all select f.at, s.member, 'opened', null, null, null, null, case when p.id is null then i.bidder_name else '暗标 ' || lpad(p.number::text, 2, '0') end, f.field, 2
         from desk_opened_file f join desk_sitting s on s.id = f.sitting
         left join lot l on l.id = s.lot and l.unblinded_at is null
         left join pseudonym p on p.submission = f.submission and p.lot = l.id and p.part = l.terms -> 'blind' ->> 'part'
           and jsonb_exists(l.terms -> 'blind' -> 'documents', f.field)
         join (select distinct submission, bidder_name from opening_item where lot = ?) i on i.submission = f.submission where s.lot = ?) log
     where member = any(?::uuid[]) order by at desc, place_in_moment desc limit ? offset ?`,
    [lot.id, lot.id, lot.id, lot.id, seen, page + 1, from],
  );
  const form = termsOf(lot).bidForm;
  return {
    lot: lotHeadOf(lot),
    all,
    rooms: await roomsOf(em, lot.id),
    present: all ? await em.count(DeskSitting, { lot: lot.id, leftAt: null }) : null,
    rows: rows.slice(0, page).map((row) => ({
      at: instantOf(new Date(row.at)) as Instant,
      mask: maskWords(members.find((member) => member.id === row.member)?.mask ?? ''),
      what: row.what,
      why: row.why && leavingWords[row.why],
      place: row.place,
      main: row.main_place,
      address: all ? row.address : null,
      bidder: row.bidder,
      file: row.field === null ? null : (form.find((field) => field.key === row.field)?.label ?? { zh: row.field, en: row.field }),
    })),
    next: rows.length > page ? from + page : null,
    from,
  };
}
