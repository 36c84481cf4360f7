import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { base64url } from './kernel/bytes.ts';
import { sealCommand, sealUsage } from './seal.ts';
import { buildDigest, clientVersion, type SealingClient } from './sealing/client.ts';
import { sha256 } from './sealing/digest.ts';
import { exits, print } from './terminal.ts';

/** The sealing program by itself, in one file: `node yangguang-seal.mjs --tender FILE …`. It measures the file that it was started from. */
const program = 'node yangguang-seal.mjs';
const args = process.argv.slice(2);

async function ownBuild(): Promise<SealingClient> {
  const bytes = await readFile(fileURLToPath(import.meta.url));
  const asset = { name: 'yangguang-seal.mjs', sha256: base64url(sha256(bytes)) };
  return { name: 'bid-command', version: clientVersion, sha256: buildDigest([asset]) };
}

async function run(): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    for (const usage of sealUsage) print(`${program} ${usage}`);
    return exits.verified;
  }
  try {
    return await sealCommand(args, ownBuild, program);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exits.unreadable;
  }
}

void run().then((code) => {
  process.exitCode = code;
});
