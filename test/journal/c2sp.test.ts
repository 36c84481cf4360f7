import { createHash, createPublicKey, verify } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reachPlatform } from '../../src/custody/platform.ts';
import { Witness } from '../../src/custody/witness.ts';
import { noteKeyTypes, noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { registerWitness } from '../../src/journal/register-witness.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { type SmallNode, smallNode } from './small-node.ts';

/**
 * The journal as a stranger reads it, by the specifications alone (C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature; RFC 6962): everything here
 * is parsed, hashed and verified by Node's own crypto, nothing by the project's.
 */
const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafHash = (data: Uint8Array): Buffer => sha256(Buffer.of(0), data);
const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right);
/** RFC 6962 §2.1, as it is written there */
function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}
const ed25519 = (raw: Buffer) =>
  createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki' });

let node: SmallNode;
const witness = noteSigner('watch.example', crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature);
const size = 256 * 2 + 44;
beforeAll(async () => {
  node = await smallNode();
  await node.house.perform(registerWitness, theSystem, { vkey: printVerifierKey(witness) });
  await node.write(size - 1);
  const platform = reachPlatform(node.address, witness, {}, new AbortController().signal);
  const state = { platform: node.vkey, seen: { size: 0, root: '' }, checkpoint: '' };
  const stateFile = join(node.house.uploads, '..', 'witness-state');
  await new Witness({ platform, witness, stateFile, log: () => undefined }, state).look();
}, 60_000);
afterAll(() => node.close());

const get = (path: string): Promise<Response> => fetch(node.address + path);
const bytes = async (path: string): Promise<Buffer> => Buffer.from(await (await get(path)).arrayBuffer());

/** entries of a bundle: uint16 length, most significant first, then so many bytes */
function entriesIn(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    const length = bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}
const allEntries = async (): Promise<Buffer[]> =>
  (await Promise.all(['000', '001', '002.p/44'].map((tile) => bytes(`/journal/tile/entries/${tile}`)))).flatMap(entriesIn);

describe('The journal by the specifications alone', () => {
  it('a checkpoint is plain text that no cache keeps: origin, size, root, an empty line, signature lines', async () => {
    const response = await get('/journal/checkpoint');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const [origin, tree, root, empty, ...lines] = (await response.text()).split('\n');
    expect([origin, tree, empty]).toEqual(['test.yangguang.example/sandbox', String(size), '']);
    expect(Buffer.from(root ?? '', 'base64')).toHaveLength(32);
    expect(lines.at(-1)).toBe('');
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^— \S+ [A-Za-z0-9+/]+=*$/);
  });
  it('its signature verifies over the body with its last newline, under the key id of the verifier key', async () => {
    const text = await (await get('/journal/checkpoint')).text();
    const body = text.slice(0, text.indexOf('\n\n') + 1);
    const [name = '', hash, encoded = ''] = node.vkey.split('+').map((part, at, all) => (at === 2 ? all.slice(2).join('+') : part));
    const key = Buffer.from(encoded, 'base64');
    expect(key[0]).toBe(1);
    const keyId = sha256(Buffer.from(name), Buffer.of(0x0a), key).subarray(0, 4);
    expect(keyId.toString('hex')).toBe(hash);
    const line = text.split('\n').find((each) => each.startsWith(`— ${name} `)) ?? '';
    const signature = Buffer.from(line.split(' ')[2] ?? '', 'base64');
    expect(signature.subarray(0, 4)).toEqual(keyId);
    expect(verify(null, Buffer.from(body), ed25519(key.subarray(1)), signature.subarray(4))).toBe(true);
    expect(verify(null, Buffer.from(body.trimEnd()), ed25519(key.subarray(1)), signature.subarray(4))).toBe(false);
  });
  it('a cosignature is of type 4, bears its time, and signs the header, the time and the body', async () => {
    const text = await (await get('/journal/checkpoint')).text();
    const body = text.slice(0, text.indexOf('\n\n') + 1);
    const line = text.split('\n').find((each) => each.startsWith('— watch.example ')) ?? '';
    const content = Buffer.from(line.split(' ')[2] ?? '', 'base64');
    const publicKey = Buffer.from(witness.publicKey);
    expect(content).toHaveLength(4 + 8 + 64);
    expect(content.subarray(0, 4)).toEqual(sha256(Buffer.from('watch.example\n'), Buffer.of(4), publicKey).subarray(0, 4));
    const time = content.readBigUInt64BE(4);
    expect(verify(null, Buffer.from(`cosignature/v1\ntime ${time}\n${body}`), ed25519(publicKey), content.subarray(12))).toBe(true);
  });
  it('the entries, each framed by two bytes of length, hash to the tiles of level 0 and to the signed root', async () => {
    const entries = await allEntries();
    expect(entries).toHaveLength(size);
    for (const entry of entries) expect(entry).toHaveLength(32);
    const leaves = entries.map(leafHash);
    const tiles = Buffer.concat(await Promise.all(['000', '001', '002.p/44'].map((tile) => bytes(`/journal/tile/0/${tile}`))));
    expect(tiles).toEqual(Buffer.concat(leaves));
    const root = (await (await get('/journal/checkpoint')).text()).split('\n')[2];
    expect(treeHash(leaves).toString('base64')).toBe(root);
  });
  it('a tile of level 1 holds the roots of the full tiles below it, and is partial itself', async () => {
    const leaves = (await allEntries()).map(leafHash);
    expect(await bytes('/journal/tile/1/000.p/2')).toEqual(
      Buffer.concat([treeHash(leaves.slice(0, 256)), treeHash(leaves.slice(256, 512))]),
    );
  });
  it('tiles are bytes that any cache may keep for ever; a partial one of an earlier size is the beginning of a later one', async () => {
    for (const path of ['/journal/tile/0/000', '/journal/tile/entries/000', '/journal/tile/0/002.p/44']) {
      const response = await get(path);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect(await bytes('/journal/tile/0/002.p/9')).toEqual((await bytes('/journal/tile/0/002.p/44')).subarray(0, 9 * 32));
  });
  it('what the tree does not hold yet is not there: a wider tile, a tile beyond, another spelling', async () => {
    for (const path of [
      '0/002',
      '0/002.p/45',
      '0/003',
      '1/000.p/3',
      '1/001.p/1',
      '2/000.p/1',
      'entries/002',
      'entries/003.p/1',
      '0/2.p/44',
      '00/000',
      '0/000.p/256',
      '0/000.p/0',
    ])
      expect([path, (await get(`/journal/tile/${path}`)).status]).toEqual([path, 404]);
  });
});
