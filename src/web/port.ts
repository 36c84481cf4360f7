import { createServer } from 'node:net';
import { isBarred } from './barred-ports.ts';

/** Thrown when the port that the operator asked for belongs to another program. */
export class PortTaken extends Error {}

/** The wanted port; or, where it need not be that one, the next free. */
export async function choosePort(host: string, wanted: number, mustBeThatOne: boolean): Promise<number> {
  for (let port = wanted; port < wanted + 100 && port <= 65_535; port++) {
    if (!isBarred(port) && (await isFree(host, port))) return port;
    if (mustBeThatOne) throw new PortTaken(`port ${port} is taken by another program; set PORT to a free one`);
  }
  throw new PortTaken(`no free port between ${wanted} and ${wanted + 99}; set PORT to a free one`);
}

/** `localhost` may mean ::1 to a browser: a port on which another program answers there is not free for us. */
async function isFree(host: string, port: number): Promise<boolean> {
  const hosts = host === '127.0.0.1' || host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
  for (const each of hosts) if ((await bindError(each, port)) === 'EADDRINUSE') return false;
  const error = await bindError(host, port);
  if (error) throw new PortTaken(`cannot listen on ${host}:${port} (${error})`);
  return true;
}

function bindError(host: string, port: number): Promise<string | null> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => answer(error.code ?? error.message));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => answer(null)));
  });
}
