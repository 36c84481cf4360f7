import { Migration } from '@mikro-orm/migrations';

/** Books in double entry, and bid securities: numbers, statements, guarantees, what goes back and what is kept. Made by src/store/make-migration.ts, but for the last statements. */
export class Migration0105 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

/** securities, in order */
const statements = [
  `create table "bank_statement" ("id" uuid not null, "account" uuid not null, "sha256" varchar(43) not null, "taken_at" timestamptz(3) not null, primary key ("id"))`,
  `create index "bank_statement_account_index" on "bank_statement" ("account")`,
  `create table "collecting_account" ("id" uuid not null, "bank" varchar(18) not null, "bank_name" varchar(200) not null, "holder" varchar(200) not null, "number" varchar(40) not null, "prefix" varchar(8) not null, "opened_at" timestamptz(3) not null, "closed_at" timestamptz(3) null, primary key ("id"))`,
  `alter table "collecting_account" add constraint "collecting_account_number_unique" unique ("number")`,
  `create unique index "one_collecting_account" on "collecting_account" ((true)) where closed_at is null`,
  `create table "forfeiture" ("id" uuid not null, "lot" uuid not null, "bidder" varchar(18) not null, "bidder_name" varchar(200) not null, "ground" varchar(40) not null, "reason" text not null, "amount" bigint not null, "payee_name" varchar(200) not null, "payee_account" varchar(40) not null, "payee_bank" varchar(200) not null, "file_key" varchar(64) not null, "file_name" varchar(200) not null, "sha256" varchar(43) not null, "decided_at" timestamptz(3) not null, "objection" text null, "objected_at" timestamptz(3) null, "answer" text null, "answered_at" timestamptz(3) null, "lifted_at" timestamptz(3) null, primary key ("id"))`,
  `create index "forfeiture_lot_index" on "forfeiture" ("lot")`,
  `create index "forfeiture_bidder_index" on "forfeiture" ("bidder")`,
  `create unique index "one_forfeiture_a_bid" on "forfeiture" ("lot", "bidder") where lifted_at is null`,
  `create table "guarantee" ("id" uuid not null, "holder_index" varchar(43) not null, "guarantee_index" varchar(43) not null, "sealed" text not null, "sealed_file" text not null, "replaced_at" timestamptz(3) null, primary key ("id"))`,
  `create index "guarantee_holder_index_index" on "guarantee" ("holder_index")`,
  `alter table "guarantee" add constraint "guarantee_guarantee_index_unique" unique ("guarantee_index")`,
  `create table "guarantee_issuer" ("id" uuid not null, "name" varchar(200) not null, "pem" text not null, "fingerprint" varchar(64) not null, "trusted_at" timestamptz(3) not null, "retired_at" timestamptz(3) null, primary key ("id"))`,
  `alter table "guarantee_issuer" add constraint "guarantee_issuer_fingerprint_unique" unique ("fingerprint")`,
  `create table "ledger_posting" ("booking" uuid not null, "account" varchar(120) not null, "amount" bigint not null, "kind" varchar(20) not null, "at" timestamptz(3) not null, primary key ("booking", "account"))`,
  `create index "ledger_posting_account" on "ledger_posting" ("account")`,
  `create table "lot_security" ("lot" uuid not null, "bidder" varchar(18) not null, "submission" uuid not null, "bidder_name" varchar(200) not null, "form" varchar(10) not null, "amount" bigint not null, "counts" boolean not null, "reason" varchar(24) not null, "stated_at" timestamptz(3) not null, primary key ("lot", "bidder"))`,
  `create table "refund" ("id" uuid not null, "about" varchar(60) not null, "order" uuid not null, "sealed" text not null, "state" varchar(10) not null, "paid_on" varchar(10) null, primary key ("id"))`,
  `alter table "refund" add constraint "refund_about_unique" unique ("about")`,
  `create index "refund_order_index" on "refund" ("order")`,
  `create table "refund_order" ("id" uuid not null, "account" uuid not null, "ordered_at" timestamptz(3) not null, primary key ("id"))`,
  `create table "security_account" ("id" uuid not null, "holder_index" varchar(43) not null, "number_index" varchar(43) not null, "sealed" text not null, "settled_at" timestamptz(3) null, primary key ("id"))`,
  `alter table "security_account" add constraint "security_account_holder_index_unique" unique ("holder_index")`,
  `alter table "security_account" add constraint "security_account_number_index_unique" unique ("number_index")`,
  `create table "statement_line" ("id" uuid not null, "statement" uuid not null, "ref_index" varchar(43) not null, "number_index" varchar(43) null, "sealed" text not null, "taken_at" timestamptz(3) not null, primary key ("id"))`,
  `create index "statement_line_statement_index" on "statement_line" ("statement")`,
  `alter table "statement_line" add constraint "statement_line_ref_index_unique" unique ("ref_index")`,
  `create index "statement_line_number_index_index" on "statement_line" ("number_index")`,
  `select append_only('ledger_posting')`,
  // the last line: whoever writes a booking, in whatever order, its postings add up to nothing when the transaction ends
  `create function ledger_balances() returns trigger language plpgsql as $$
   begin
     if (select sum(amount) from ledger_posting where booking = new.booking) <> 0 then
       raise exception 'booking % does not balance', new.booking;
     end if;
     return null;
   end $$`,
  `create constraint trigger ledger_balances after insert on ledger_posting deferrable initially deferred for each row execute function ledger_balances()`,
];
