import { Migration } from '@mikro-orm/migrations';

/** Made by src/store/make-migration.ts from the rooms' tables. */
export class Migration0004 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

/** a supervisor's orders, and the custodians' signed word that they keep to them */
const statements = [
  `create table "order_heed" ("order" uuid not null, "witness" varchar(128) not null, "seconds" bigint not null, "signature" varchar(100) not null, "at" timestamptz(3) not null, primary key ("order", "witness"))`,
  `create table "suspension_order" ("id" uuid not null, "lot" uuid not null, "authority" varchar(18) not null, "authority_name" varchar(200) not null, "reason" varchar(500) not null, "ground" varchar(200) not null, "statement" jsonb not null, "suspended_at" timestamptz(3) not null, "lifted_at" timestamptz(3) null, "lifted_for" varchar(500) null, primary key ("id"))`,
  `create index "suspension_order_lot_index" on "suspension_order" ("lot")`,
  `create unique index "one_order_in_force" on "suspension_order" ("lot") where lifted_at is null`,
];
