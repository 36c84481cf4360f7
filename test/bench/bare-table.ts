import { Client } from 'pg';
import type { TestDatabase } from '../support/database.ts';
import { application } from '../support/keeper.ts';

/** A table to write bare rows into, made by the owner for the application. */
export async function bareTable({ ownerUrl }: TestDatabase, name: string, column: string): Promise<void> {
  const owner = new Client(ownerUrl);
  await owner.connect();
  await owner.query(`create table ${name} (id bigint generated always as identity primary key, ${column} text not null)`);
  await owner.query(`grant select, insert on ${name} to ${application.role}`);
  await owner.end();
}
