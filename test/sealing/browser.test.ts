import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { certificatePem } from '../../src/sealing/certificate.ts';
import { type Council, combine, evaluate, type TrusteeShare } from '../../src/sealing/council.ts';
import { checkLabelProof, decryptStream, readEnvelopeHeader, unwrapFileKey } from '../../src/sealing/envelope.ts';
import type * as Sealing from '../../src/sealing/index.ts';
import { issueCertificate, readSigningRequest } from '../../src/sealing/issuing.ts';
import { signerFromKeyFile } from '../../src/sealing/key-file.ts';
import { bytesSource, verifyPackage } from '../../src/sealing/package-reader.ts';
import { launchChromium } from '../support/chromium.ts';
import { now, testAuthority, validity } from './pki.ts';
import { bytesIn, streamOf, vector } from './vectors.ts';

declare global {
  var sealing: typeof Sealing;
}

const root = new URL('../..', import.meta.url).pathname;
async function bundle(): Promise<{ readonly text: string; readonly inputs: readonly string[] }> {
  const contents = "import * as sealing from './src/sealing/index.ts'; globalThis.sealing = sealing;";
  const built = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return { text: built.outputFiles[0]?.text ?? '', inputs: Object.keys(built.metafile.inputs) };
}

describe('The door of the room', () => {
  it('bundles for the browser, with nothing of Node in it', async () => {
    const { text, inputs } = await bundle();
    expect(inputs.filter((path) => path.endsWith('-node.ts'))).toEqual([]);
    expect(text).not.toMatch(/from\s*"node:|require\("node:/);
  });
});

// Where no browser runs the suite fails, unless it is told that this machine has none.
(process.env.SKIP_BROWSER === '1' ? describe.skip : describe)('In Chromium', () => {
  const { council, secretShares } = vector('council') as { council: Council; secretShares: TrusteeShare[] };
  const context = { lot: '01a20305-5a3e-7724-8fb5-8cf50217a446', part: 'price', bidder: '91420500NNPE6AC207' } as const;
  let browser: Browser;
  let server: Server;
  let page: Page;
  beforeAll(async () => {
    const { text } = await bundle();
    server = createServer((request, response) => {
      response.setHeader('Content-Security-Policy', "default-src 'self'");
      const script = request.url === '/sealing.js';
      response.setHeader('Content-Type', script ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
      response.end(script ? text : '<!doctype html><script type="module" src="/sealing.js"></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => globalThis.sealing !== undefined);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('the vectors hold and the tampered ones do not', async () => {
    const judge = (opening: unknown, draw: unknown) =>
      page.evaluate(
        ([first, second]) => [globalThis.sealing.verifyOpening(first).ok, globalThis.sealing.verifyDraw(second).ok],
        [opening, draw],
      );
    expect(await judge(vector('opening'), vector('draw'))).toEqual([true, true]);
    expect(await judge(vector('tampered/opening-share'), vector('tampered/draw-called'))).toEqual([false, false]);
  }, 60_000);

  it('a bidder gets a certificate, packs, signs and seals; the server opens and verifies it', async () => {
    const authority = await testAuthority();
    const naming = { commonName: '宜昌长江建设有限公司', code: context.bidder };
    const request = await page.evaluate(async (asked) => {
      const pair = await globalThis.sealing.newKeyPair();
      Object.assign(globalThis, { pair });
      return globalThis.sealing.signingRequestPem(await globalThis.sealing.createSigningRequest(asked, pair));
    }, naming);
    const read = await readSigningRequest(request);
    if (!read.ok) throw read.problem;
    const certificate = await issueCertificate(naming, read.request, validity, authority.issuing);
    const issued = { leaf: certificatePem(certificate), issuing: certificatePem(authority.issuing.certificate) };

    const made = await page.evaluate(
      async ([issuedPem, where, asked, at]) => {
        const { sealing } = globalThis;
        const [leaf] = sealing.readCertificates(issuedPem.leaf);
        const [issuing] = sealing.readCertificates(issuedPem.issuing);
        const pair = (globalThis as unknown as { pair: CryptoKeyPair }).pair;
        if (!leaf || !issuing) throw new Error('no certificate came back');
        const signer = sealing.signerFromKey(pair.privateKey, leaf, [issuing]);
        const files = [{ name: '图纸.pdf', size: 300_000, content: new Blob([new Uint8Array(300_000)]) }];
        const packed = sealing.packBid({ bid: { format: 'yangguang/bid/v1', ...where }, files, signer, at });
        const own = await sealing.newAgeIdentity();
        const sealed = await sealing.sealStream(packed, { council: asked, context: where, ownRecipient: own.recipient });
        const envelope = new Uint8Array(await new Response(sealed).arrayBuffer());
        const keyFile = await sealing.createKeyFile(pair.privateKey, leaf, [issuing], 'Yangtze-2026!');
        const text = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
        return { envelope: text(envelope), keyFile: text(keyFile) };
      },
      [issued, context, council, now] as const,
    );
    const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

    const envelope = bytesOf(made.envelope);
    const head = await readEnvelopeHeader(envelope);
    if (!head.ok) throw head.problem;
    expect(checkLabelProof(head.header, council.id, context)).toEqual({ ok: true });
    const points = [head.header.ephemeral];
    const shared = combine(
      council,
      points,
      secretShares.slice(0, 2).map((share) => evaluate(share, points, council)),
    );
    const key = unwrapFileKey(council, context, head.header, shared.ok ? (shared.shared[0] ?? '') : '');
    if (!key.ok) throw key.problem;
    const container = await bytesIn(await decryptStream(key.fileKey, streamOf(envelope)));
    const verdict = await verifyPackage(bytesSource(container), context, { anchors: [authority.root.certificate], at: now });
    expect(verdict).toMatchObject({ ok: true, files: [{ name: '图纸.pdf', size: 300_000 }], signer: { code: context.bidder } });
    expect(await signerFromKeyFile(bytesOf(made.keyFile), 'Yangtze-2026!')).toMatchObject({ ok: true });
  }, 60_000);
});
