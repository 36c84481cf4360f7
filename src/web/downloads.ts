import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import express, { type Router } from 'express';
import { utf8 } from '../kernel/bytes.ts';
import { hex, sha256 } from '../sealing/digest.ts';
import { bidPage, clientFiles, sealProgram } from './clients.ts';
import { buildVerifiers, verifierNames } from './verifiers.ts';

/**
 * What leaves the house to be used without it: the two verifiers and the two sealing clients, each in one file. Whoever does not want to take them from
 * the platform builds the same bytes from the sources: `npm run verifiers -- --out FOLDER`.
 */
export async function buildDownloads(): Promise<ReadonlyMap<string, string>> {
  const verifiers = await buildVerifiers();
  return new Map([
    [verifierNames.page, verifiers.page],
    [verifierNames.program, verifiers.program],
    [clientFiles.page, (await offlineClients()).page.text],
    [clientFiles.program, (await offlineClients()).program.text],
  ]);
}

let clients: ReturnType<typeof buildClients> | undefined;
const buildClients = async () => ({ page: await bidPage(), program: await sealProgram() });

/** The sealing clients in one file each: built once in a process, when first asked for. */
export function offlineClients(): ReturnType<typeof buildClients> {
  clients ??= buildClients();
  return clients;
}

/** Offers all of them at addresses that stay: built when first asked for, then kept. */
export function downloadRouter(): Router {
  let built: Promise<ReadonlyMap<string, string>> | undefined;
  const router = express.Router();
  for (const name of [...Object.values(verifierNames), ...Object.values(clientFiles)])
    router.get(`/${name}`, async (_request, response) => {
      built ??= buildDownloads();
      response.type(name.endsWith('.html') ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8');
      // to be kept and opened from a disk: shown here it would stand under this site's policy, not its own
      response.attachment(name).send((await built).get(name));
    });
  return router;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: '.' } } });
  mkdirSync(values.out, { recursive: true });
  for (const [name, text] of await buildDownloads()) {
    writeFileSync(join(values.out, name), text);
    console.log(`${hex(sha256(utf8(text)))}  ${join(values.out, name)}`);
  }
}
