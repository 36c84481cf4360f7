import { Migration } from '@mikro-orm/migrations';

/** Bids that are reviewed blind: their pseudonyms, one draw of them for each part, and since when they are laid open; what was found in blind files. */
export class Migration0080 extends Migration {
  override up(): void {
    this.addSql(
      `create table "pseudonym" ("id" uuid not null, "lot" uuid not null, "part" varchar(20) not null, "number" int not null, "submission" uuid not null, primary key ("id"))`,
    );
    this.addSql(`create index "pseudonym_lot_index" on "pseudonym" ("lot")`);
    this.addSql(`alter table "pseudonym" add constraint "one_pseudonym_a_bid" unique ("submission", "part")`);
    this.addSql(`alter table "pseudonym" add constraint "one_bid_a_pseudonym" unique ("lot", "part", "number")`);
    this.addSql(`create unique index "one_blind_draw_a_part" on "draw_request" ("lot", "part") where purpose = 'blind'`);
    this.addSql(`alter table "lot" add column "unblinded_at" timestamptz(3) null`);
  }
}
