import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../kernel/clock.ts';
import { runMember } from '../processes.ts';
import { useNative } from '../sealing/native-node.ts';
import { startCustodian } from './custodian.ts';
import { type CustodianFiles, custodianFiles, readCustodian } from './files.ts';
import { checkLogFile, checkOrders } from './log-command.ts';
import type { Standing } from './status.ts';
import { serveStatus } from './status-router.ts';

/** Every option of `yangguang custodian`; docs/custodian.md explains each. */
export const custodianOptions = {
  platform: { type: 'string' },
  folder: { type: 'string' },
  key: { type: 'string' },
  passphrase: { type: 'string' },
  witness: { type: 'string' },
  trust: { type: 'string' },
  state: { type: 'string' },
  log: { type: 'string' },
  holds: { type: 'string' },
  ca: { type: 'string' },
  cert: { type: 'string' },
  'cert-key': { type: 'string' },
  'status-port': { type: 'string' },
  'status-host': { type: 'string', default: '127.0.0.1' },
  poll: { type: 'string', default: '500' },
  'clock-limit': { type: 'string', default: '60' },
  'late-limit': { type: 'string', default: '30' },
} as const;

type Given = { readonly [K in keyof typeof custodianOptions]?: string | undefined };

const usage = [
  'yangguang custodian --key FILE --platform URL   (or --folder FOLDER)',
  'yangguang custodian log --check (--folder FOLDER | --log FILE)',
  'yangguang custodian orders --platform URL --lot ID --trust FILE',
].join('\n');

/**
 * `yangguang custodian --key FILE --platform URL`: runs one trustee's custodian until it is told to end. What is not named lies beside the key, or in
 * `--folder`: its passphrase file, the witness key, whom it trusts, its state and its log.
 */
export async function custodianCommand(args: readonly string[]): Promise<number> {
  if (args[0] === 'log') return logCommand(args.slice(1));
  if (args[0] === 'orders') return ordersCommand(args.slice(1));
  const given = parse(() => parseArgs({ args: [...args], options: custodianOptions }).values);
  const numbers = given && numbersOf(given);
  if (!given?.platform || !numbers || !(given.folder || given.key) || Boolean(given.cert) !== Boolean(given['cert-key'])) {
    console.error(usage);
    return 2;
  }
  const files = filesOf(given);
  const platform = given.platform.replace(/\/$/, '');
  await runMember(async () => {
    await useNative();
    const { share, witness, trust } = await readCustodian(files);
    const standing = standingOf(trust.council, share.index, platform);
    const status =
      numbers.statusPort === null ? null : await serveStatus(standing, numbers.statusPort, given['status-host'] ?? '127.0.0.1');
    if (status) console.log(`status: http://${given['status-host']}:${status.port}/`);
    const custodian = startCustodian({
      platform,
      tls: { ca: given.ca, cert: given.cert, certKey: given['cert-key'] },
      trust,
      share,
      witness,
      stateFile: files.state,
      logFile: files.log,
      holdsFile: files.holds,
      pollMilliseconds: numbers.poll,
      clockLimitMilliseconds: numbers.clockLimit * 1000,
      lateLimitMilliseconds: numbers.lateLimit * 60_000,
      standing,
      log: (line) => console.log(line),
    });
    return { ended: custodian.ended, stop: () => custodian.stop().then(() => status?.close()) };
  });
  return 0;
}

function filesOf(given: Given): CustodianFiles {
  const standard = custodianFiles(given.folder ?? dirname(given.key ?? '.'));
  const { key, passphrase, witness, trust, state, log, holds } = given;
  const named = Object.entries({ key, passphrase, witness, trust, state, log, holds }).filter(([, file]) => file !== undefined);
  return { ...standard, ...Object.fromEntries(named) };
}

function numbersOf(given: Given) {
  const whole = (text: string | undefined, min: number, max: number): number | undefined => {
    const number = Number(text);
    return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
  };
  const poll = whole(given.poll, 50, 3_600_000);
  const clockLimit = whole(given['clock-limit'], 1, 86_400);
  const lateLimit = whole(given['late-limit'], 1, 100_000);
  const statusPort = given['status-port'] === undefined ? null : whole(given['status-port'], 0, 65_535);
  if (poll === undefined || clockLimit === undefined || lateLimit === undefined || statusPort === undefined) return undefined;
  return { poll, clockLimit, lateLimit, statusPort };
}

function standingOf(
  council: { name: string; trustees: readonly { index: number; name: string }[] },
  index: number,
  platform: string,
): Standing {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
  return {
    trustee: { index, name: council.trustees.find((trustee) => trustee.index === index)?.name ?? '' },
    council: council.name,
    platform,
    version,
    startedAt: systemClock(),
    finding: null,
    newest: null,
    answered: 0,
    refused: new Map(),
    recent: [],
    orders: 0,
    holds: 0,
    clock: null,
    lastContact: null,
    trouble: null,
    log: { entries: 0, head: '' },
  };
}

/** `yangguang custodian log --check`: is the log of evaluations whole? */
async function logCommand(args: readonly string[]): Promise<number> {
  const options = { check: { type: 'boolean' }, folder: { type: 'string' }, log: { type: 'string' }, state: { type: 'string' } } as const;
  const given = parse(() => parseArgs({ args: [...args], options }).values);
  const result = given?.check ? await checkLogFile(given) : 2;
  if (result === 2) console.error(usage);
  return result;
}

/** `yangguang custodian orders`: for a supervisor, or anyone with a trust file of its own: does an order bind? */
async function ordersCommand(args: readonly string[]): Promise<number> {
  const options = { platform: { type: 'string' }, lot: { type: 'string' }, trust: { type: 'string' } } as const;
  const given = parse(() => parseArgs({ args: [...args], options }).values);
  if (given?.platform && given.lot && given.trust) return checkOrders({ platform: given.platform, lot: given.lot, trust: given.trust });
  console.error(usage);
  return 2;
}

/** parseArgs throws on an option it does not know: that is a misuse, told by the usage lines. */
function parse<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
