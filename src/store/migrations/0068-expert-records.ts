import { Migration } from '@mikro-orm/migrations';
import { nothingKnown, sealIdentity } from '../../experts/identity.ts';

/**
 * Experts' identity data move out of the pool into a table of their own, sealed under a key that is not in the database; memberships with their
 * terms; and what a record said before it was changed. Telephones that lie in clear are sealed here: whoever migrates such a database needs the keys.
 */
export class Migration0068 extends Migration {
  override async up(): Promise<void> {
    for (const statement of tables) await this.execute(statement);
    await this.sealTelephones();
    for (const statement of columns) await this.execute(statement);
  }

  private async sealTelephones(): Promise<void> {
    const rows = (await this.execute(
      `select e.id, coalesce(nullif(e.phone, ''), (select max(u.phone) from membership m join platform_user u on u.id = m."user" where m.expert = e.id)) as phone from expert e`,
    )) as { id: string; phone: string | null }[];
    const known = rows.filter(({ phone }) => phone !== null);
    for (const { id, phone } of known) {
      const sealed = await sealIdentity(id, { ...nothingKnown, phone });
      await this.execute(`insert into expert_identity (expert, key_number, phone, changed_at) values (?, ?, ?, yangguang_now())`, [
        id,
        sealed.keyNumber,
        sealed.phone,
      ]);
    }
    await this.execute(
      `update platform_user set phone = null where id in (select "user" from membership group by "user" having bool_and(role = 'expert'))`,
    );
    // a column that is dropped stays in the rows until they are written again: this writes them again
    if (known.length > 0)
      for (const statement of [
        `update expert set phone = null`,
        `alter table expert alter column region type varchar(6) using substr(region, 1)`,
        `alter table platform_user alter column name type varchar(100) using substr(name, 1)`,
      ])
        await this.execute(statement);
  }
}

const tables = [
  `create table "expert_identity" ("expert" uuid not null, "key_number" int not null, "id_number" text null, "phone" text null, "bank_account" text null, "email" text null, "number_index" varchar(43) null, "changed_at" timestamptz(3) not null, primary key ("expert"))`,
  `create index "expert_identity_key_number_index" on "expert_identity" ("key_number")`,
  `alter table "expert_identity" add constraint "expert_identity_number_index_unique" unique ("number_index")`,
  `create table "expert_past_identity" ("expert" uuid not null, "identity" text not null, primary key ("expert", "identity"))`,
  `create table "expert_membership" ("id" uuid not null, "expert" uuid not null, "line" varchar(20) not null, "kind" varchar(12) not null, "state" varchar(12) not null, "qualification" jsonb null, "specialties" text[] not null, "applied_at" timestamptz(3) not null, "recommended_by" varchar(18) null, "recommendation" varchar(1000) null, "recommended_at" timestamptz(3) null, "reviewed_by" uuid null, "review_reason" varchar(1000) null, "reviewed_at" timestamptz(3) null, "test_score" int null, "tested_at" timestamptz(3) null, "admitted_at" timestamptz(3) null, "from" varchar(10) null, "until" varchar(10) null, primary key ("id"))`,
  `create index "expert_membership_expert_index" on "expert_membership" ("expert")`,
  `create index "expert_membership_state_index" on "expert_membership" ("state")`,
  `create unique index "one_application_at_a_time" on "expert_membership" ("expert", "line") where state in ('applied', 'returned', 'accepted', 'tested')`,
];

const columns = [
  // ids as the platform makes them (UUIDv7), for rows that are made here
  `create function pg_temp.new_id() returns uuid language sql volatile as $$
   select encode(set_byte(made, 6, get_byte(made, 6) & 15 | 112), 'hex')::uuid
   from (select overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6) as made) fresh $$`,
  `alter table "expert" drop column "phone"`,
  `alter table "expert" add column "terms" jsonb null, add column "suspended_until" varchar(10) null`,
  // the pool of before had no terms: everyone in it is given one from today on, of the years that the rulebook has now
  `insert into expert_membership (id, expert, line, kind, state, specialties, applied_at, admitted_at, "from", until)
   select pg_temp.new_id(), e.id, line, 'transfer', 'admitted', e.specialties, e.admitted_at, e.admitted_at, to_char(e.admitted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
     to_char((yangguang_now() at time zone 'Asia/Shanghai') + interval '3 years - 1 day', 'YYYY-MM-DD') from expert e, unnest(e.memberships) line`,
  `update expert e set terms = (select jsonb_object_agg(m.line, m.until) from expert_membership m where m.expert = e.id)`,
  `create function expert_was() returns trigger language plpgsql as $$
   begin
     if old.identity is distinct from new.identity and old.identity is not null then
       insert into expert_past_identity (expert, identity) values (old.id, old.identity) on conflict do nothing;
     end if;
     return null;
   end $$`,
  `create trigger expert_was after update on "expert" for each row execute function expert_was()`,
];
