import { Migration } from '@mikro-orm/migrations';

/** Proofs of applications, changes of standing, looks at identity data, and relations with their history. */
export class Migration0069 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "expert_proof" ("id" uuid not null, "application" uuid not null, "kind" varchar(20) not null, "name" varchar(200) not null, "type" varchar(100) not null, "key" varchar(64) not null, "sha256" varchar(43) not null, "bytes" int not null, "attached_at" timestamptz(3) not null, primary key ("id"))`,
  `create index "expert_proof_application_index" on "expert_proof" ("application")`,
  `create table "expert_standing" ("id" uuid not null, "expert" uuid not null, "status" varchar(12) not null, "until" varchar(10) null, "ground" varchar(500) not null, "by" uuid null, "office" varchar(200) not null, "at" timestamptz(3) not null, primary key ("id"))`,
  `create index "expert_standing_expert_index" on "expert_standing" ("expert")`,
  `create table "expert_look" ("id" uuid not null, "expert" uuid not null, "by" uuid not null, "name" varchar(100) not null, "office" varchar(200) not null, "fields" text[] not null, "purpose" varchar(500) not null, "at" timestamptz(3) not null, primary key ("id"))`,
  `create index "expert_look_expert_index" on "expert_look" ("expert")`,
  `create table "expert_relation" ("id" uuid not null, "expert" uuid not null, "kind" varchar(16) not null, "code" varchar(18) not null, "name" varchar(200) not null, "declared_at" timestamptz(3) not null, "withdrawn_at" timestamptz(3) null, primary key ("id"))`,
  `create index "expert_relation_expert_index" on "expert_relation" ("expert")`,
  `create index "expert_out_of_standing" on "expert" ("id") where status <> 'normal'`,
  // ids as the platform makes them (UUIDv7), for rows that are made here
  `create or replace function pg_temp.new_id() returns uuid language sql volatile as $$
   select encode(set_byte(made, 6, get_byte(made, 6) & 15 | 112), 'hex')::uuid
   from (select overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6) as made) fresh $$`,
  `insert into expert_relation (id, expert, kind, code, name, declared_at)
   select pg_temp.new_id(), e.id, 'interest', code, '', e.admitted_at from expert e, unnest(e.interests) code
   union all select pg_temp.new_id(), e.id, 'relative', code, '', e.admitted_at from expert e, unnest(e.relatives) code`,
];
