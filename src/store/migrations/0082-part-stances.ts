import { Migration } from '@mikro-orm/migrations';

/** How each member stands to the result of an envelope: signed, refused with reasons, or silent and taken to agree. */
export class Migration0082 extends Migration {
  override up(): void {
    this.addSql(`alter table "part_signature" add column "stance" varchar(10) null, add column "reason" text null`);
    this.addSql(`update "part_signature" set "stance" = case when "signature" is null then 'deemed' else 'signed' end`);
    this.addSql(`alter table "part_signature" alter column "stance" set not null`);
  }
}
