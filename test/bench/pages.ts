import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { frameOf } from '../../src/frame.ts';
import { webHouse } from '../../src/house.ts';
import { assetFolder, assetIntegrity, assetPaths, buildAssets } from '../../src/web/assets.ts';
import type { TestHouse } from '../support/house.ts';
import { serve } from '../support/serve.ts';
import { type Comparison, rate } from './measure.ts';

/** browsers that ask at the same time */
const hands = 16;

/** Pages as anyone sees them, against an Express route that sends the same text. The asking happens in this process too, on both sides. */
export async function pages(
  house: TestHouse,
  paths: readonly { readonly what: string; readonly path: string; readonly limit: number }[],
): Promise<Comparison[]> {
  const { database, files, uploads } = house;
  // One trusted proxy, so that each request can come from a visitor of its own: the limit of requests is for one visitor.
  const app = webHouse({
    store: database,
    files,
    frame: frameOf(database),
    sandbox: true,
    https: false,
    proxies: 1,
    assetsFolder: assetFolder,
    asset: assetPaths(await buildAssets()),
    integrity: assetIntegrity(await buildAssets()),
    uploadsFolder: uploads,
    log: (line, error) => console.error(line, error ?? ''),
  });
  const comparisons: Comparison[] = [];
  for (const { what, path, limit } of paths) {
    const { perSecond, body } = await served(app, path);
    const bare = express().get(path, (_request, response) => void response.type('html').send(body));
    comparisons.push({ what, ours: perSecond, bare: 'Express sending that text', bareRate: (await served(bare, path)).perSecond, limit });
  }
  return comparisons;
}

async function served(app: RequestListener, path: string): Promise<{ perSecond: number; body: string }> {
  const server = await serve(app);
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: hands });
  let visitor = 0;
  const ask = async (): Promise<string> => {
    visitor += 1;
    const from = `10.${(visitor >> 16) & 255}.${(visitor >> 8) & 255}.${visitor & 255}`;
    const answer = await new Promise<IncomingMessage>((answered, failed) => {
      get({ agent, host: '127.0.0.1', port, path, headers: { 'x-forwarded-for': from } }, answered).once('error', failed);
    });
    const body = await text(answer);
    if (answer.statusCode !== 200) throw new Error(`${path} answers ${answer.statusCode}`);
    return body;
  };
  try {
    return { body: await ask(), perSecond: await rate(ask, { hands }) };
  } finally {
    agent.destroy();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}
