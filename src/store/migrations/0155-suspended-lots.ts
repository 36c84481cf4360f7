import { Migration } from '@mikro-orm/migrations';

/** A lot that is suspended remembers the phase it was in; an order knows whether its lifting moved the deadline. */
export class Migration0155 extends Migration {
  override up(): void {
    this.addSql(`alter table "lot" add column "suspended_from" varchar(20) null`);
    this.addSql(`alter table "suspension_order" add column "deadline_given_back" boolean not null default false`);
  }
}
