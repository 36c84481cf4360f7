import { Migration } from '@mikro-orm/migrations';

/** What lies before a procurement: its category, the approval of its procedure, and the intention that was published. */
export class Migration0101 extends Migration {
  override up(): void {
    this.addSql(`alter table "project" add column "category" varchar(20) null, add column "method_approval" varchar(100) null,
      add column "intention_on" varchar(10) null, add column "intention_waived" varchar(500) null`);
  }
}
