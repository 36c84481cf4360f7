import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { IdentityKeys } from '../experts/identity.ts';
import { keyIn } from './keys.ts';

const numbered = (number: number): string => `identity-${number}`;
const always = async (): Promise<boolean> => true;

/** The newest of the numbered keys that lie in the folder; 0 without one. */
function newestIn(folder: string): number {
  const numbers = existsSync(folder) ? readdirSync(folder).map((name) => Number(/^identity-(\d+)\.key$/.exec(name)?.[1] ?? 0)) : [];
  return Math.max(0, ...numbers);
}

/**
 * The keys of experts' identity data, from their folder. A key that another process has added meanwhile is found when it is asked for, so that a
 * rotation needs no restart. Where records lie in the database already, missing keys are an error: new ones would open nothing.
 */
export async function openIdentityKeys(folder: string, em: EntityManager): Promise<IdentityKeys> {
  const mayMake = async (): Promise<boolean> => !(await anySealed(em));
  const index = await keyIn(folder, 'identity-index', mayMake);
  let current = newestIn(folder);
  if (current === 0) {
    await keyIn(folder, numbered(1), mayMake);
    current = 1;
  }
  const held = new Map<number, Uint8Array>();
  const key = async (number: number): Promise<Uint8Array> => {
    const known = held.get(number) ?? (await keyIn(folder, numbered(number), async () => false));
    held.set(number, known);
    return known;
  };
  await key(current);
  return {
    index,
    key,
    current: async () => {
      while (existsSync(join(folder, `${numbered(current + 1)}.key`))) current += 1;
      return current;
    },
  };
}

/** Adds the next key to the folder: from now on every process seals under it. Answers its number. */
export async function addIdentityKey(folder: string): Promise<number> {
  const next = newestIn(folder) + 1;
  await keyIn(folder, numbered(next), always);
  return next;
}

/** Before the tables are made there is nothing sealed. */
async function anySealed(em: EntityManager): Promise<boolean> {
  const [table] = await em.execute<{ stands: boolean }[]>(`select to_regclass('expert_identity') is not null as stands`);
  if (!table?.stands) return false;
  const [rows] = await em.execute<{ any: boolean }[]>('select exists (select from expert_identity) as any');
  return rows?.any === true;
}
