import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { behindClosedDoors } from '../../src/tenders/problems.ts';
import { startAudience } from '../../src/web/live-audience.ts';
import type { Edition, PublicEditions } from '../../src/web/public-edition.ts';
import { addressOf, serve } from '../support/serve.ts';

const lot = '0199a000-0000-7000-8000-000000000001';
const hall = `/lots/${lot}/hall`;
const made = { now: '2026-11-28T01:00:00.000Z', rate: 1, since: 0 } as unknown as Edition['made'];
const page: Edition = { page: '', regions: new Map([['hall', 'before']]), follows: [lot], version: 'one', made };

describe('The gallery of a hall whose doors close', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  let sockets: Server;
  let viewer: Socket;
  let closed = false;
  const editions: PublicEditions = {
    edition: () => (closed ? Promise.reject(behindClosedDoors()) : Promise.resolve(page)),
    grew: () => undefined,
  };
  beforeAll(async () => {
    server = await serve((_request, response) => response.writeHead(404).end());
    sockets = new Server(server, { transports: ['websocket'], path: '/live' });
  });
  afterAll(async () => {
    viewer.close();
    await sockets.close();
  });

  it('is followed no more, is sent nothing, and holds up nobody else’s news', async () => {
    const audience = startAudience(sockets, editions);
    const seated = new Promise<boolean>((resolve) => {
      sockets.on('connection', (socket) => void audience.seat(socket, lot, { path: hall, lang: 'zh' }).then(resolve));
    });
    viewer = io(addressOf(server), { path: '/live', transports: ['websocket'], forceNew: true });
    const changes: unknown[] = [];
    viewer.on('change', (change) => changes.push(change));
    expect(await seated).toBe(true);
    expect(audience.follows(lot)).toBe(true);
    closed = true;
    await expect(audience.show(lot)).resolves.toBeUndefined();
    expect(audience.follows(lot)).toBe(false);
    await expect(audience.catchUp()).resolves.toBeUndefined();
    expect(changes).toEqual([]);
  });
});
