import { Migration } from '@mikro-orm/migrations';

/** By which procedure of its line a project is awarded. Before there was a choice every project was an open tender. */
export class Migration0100 extends Migration {
  override up(): void {
    this.addSql(`alter table "project" add column "procedure" varchar(32) not null default 'open-tender'`);
    this.addSql('alter table "project" alter column "procedure" drop default');
  }
}
