import { Migration } from '@mikro-orm/migrations';

/** Key ceremonies as the platform carries them, and which witnesses belong to which council. */
export class Migration0020 extends Migration {
  override up(): void {
    this.addSql(
      `create table "ceremony" ("id" uuid not null, "call" jsonb not null, "state" varchar(12) not null default 'open', "culprit" int null, "reason" varchar(500) null, "called_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, primary key ("id"))`,
    );
    this.addSql(
      `create table "ceremony_message" ("ceremony" uuid not null, "place" int not null, "statement" jsonb not null, "signature" text not null, "at" timestamptz(3) not null, primary key ("ceremony", "place"))`,
    );
    this.addSql(
      `create table "ceremony_share" ("ceremony" uuid not null, "from" int not null, "to" int not null, "sealed" text not null, primary key ("ceremony", "from", "to"))`,
    );
    this.addSql(`alter table "council" add column "witnesses" text[] null`);
    this.addSql(`alter table "council" add column "ceremony" varchar(43) null`);
    this.addSql(
      `update council c set witnesses = (select array(select jsonb_array_elements_text(e.body::jsonb #> '{data,witnesses}')) from journal_event e
       where e.type = 'council.formed' and e.body::jsonb #>> '{data,council,id}' = c.id::text order by e.position desc limit 1)`,
    );
    this.addSql(`update council set witnesses = '{}' where witnesses is null`);
    this.addSql(`alter table "council" alter column "witnesses" set not null`);
  }
}
