import { createHmac } from 'node:crypto';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';

/** Little receivers that really listen: a gateway for text messages, and a mail server. */

export interface ReceivedText {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  /** whether the signature is that of the shared key, worked out here by another library */
  readonly signed: boolean;
  readonly key: string | undefined;
}
/** What the gateway does with the next request; `hang` never answers. */
export type GatewayAnswer = number | 'hang' | { readonly status: number; readonly body: string };

export async function gatewayReceiver(key: string, answer: (text: ReceivedText, nth: number) => GatewayAnswer) {
  const received: ReceivedText[] = [];
  const server = createHttp((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      const time = String(request.headers['x-yangguang-time']);
      const expected = createHmac('sha256', key).update(`send\n${time}\n${body}`).digest('base64url');
      const text = {
        ...JSON.parse(body),
        signed: request.headers['x-yangguang-signature'] === expected,
        key: request.headers['idempotency-key'],
      };
      received.push(text);
      const given = answer(text, received.length);
      if (given === 'hang') return;
      const { status, body: said } = typeof given === 'number' ? { status: given, body: '{"reference":"r-1"}' } : given;
      response.writeHead(status, { 'content-type': 'application/json' }).end(said);
    });
  });
  const { url, close } = await listening(server, 'http');
  return { url: `${url}/send`, received, close };
}

/** A mail server that takes what it is given, but refuses the addresses that are told to it. */
export async function mailReceiver(refuses: (address: string) => boolean) {
  const mails: { readonly to: string; readonly content: string }[] = [];
  const server = createTcp((socket) => talk(socket, refuses, mails));
  const { url, close } = await listening(server, 'smtp');
  return { url, mails, close };
}

function talk(socket: Socket, refuses: (address: string) => boolean, mails: { to: string; content: string }[]): void {
  let [rest, to, content, reading] = ['', '', '', false];
  const say = (line: string): void => {
    socket.write(`${line}\r\n`);
  };
  const hear = (line: string): void => {
    if (reading) {
      if (line !== '.') {
        content += `${line}\n`;
        return;
      }
      mails.push({ to, content });
      [content, reading] = ['', false];
      say('250 kept');
      return;
    }
    const [, address = ''] = /<([^>]*)>/.exec(line) ?? [];
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'RCPT') {
      to = address;
      say(refuses(address) ? `550 5.1.1 <${address}> is unknown here` : '250 ok');
      return;
    }
    if (word === 'DATA') {
      reading = true;
      say('354 go on');
      return;
    }
    if (word === 'QUIT') {
      say('221 bye');
      socket.end();
      return;
    }
    say('250 ok');
  };
  socket.on('error', () => undefined);
  socket.on('data', (piece) => {
    rest += piece.toString('utf8');
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      hear(line);
    }
  });
  say('220 receiver');
}

async function listening(server: Server, scheme: string): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}
