import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSignerKey, printVerifierKey } from '../src/journal/checkpoint.ts';
import { registerProbe } from '../src/journal/register-probe.ts';
import { type Frame, perform } from '../src/kernel/act.ts';
import { theSystem } from '../src/kernel/actor.ts';

/** Who watches the demonstration's intake: three institutions that do not depend on each other, nor on the platform. */
export const probers = ['宜昌市计量检定测试所', '三峡大学信息技术中心', '宜昌市消费者委员会'] as const;

export const probeKeyFile = (dataDir: string, index: number): string => join(dataDir, 'probes', String(index), 'probe.key');

/** Registers the demonstration's probes once their programs have made their keys; does nothing for one that is registered. Answers how many there are. */
export async function seedProbes(frame: Frame, dataDir: string): Promise<number> {
  let registered = 0;
  for (const [at, institution] of probers.entries()) {
    const file = probeKeyFile(dataDir, at + 1);
    const key = existsSync(file) ? parseSignerKey(readFileSync(file, 'utf8').trim()) : undefined;
    if (!key) continue;
    const known = await frame.fork().execute<unknown[]>('select 1 from probe where name = ?', [key.name]);
    if (known.length === 0) await perform(frame, registerProbe, theSystem, { vkey: printVerifierKey(key), institution });
    registered += 1;
  }
  return registered;
}
