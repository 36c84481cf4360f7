import { Migration } from '@mikro-orm/migrations';

/** A bid may be committed before its bytes are there. */
export class Migration0006 extends Migration {
  override up(): void {
    this.addSql(`alter table "submission" add column "grace_minutes" int null, add column "completed_at" timestamptz(3) null`);
    this.addSql(`alter table "envelope" alter column "file_key" drop not null`);
  }
}
