import { Migration } from '@mikro-orm/migrations';

/** How each member stands to the report: signed, refused with reasons, or silent and taken to agree; and its dissent. */
export class Migration0065 extends Migration {
  override up(): void {
    this.addSql(`alter table "panel_member" add column "stance" varchar(10) null, add column "dissent" text null`);
    this.addSql(`update "panel_member" set "stance" = 'signed' where "signed_at" is not null`);
  }
}
