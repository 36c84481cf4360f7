import type { Keeper } from './keeper.ts';

/** Lets the keeper go and waits until it has removed everything. */
export default async function globalTeardown(): Promise<void> {
  const { keeper } = globalThis as Keeper;
  if (!keeper) return;
  await new Promise<void>((gone) => {
    keeper.once('exit', () => gone());
    keeper.disconnect();
  });
}
