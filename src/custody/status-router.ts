import { createServer, type Server } from 'node:http';
import { metricsText, type Standing } from './status.ts';
import { fontAt } from './status-fonts.ts';
import { statusPage } from './status-page.ts';

/** The status page and the metrics on a port of their own; of this machine only, unless another address is asked for. */
export async function serveStatus(
  standing: Standing,
  port: number,
  host: string,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const answer = request.method === 'GET' || request.method === 'HEAD' ? answerTo(request.url ?? '/', standing) : undefined;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('content-type', answer?.type ?? 'text/plain');
    if (!answer) response.statusCode = 404;
    response.end(answer?.bytes ?? 'not here\n');
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

function answerTo(url: string, standing: Standing): { readonly type: string; readonly bytes: string | Buffer } | undefined {
  const path = url.split('?')[0] ?? '/';
  if (path === '/metrics') return { type: 'text/plain; version=0.0.4; charset=utf-8', bytes: metricsText(standing) };
  if (path === '/') return { type: 'text/html; charset=utf-8', bytes: statusPage(standing, /[?&]lang=en\b/.test(url) ? 'en' : 'zh') };
  return fontAt(path);
}

const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};
