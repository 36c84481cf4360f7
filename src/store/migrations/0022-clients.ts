import { Migration } from '@mikro-orm/migrations';

/** Which builds of the programs that seal bids stand in the journal. */
export class Migration0022 extends Migration {
  override up(): void {
    this.addSql(
      `create table "published_client" ("name" varchar(40) not null, "sha256" varchar(43) not null, "published_at" timestamptz(3) not null, primary key ("name", "sha256"))`,
    );
  }
}
