import { Migration } from '@mikro-orm/migrations';

/** What tables of rooms rest on: append-only guards, the node's identity, the one clock. */
export class Migration0001 extends Migration {
  override up(): void {
    this.addSql('create extension if not exists pg_trgm');
    this.addSql('create extension if not exists btree_gist');
    for (const statement of [refuseChange, appendOnly, node, sandboxClock, now, clockGuard]) this.addSql(statement);
    this.addSql(`select append_only('node')`);
    this.addSql(`select append_only('sandbox_clock')`);
  }
}

/** One error code for all of them, so that a caller can tell a guard from a fault. */
const refuseChange = `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'YG001';
end $$`;

const appendOnly = `
create function append_only(guarded regclass) returns void language plpgsql as $$
begin
  execute format('create trigger %I before update or delete on %s for each row execute function refuse_change()', guarded || '_rows_stay', guarded);
  execute format('create trigger %I before truncate on %s for each statement execute function refuse_change()', guarded || '_stays', guarded);
end $$`;

/** Exactly one row, written when the node is created: a production node cannot become a sandbox, nor the reverse. */
const node = `
create table node (
  one boolean primary key default true check (one),
  origin text not null check (origin <> ''),
  sandbox boolean not null,
  created timestamptz(3) not null default clock_timestamp()
)`;

/** The newest row rules: virtual time = virtual + (real time - real) * rate. The rows before it are the clock's history. */
const sandboxClock = `
create table sandbox_clock (
  id bigint primary key,
  real timestamptz not null default clock_timestamp(),
  virtual timestamptz not null,
  rate double precision not null check (rate >= 0 and rate <= 1000000)
)`;

/**
 * The clock every deadline is compared with, in milliseconds. Reading takes and gives back a shared lock, which a change of
 * the clock holds alone until it commits: otherwise a reader could see the old, faster clock after the change was computed,
 * and time would run backwards.
 */
const now = `
create function yangguang_now() returns timestamptz language plpgsql volatile as $$
declare
  ruling sandbox_clock;
  virtual timestamptz;
begin
  if not coalesce((select sandbox from node), false) then
    return date_trunc('milliseconds', clock_timestamp());
  end if;
  perform pg_advisory_lock_shared(7881710091);
  select * into ruling from sandbox_clock order by id desc limit 1;
  virtual := clock_timestamp();
  if found then
    virtual := ruling.virtual + make_interval(secs => extract(epoch from virtual - ruling.real)::double precision * ruling.rate);
  end if;
  perform pg_advisory_unlock_shared(7881710091);
  return date_trunc('milliseconds', virtual);
end $$`;

/** A change of the clock is an insert into sandbox_clock; what is null (virtual: now, rate: as before) is filled in here, as are id and real. */
const clockGuard = `
create function guard_sandbox_clock() returns trigger language plpgsql as $$
declare
  present timestamptz;
begin
  if not coalesce((select sandbox from node), false) then
    raise exception 'this node is not a sandbox: its clock is the time' using errcode = 'YG002';
  end if;
  perform pg_advisory_xact_lock(7881710091);
  present := yangguang_now();
  new.virtual := coalesce(new.virtual, present);
  new.rate := coalesce(new.rate, (select rate from sandbox_clock order by id desc limit 1), 1);
  if new.virtual < present then
    raise exception 'the clock never goes back: % is before %', new.virtual, present using errcode = 'YG003';
  end if;
  -- Numbered under the lock: the newest row is the one that was decided last.
  new.id := coalesce((select max(id) from sandbox_clock), 0) + 1;
  new.real := clock_timestamp();
  return new;
end $$;
create trigger sandbox_clock_guard before insert on sandbox_clock for each row execute function guard_sandbox_clock()`;
