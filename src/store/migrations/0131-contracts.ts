import { Migration } from '@mikro-orm/migrations';

/** Contracts drafted and signed here, with their changes, inspections and payments; a contract signed here has no file of its own. */
export class Migration0131 extends Migration {
  override up(): void {
    for (const column of ['file_key', 'file_name', 'file_type', 'bytes'])
      this.addSql(`alter table "contract" alter column "${column}" drop not null`);
    this.addSql(`create table "deed" ("id" uuid not null, "lot" uuid not null, "number" int not null, "text" jsonb not null, "sha256" varchar(43) not null,
      "drafted_at" timestamptz(3) not null, "tenderee_signed_at" timestamptz(3) null, "contractor_signed_at" timestamptz(3) null,
      "concluded_at" timestamptz(3) null, primary key ("id"),
      constraint "deed_concluded_by_both" check (concluded_at is null or (tenderee_signed_at is not null and contractor_signed_at is not null)))`);
    this.addSql('alter table "deed" add constraint "deed_number" unique ("lot", "number")');
    this.addSql(`create table "inspection" ("id" uuid not null, "lot" uuid not null, "milestone" int not null, "passed" boolean not null, "opinion" text not null,
      "people" varchar(500) not null, "inspected_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql('create index "inspection_lot_index" on "inspection" ("lot")');
    this.addSql('create unique index "inspection_accepted_once" on "inspection" ("lot", "milestone") where passed');
    this.addSql(`create table "contract_payment" ("id" uuid not null, "lot" uuid not null, "milestone" int not null, "amount" bigint not null,
      "paid_on" varchar(10) not null, "recorded_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql('create index "contract_payment_lot_index" on "contract_payment" ("lot")');
  }
}
