import { io, type Socket } from 'socket.io-client';

/**
 * Viewers of a hall, as a process of their own: `hall-viewers.ts`, told over its channel what to do. They hold a line each and note when something
 * arrives; nothing is drawn.
 */
export type Order =
  | { readonly connect: string; readonly path: string; readonly viewers: number; readonly follow: object | null }
  | { readonly count: number }
  | { readonly leave: true };
/** `arrived`: when each viewer was reached, in milliseconds since 1970 by this machine's stopwatch */
export type Said = { readonly seated: number } | { readonly arrived: readonly number[] } | { readonly left: true };

const say = (said: Said): void => void process.send?.(said);
let sockets: Socket[] = [];
let awaited = new Map<Socket, number>();
let expected = 0;

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => process.exit(0));

async function obey(order: Order): Promise<void> {
  if ('connect' in order) {
    // in small groups: the queue of an accepting socket is short
    for (let seated = 0; seated < order.viewers; seated += 50)
      await Promise.all(Array.from({ length: Math.min(50, order.viewers - seated) }, () => seat(order)));
    say({ seated: sockets.length });
  } else if ('count' in order) {
    awaited = new Map();
    expected = order.count;
  } else {
    for (const socket of sockets) socket.disconnect();
    sockets = [];
    say({ left: true });
  }
}

function seat({ connect, path, follow }: Extract<Order, { connect: string }>): Promise<void> {
  const socket = io(connect, { path, transports: ['websocket'], forceNew: true, reconnection: false });
  sockets.push(socket);
  socket.on('change', () => {
    if (awaited.has(socket)) return;
    awaited.set(socket, performance.timeOrigin + performance.now());
    if (awaited.size === expected) say({ arrived: [...awaited.values()] });
  });
  return new Promise((done, failed) => {
    socket.once('connect_error', failed);
    socket.once('connect', () => (follow === null ? done() : socket.emit('follow', follow)));
    socket.once('edition', () => done());
  });
}
