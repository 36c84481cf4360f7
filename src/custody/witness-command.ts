import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import {
  type NoteSigner,
  noteKeyTypes,
  noteSigner,
  parseSignerKey,
  parseVerifierKey,
  printSignerKey,
  printVerifierKey,
} from '../journal/checkpoint.ts';
import { nap } from '../kernel/nap.ts';
import { runMember } from '../processes.ts';
import { keepSecret } from './files.ts';
import { jsonOf, type Platform, reachPlatform } from './platform.ts';
import { readWitnessState, Witness, type WitnessState, writeWitnessState } from './witness.ts';

const options = {
  platform: { type: 'string' },
  key: { type: 'string' },
  state: { type: 'string' },
  'origin-key': { type: 'string' },
  name: { type: 'string' },
  poll: { type: 'string' },
  ca: { type: 'string' },
} as const;

/**
 * `yangguang witness --platform URL --key FILE --state FILE`: runs a witness until it is told to end. At the first start it makes its key, prints the
 * public half for the platform's administrator, and pins the platform's key: the given one, or what the platform says, which it then prints to be compared.
 */
export async function witnessCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const { platform: address, key, state } = values;
  if (!address || !key || !state) {
    console.error('yangguang witness --platform URL --key FILE --state FILE [--origin-key VKEY] [--name NAME]');
    return 2;
  }
  await runMember(async () => {
    const stopping = new AbortController();
    const witness = witnessKey(key, state, values.name ?? hostname());
    console.log(`this witness: ${printVerifierKey(witness)}`);
    const platform = reachPlatform(address.replace(/\/$/, ''), witness, { ca: values.ca }, stopping.signal);
    const keepKey = (): void => keepSecret(key, `${printSignerKey(witness)}\n`);
    const begun = await stateOf({ file: state, platform, pinned: values['origin-key'], keepKey });
    console.log(`the platform: ${begun.platform}`);
    const log = (line: string): void => console.log(line);
    const ended = keepLooking(
      new Witness({ platform, witness, stateFile: state, log }, begun),
      Number(values.poll ?? 1000),
      stopping.signal,
      log,
    );
    return {
      ended,
      stop: async () => {
        stopping.abort();
        await ended;
        platform.close();
      },
    };
  });
  return 0;
}

async function keepLooking(witness: Witness, pollMilliseconds: number, signal: AbortSignal, log: (line: string) => void): Promise<void> {
  while (!signal.aborted) {
    await witness.look().catch((error: unknown) => {
      if (!signal.aborted) log(error instanceof Error ? error.message : String(error));
    });
    await nap(pollMilliseconds, signal);
  }
}

/** The key, made when neither it nor a state is there: with a key and no state it would have forgotten what it vouched for. */
function witnessKey(file: string, state: string, name: string): NoteSigner {
  if (!existsSync(file)) return noteSigner(name, crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature);
  if (!existsSync(state)) throw new Error(`${state} is missing: a witness that has forgotten what it saw begins again with a new key`);
  const key = parseSignerKey(readFileSync(file, 'utf8').trim());
  if (key?.type !== noteKeyTypes.cosignature) throw new Error(`${file} is not the key of a witness`);
  return key;
}

interface Beginning {
  readonly file: string;
  readonly platform: Platform;
  readonly pinned: string | undefined;
  /** writes down a key that was made for this first start */
  readonly keepKey: () => void;
}

async function stateOf({ file, platform, pinned, keepKey }: Beginning): Promise<WitnessState> {
  const known = readWitnessState(file);
  if (known) {
    if (pinned !== undefined && pinned !== known.platform) throw new Error(`${file} follows ${known.platform}, not ${pinned}`);
    return known;
  }
  const vkey = pinned ?? (jsonOf(await platform.get('/api/keys')) as { platform: string | null }).platform ?? '';
  if (!parseVerifierKey(vkey)) throw new Error(`this is no verifier key of a platform: ${vkey}`);
  const fresh: WitnessState = { platform: vkey, seen: { size: 0, root: '' }, checkpoint: '' };
  keepKey();
  writeWitnessState(file, fresh);
  return fresh;
}
