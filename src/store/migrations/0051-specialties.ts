import { Migration } from '@mikro-orm/migrations';

/** The parts of the classification of experts that an administrator adds to what is shipped. */
export class Migration0051 extends Migration {
  override up(): void {
    this.addSql(
      `create table "specialty" ("code" varchar(7) not null, "zh" varchar(100) not null, "en" varchar(200) not null, "version" varchar(20) not null, "imported_at" timestamptz(3) not null, primary key ("code"))`,
    );
  }
}
