import { Migration } from '@mikro-orm/migrations';

/** Halls and rooms, and who has them when: no place is booked twice for a moment. */
export class Migration0011 extends Migration {
  override up(): void {
    this.addSql(
      `create table "venue" ("id" uuid not null, "name" varchar(100) not null, "kind" varchar(8) not null, "virtual" boolean not null, "address" varchar(300) not null, "seats" int not null, "devices" text[] not null, "registered_at" timestamptz(3) not null, "closed_at" timestamptz(3) null, primary key ("id"))`,
    );
    this.addSql(
      `create table "venue_booking" ("id" uuid not null, "venue" uuid not null, "lot" uuid not null, "purpose" varchar(12) not null, "from" timestamptz(3) not null, "until" timestamptz(3) not null, "booked_at" timestamptz(3) not null, "released_at" timestamptz(3) null, primary key ("id"))`,
    );
    this.addSql(`create index "venue_booking_lot_index" on "venue_booking" ("lot")`);
    this.addSql(noDoubleBooking);
  }
}

/** Half open: one booking may begin where another ends. */
const noDoubleBooking = `alter table "venue_booking" add constraint "no_double_booking" exclude using gist ("venue" with =, tstzrange("from", "until", '[)') with &&) where ("released_at" is null)`;
