import { Migration } from '@mikro-orm/migrations';

/**
 * A pool that a draw can search: `branches` holds each specialty with everything above it in the tree (A08 finds A080301), `identity` the text
 * that a commitment binds, both kept by the database so that no way of writing can forget them. And the lists of each draw, with the people
 * behind them, so that nobody has to be looked for again.
 */
export class Migration0050 extends Migration {
  override up(): void {
    this.addSql(`alter table "expert" add column "branches" text[] null, add column "identity" text null`);
    this.addSql(`
      create function expert_searchable() returns trigger language plpgsql as $$
      begin
        new.branches := (select array_agg(distinct left(code, n) order by left(code, n)) from unnest(new.specialties) code, unnest(array[1, 3, 5, 7]) n where n <= length(code));
        new.identity := '{"employer":' || to_json(new.employer)::text || ',"id":' || to_json(new.id)::text || ',"name":' || to_json(new.name)::text
          || ',"specialties":' || to_json(new.specialties)::text || '}';
        return new;
      end $$`);
    this.addSql(
      `create trigger expert_searchable before insert or update of id, name, employer, specialties on "expert" for each row execute function expert_searchable()`,
    );
    this.addSql(`update "expert" set "name" = "name"`);
    this.addSql(`create index "expert_branches_index" on "expert" using gin ("branches")`);
    this.addSql(`create index "expert_memberships_index" on "expert" using gin ("memberships")`);
    this.addSql(`create index "draw_seat_expert_index" on "draw_seat" ("expert")`);
    this.addSql(`alter table "draw_seat" add column "record" jsonb null`);
    this.addSql(
      `create table "draw_list" ("request" uuid not null, "specialty" varchar(20) not null, "part" int not null, "first" bytea not null, "candidates" bytea not null, "people" bytea not null, primary key ("request", "specialty", "part"))`,
    );
    // hashes do not shrink, and trying costs time
    this.addSql(`alter table "draw_list" alter column "candidates" set storage external, alter column "people" set storage external`);
  }
}
