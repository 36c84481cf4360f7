import request from 'supertest';
import { type Confirmation, readReference } from '../../src/dossier/entry.ts';
import { base64, canonicalBytes } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { TestHouse } from '../support/house.ts';
import type { Person } from '../support/town.ts';

/** What a bidder does with its dossier, through the HTTP API as a browser does it. */
export const sends = async (
  house: TestHouse,
  by: Person,
  path: string,
  fields: Record<string, string>,
  file?: [string, string, Uint8Array],
) => {
  const sent = request(house.app)
    .post(`/api${path}`)
    .set('authorization', `Bearer ${await by.token()}`)
    .set('accept', 'application/json');
  for (const [name, value] of Object.entries(fields)) sent.field(name, value);
  if (file) sent.attach(file[0], Buffer.from(file[2]), { filename: file[1], contentType: 'application/octet-stream' });
  return sent;
};

export const licence = (change: Record<string, string> = {}) => ({
  kind: 'licence',
  title: '建筑工程施工总承包一级',
  number: 'D142012345',
  issuer: '湖北省住房和城乡建设厅',
  validFrom: '2020-01-01',
  ...change,
});
export const person = (change: Record<string, string> = {}) => ({
  kind: 'person',
  title: '欧阳建国 一级建造师',
  name: '欧阳建国',
  number: '鄂1422021202103456',
  ...change,
});

export const pdf = (text: string): Uint8Array => Buffer.from(`%PDF-1.7 ${text}`);

export const referenceOf = ({ entry, version, sha256 }: { entry: string; version: number; sha256: string }): string =>
  `${entry}:${version}:${sha256}`;

/** Signs these versions as true, with the certificate of `signer` (the owner's own unless said otherwise). */
export async function confirms(by: Person, references: readonly string[], at: Instant, signer: Person = by) {
  const statement: Confirmation = {
    format: 'yangguang/dossier-confirmation/v1',
    organisation: by.actor.code ?? '',
    entries: references.map(readReference),
    at,
  };
  const signature = base64(await signDetached(canonicalBytes(statement), await signer.signer(), at));
  return (await by.api()).post('/dossier/confirmations', { entries: references, at, signature });
}
