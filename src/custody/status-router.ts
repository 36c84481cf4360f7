import { createServer, type Server } from 'node:http';
import { metricsText, type Standing } from './status.ts';
import { statusPage } from './status-page.ts';

/** The status page and the metrics on a port of their own; of this machine only, unless another address is asked for. */
export async function serveStatus(
  standing: Standing,
  port: number,
  host: string,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const english = /[?&]lang=en\b/.test(request.url ?? '');
    const path = (request.url ?? '/').split('?')[0];
    const [type, body] =
      path === '/metrics'
        ? ['text/plain; version=0.0.4; charset=utf-8', metricsText(standing)]
        : ['text/html; charset=utf-8', statusPage(standing, english ? 'en' : 'zh')];
    const known = path === '/' || path === '/metrics';
    const fine = known && (request.method === 'GET' || request.method === 'HEAD');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('content-type', fine ? type : 'text/plain');
    if (!fine) response.statusCode = 404;
    response.end(fine ? body : 'not here\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};
