import { Migration } from '@mikro-orm/migrations';

/** Invited tenders: the notice of prequalification, who applied, and one draw of those invited for each lot. */
export class Migration0119 extends Migration {
  override up(): void {
    this.addSql('alter table "lot" add column "applications_closed_at" timestamptz(3) null');
    this.addSql(
      'create table "prequalification" ("lot" uuid not null, "invited" int not null, "until" timestamptz(3) not null, "ground" varchar(40) not null, "reason" varchar(1000) not null, "scope" varchar(2000) not null, "conditions" jsonb not null, "council" uuid not null, "published_at" timestamptz(3) not null, "judged_at" timestamptz(3) null, "witnesses" jsonb null, primary key ("lot"))',
    );
    this.addSql(
      'create table "entry_application" ("id" uuid not null, "lot" uuid not null, "party" varchar(18) not null, "name" varchar(200) not null, "statement" text not null, "contact" varchar(100) not null, "file_key" varchar(64) not null, "file_name" varchar(200) not null, "type" varchar(100) not null, "bytes" bigint not null, "sha256" varchar(43) not null, "received_at" timestamptz(3) not null, "withdrawn_at" timestamptz(3) null, "pass" boolean null, "reason" varchar(1000) null, "outcome" varchar(16) null, primary key ("id"))',
    );
    this.addSql('alter table "entry_application" add constraint "one_application_a_party" unique ("lot", "party")');
    this.addSql(`create unique index "one_invitation_draw_a_lot" on "draw_request" ("lot") where purpose = 'invited'`);
  }
}
