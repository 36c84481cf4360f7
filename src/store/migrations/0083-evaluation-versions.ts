import { Migration } from '@mikro-orm/migrations';

/** Reports of an evaluation that a re-evaluation has taken the place of, with the order that reopened it. */
export class Migration0083 extends Migration {
  override up(): void {
    this.addSql(`create table "evaluation_version" (
      "id" uuid not null, "lot" uuid not null, "version" int not null,
      "bundle" jsonb not null, "sha256" varchar(43) not null, "outcome" varchar(20) not null,
      "concluded_at" timestamptz(3) not null, "reported_at" timestamptz(3) not null, "candidates_at" timestamptz(3) null,
      "reopened_at" timestamptz(3) not null, "order" jsonb not null, "stands" jsonb not null, primary key ("id"))`);
    this.addSql(`alter table "evaluation_version" add constraint "evaluation_version_number" unique ("lot", "version")`);
    this.addSql(`create index "evaluation_version_lot_index" on "evaluation_version" ("lot")`);
  }
}
