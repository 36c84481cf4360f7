import { frameOf } from '../src/frame.ts';
import type { Store } from '../src/store/orm.ts';
import '../src/house.ts';
import { seedProvince } from './province.ts';

export interface DemonstrationOptions {
  readonly store: Store;
  /** address of the running platform */
  readonly base: string;
  /** tenders at several stages besides the people */
  readonly tenders: boolean;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** Experts of the demonstration's pool. */
const pool = 640;

/** Seeds a sandbox while its pages already answer: people first, then tenders at several stages, walked there through the public API. */
export async function seedDemonstration({ store, signal, tell }: DemonstrationOptions): Promise<void> {
  await seedProvince(frameOf(store), { experts: pool, tell });
  if (signal.aborted) return;
  tell('演示数据就绪 the demonstration province stands');
}
