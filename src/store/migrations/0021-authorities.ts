import { Migration } from '@mikro-orm/migrations';

/** Authorities of others whose certificates are taken here, and the revocation lists they published. */
export class Migration0021 extends Migration {
  override up(): void {
    this.addSql(
      `create table "trusted_authority" ("id" uuid not null, "name" varchar(200) not null, "pem" text not null, "fingerprint" varchar(64) not null, "suite" varchar(16) not null, "field" jsonb not null, "trusted_at" timestamptz(3) not null, "retired_at" timestamptz(3) null, "retired_for" varchar(500) null, primary key ("id"), constraint "trusted_authority_fingerprint_unique" unique ("fingerprint"))`,
    );
    this.addSql(
      `create table "authority_list" ("issuer" varchar(64) not null, "number" varchar(64) not null, "authority" uuid not null, "this_update" timestamptz(3) not null, "next_update" timestamptz(3) not null, "sha256" varchar(43) not null, "der" bytea not null, "taken_at" timestamptz(3) not null, primary key ("issuer", "number"))`,
    );
    this.addSql(`create index "authority_list_authority_index" on "authority_list" ("authority")`);
    this.addSql(`alter table "certificate" add column "authority" uuid null, add column "issuer" varchar(64) null`);
  }
}
