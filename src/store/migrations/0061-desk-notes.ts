import { Migration } from '@mikro-orm/migrations';

/** What a member notes for itself about a bid, sealed under a key that is not in the database. */
export class Migration0061 extends Migration {
  override up(): void {
    this.addSql(
      `create table "desk_note" ("member" uuid not null, "submission" uuid not null, "sealed" text not null, "at" timestamptz(3) not null, primary key ("member", "submission"))`,
    );
  }
}
