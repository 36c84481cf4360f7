import { Migration } from '@mikro-orm/migrations';

/** Suspensions of all openings, for a failure of the platform. */
export class Migration0035 extends Migration {
  override up(): void {
    this.addSql(
      `create table "platform_suspension" ("id" uuid not null, "authority_name" varchar(200) not null, "reason" varchar(500) not null, "suspended_at" timestamptz(3) not null, "reopens_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, primary key ("id"))`,
    );
  }
}
