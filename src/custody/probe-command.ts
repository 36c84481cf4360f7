import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import {
  type NoteSigner,
  type NoteVerifier,
  noteKeyTypes,
  noteSigner,
  parseSignerKey,
  parseVerifierKey,
  printSignerKey,
  printVerifierKey,
} from '../journal/checkpoint.ts';
import { systemClock } from '../kernel/clock.ts';
import { nap } from '../kernel/nap.ts';
import { runMember } from '../processes.ts';
import { openLog } from './evaluations.ts';
import { keepSecret } from './files.ts';
import { reachIntake } from './intake.ts';
import { checkLogFile } from './log-command.ts';
import { freshProbe, isClockRefusal, Probe, readProbeState, writeProbeState } from './probe.ts';

const options = {
  platform: { type: 'string' },
  key: { type: 'string' },
  state: { type: 'string' },
  log: { type: 'string' },
  'origin-key': { type: 'string' },
  name: { type: 'string' },
  every: { type: 'string' },
  batch: { type: 'string' },
} as const;

const second = 1000;
/** How often it looks whether a minute has begun; on a sandbox, where it asks for the time at each, less often. */
const lookMilliseconds = { life: second, sandbox: 5 * second };

/**
 * `yangguang probe --platform URL --key FILE`: tries the intake once a minute until it is told to end, and signs what it found. Key, state and log are
 * made at the first start, beside the key file; the platform's key is pinned then: the given one, or what the platform says, printed to be compared.
 */
export async function probeCommand(args: readonly string[]): Promise<number> {
  const checking = args[0] === 'log';
  const { values } = parseArgs({ args: [...args].slice(checking ? 1 : 0), options });
  const { platform, key } = values;
  if (checking && (values.log ?? key)) return checkLogFile({ log: values.log ?? `${key}.log` });
  if (!platform || !key) {
    console.error(
      'yangguang probe --platform URL --key FILE [--state FILE] [--log FILE] [--origin-key VKEY] [--name NAME] | probe log --key FILE',
    );
    return 2;
  }
  const state = values.state ?? `${key}.state`;
  await runMember(async () => {
    const stopping = new AbortController();
    const { log: evaluations } = await openLog(values.log ?? `${key}.log`);
    const signer = probeKey(key, state, values.name ?? hostname());
    console.log(`this probe: ${printVerifierKey(signer)}`);
    const address = platform.replace(/\/$/, '');
    const intake = reachIntake(address, signer, stopping.signal);
    const known = readProbeState(state);
    const pinned = await pinnedKey(known?.platform, values['origin-key'], address);
    console.log(`the platform: ${printVerifierKey(pinned)}`);
    if (!known) {
      keepSecret(key, `${printSignerKey(signer)}\n`);
      writeProbeState(state, freshProbe(printVerifierKey(pinned)));
    }
    const probe = new Probe(
      {
        intake,
        key: signer,
        platform: pinned,
        stateFile: state,
        evaluations,
        log: (line) => console.log(line),
        clock: systemClock,
        everyMilliseconds: Number(values.every ?? 60) * second,
        batchMinutes: Number(values.batch ?? 60),
      },
      known ?? freshProbe(printVerifierKey(pinned)),
    );
    await evaluations.add(systemClock(), 'started', { probe: signer.name });
    const pause = pinned.name.endsWith('/sandbox') ? lookMilliseconds.sandbox : lookMilliseconds.life;
    const ended = keepLooking(probe, pause, stopping.signal);
    return {
      ended,
      stop: async () => {
        stopping.abort();
        await ended;
        await evaluations.close();
      },
    };
  });
  return 0;
}

async function keepLooking(probe: Probe, pause: number, signal: AbortSignal): Promise<void> {
  let trouble = '';
  while (!signal.aborted) {
    await probe.look().then(
      () => {
        trouble = '';
      },
      (error: unknown) => {
        const says = error instanceof Error ? error.message : String(error);
        const what = isClockRefusal(error) ? 'clock-went-back' : says;
        if (!signal.aborted && trouble !== what) console.log(says);
        trouble = what;
      },
    );
    await nap(pause, signal);
  }
}

/** The key, made when neither it nor a state is there: a probe that has forgotten what it said begins again under another name. */
function probeKey(file: string, state: string, name: string): NoteSigner {
  if (!existsSync(file)) return noteSigner(name, crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.ed25519);
  const key = parseSignerKey(readFileSync(file, 'utf8').trim());
  if (key?.type !== noteKeyTypes.ed25519) throw new Error(`${file} is not the key of a probe`);
  if (!existsSync(state) && existsSync(`${file}.log`))
    throw new Error(`${state} is missing: a probe that has forgotten what it said begins again with a new key`);
  return key;
}

async function pinnedKey(known: string | undefined, given: string | undefined, address: string): Promise<NoteVerifier> {
  if (known !== undefined && given !== undefined && known !== given) throw new Error(`this probe watches ${known}, not ${given}`);
  const vkey = known ?? given ?? (await keyOf(address));
  const key = parseVerifierKey(vkey);
  if (!key) throw new Error(`this is no verifier key of a platform: ${vkey}`);
  return key;
}

async function keyOf(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/keys`, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(30_000) });
  return ((await answer.json()) as { platform: string | null }).platform ?? '';
}
