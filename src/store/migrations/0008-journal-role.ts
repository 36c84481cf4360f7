import { Migration } from '@mikro-orm/migrations';

/**
 * How the application adds to the journal in one step, and who witnesses it. The lock comes first, so the number that an entry is given, the order of
 * commits and the order in which entries become visible are one; the commit itself need not reach the disk while others wait for the lock (see journal/append.ts).
 */
export class Migration0008 extends Migration {
  override up(): void {
    this.addSql(journalAppend);
    for (const statement of witnesses) this.addSql(statement);
  }
}

const journalAppend = `
create function journal_append(entries json) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7201126);
  perform set_config('synchronous_commit', 'off', true);
  insert into journal_event (id, type, at, lot, party, actor, body, salt, commitment, address)
  select id, type, at, lot, party, actor, body, decode(salt, 'hex'), decode(commitment, 'hex'), address
  from rows from (json_to_recordset(entries) as (
    id uuid, type text, at timestamptz, lot uuid, party text, actor uuid, body text, salt text, commitment text, address text)) with ordinality
  order by ordinality;
end $$`;

const witnesses = [
  `alter table "journal_witness" add column "independent" boolean not null default false, add column "since" timestamptz(3) null, add column "removed_at" timestamptz(3) null`,
  `create index "journal_cosignature_witness" on "journal_cosignature" ("witness", "size")`,
];
