import { Migration } from '@mikro-orm/migrations';

/** The unified trading code (统一交易标识码) of a project and of a lot. What was registered before has none. */
export class Migration0130 extends Migration {
  override up(): void {
    for (const table of ['project', 'lot']) {
      this.addSql(`alter table "${table}" add column "trade_code" varchar(36) null`);
      this.addSql(`alter table "${table}" add constraint "${table}_trade_code_unique" unique ("trade_code")`);
    }
  }
}
