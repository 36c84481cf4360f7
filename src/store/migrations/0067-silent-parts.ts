import { Migration } from '@mikro-orm/migrations';

/** A member that is silent on the result of an envelope is taken to agree: its word is there, its signature is not. */
export class Migration0067 extends Migration {
  override up(): void {
    this.addSql(`alter table "part_signature" alter column "signature" drop not null`);
  }
}
