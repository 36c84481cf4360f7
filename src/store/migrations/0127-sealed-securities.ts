import { Migration } from '@mikro-orm/migrations';

/**
 * Rows that told by their number, size or neighbours who pays: sealed, filled up, veiled. Made by src/store/make-migration.ts, but for the first two statements. Rows of before cannot be
 * sealed here, because the key lies outside: a database that has movements or refunds is refused, not half changed.
 */
export class Migration0127 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

/** sealed-securities, in order */
const statements = [
  `do $$ begin
     if exists (select from statement_line) or exists (select from refund) then
       raise exception 'movements and refunds of an earlier edition stand in clear: finish them there, and begin with an empty table';
     end if;
   end $$`,
  // who was refused what in the last minute: nothing rests on it
  `delete from refusal_note`,
  `create table "sealed_booking" ("id" uuid not null, "sealed" text not null, primary key ("id"))`,
  `create table "security_cover" ("id" int not null, "due_at" timestamptz(3) not null, primary key ("id"))`,
  `alter table "journal_event" add "veil" varchar(43) null`,
  `alter table "journal_event" add constraint "journal_event_veil_unique" unique ("veil")`,
  `drop index "refund_order_index"`,
  `alter table "refund" drop column "order", drop column "state", drop column "paid_on"`,
  `alter table "refund" alter column "about" type varchar(43) using ("about"::varchar(43))`,
  `alter table "refusal_note" drop constraint "refusal_note_pkey"`,
  `alter table "refusal_note" drop column "actor", drop column "lot", drop column "problem"`,
  `alter table "refusal_note" add "mark" varchar(43) not null`,
  `alter table "refusal_note" add primary key ("mark", "minute")`,
  `drop index "statement_line_number_index_index"`,
  `alter table "statement_line" alter column "number_index" set not null`,
  `alter table "statement_line" add constraint "statement_line_number_index_unique" unique ("number_index")`,
];
