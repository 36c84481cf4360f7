import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Trust } from './certificate.ts';
import type { EnvelopeContext } from './envelope.ts';
import type { Checked, Job } from './package-node.ts';

/**
 * Checks packages on every core: for an opening of many bids, where signatures and archives are most of the work. The threads start with the first
 * package, keep no process alive, and are replaced when one dies; what it was at fails and may be asked again.
 */
export function checkPackageApart(path: string, expected: EnvelopeContext, { anchors, at, fields }: Trust): Promise<Checked> {
  turn += 1;
  return threadAt(turn % threads).check({ id: turn, path, expected, anchors: anchors.map(({ der }) => der), at, fields });
}

const threads = Math.max(1, Math.min(4, availableParallelism()));
let turn = 0;
const pool: (Thread | undefined)[] = [];

function threadAt(place: number): Thread {
  const standing = pool[place];
  if (standing !== undefined && !standing.ended) return standing;
  const started = new Thread();
  pool[place] = started;
  return started;
}

interface Asked {
  readonly resolve: (checked: Checked) => void;
  readonly reject: (error: Error) => void;
}

class Thread {
  ended = false;
  private readonly worker = new Worker(new URL('./package-worker-node.ts', import.meta.url));
  private readonly asked = new Map<number, Asked>();

  constructor() {
    this.worker.unref();
    this.worker.on('message', ({ id, checked, failure }: { id: number; checked?: Checked; failure?: string }) => {
      const waiting = this.asked.get(id);
      this.asked.delete(id);
      if (this.asked.size === 0) this.worker.unref();
      if (checked === undefined) waiting?.reject(new Error(failure));
      else waiting?.resolve(checked);
    });
    this.worker.on('error', (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', () => this.end(new Error('the thread that checked packages has ended')));
  }

  check(job: Job): Promise<Checked> {
    this.worker.ref();
    return new Promise((resolve, reject) => {
      this.asked.set(job.id, { resolve, reject });
      this.worker.postMessage(job);
    });
  }

  private end(error: Error): void {
    this.ended = true;
    for (const { reject } of this.asked.values()) reject(error);
    this.asked.clear();
  }
}
