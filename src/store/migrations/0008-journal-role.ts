import { Migration } from '@mikro-orm/migrations';

/** Witnesses without a share, registered and removed one by one; and how each of them stands, found quickly. */
export class Migration0008 extends Migration {
  override up(): void {
    for (const statement of witnesses) this.addSql(statement);
  }
}

const witnesses = [
  `alter table "journal_witness" add column "independent" boolean not null default false, add column "since" timestamptz(3) null, add column "removed_at" timestamptz(3) null`,
  `create index "journal_cosignature_witness" on "journal_cosignature" ("witness", "size")`,
];
