import { Migration } from '@mikro-orm/migrations';

/** How many each ground left out of a draw, exactly: for supervisors. Everyone else reads bands in the journal. */
export class Migration0071 extends Migration {
  override up(): void {
    this.addSql(`alter table "draw_request" add column "excluded" jsonb null`);
  }
}
