import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { PanelMember } from '../../src/evaluation/schema.ts';
import { unpack } from '../../src/evidence/archive.ts';
import { type BundleInput, verifyBundle, writeBundle } from '../../src/evidence/bundle.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { publicEvidence } from '../../src/openness/evidence-reads.ts';
import { readCertificates, suiteOf } from '../../src/sealing/certificate.ts';
import { at, today } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { evaluatedLot } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { phaseOf } from '../support/opened-lot.ts';
import { makeTown, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house, { sm2Bidders: 2, sm2Experts: true }));
  town = today(witnessed.town);
  stop = witnessed.stop;
}, 60_000);
afterAll(async () => {
  await stop();
  await house.close();
});

describe('A tender to which some bid with SM2 and some with ECDSA', () => {
  let lot: string;
  let file: Uint8Array;
  beforeAll(async () => {
    ({ lot } = await evaluatedLot(town));
    file = await evidence();
  }, 120_000);

  it('every bid is opened: the packages of both suites verify', async () => {
    const suites = await Promise.all(town.bidders.slice(0, 3).map(async (each) => suiteOf((await each.signer()).certificate)));
    expect(suites).toEqual(['sm', 'sm', 'international']);
    const items = await house.em().find(OpeningItem, { lot });
    expect(items.map((item) => item.state)).toEqual(['opened', 'opened', 'opened']);
  });

  it('the experts sign the report with SM2, the tenderee’s representative with ECDSA: it is concluded', async () => {
    const members = await house.em().find(PanelMember, { lot });
    expect(members.every((member) => member.signedAt !== null)).toBe(true);
    const signers = await Promise.all(town.experts.slice(0, 1).map(async (each) => suiteOf((await each.signer()).certificate)));
    expect([...signers, suiteOf((await town.tenderee.signer()).certificate)]).toEqual(['sm', 'international']);
    expect(await phaseOf(house, lot)).toBe('evaluated');
  });

  it('the evidence verifies without the platform, with the roots of both suites in it', async () => {
    const files = await unpack(file);
    expect([...(files?.keys() ?? [])].filter((name) => name.startsWith('certificates/'))).toEqual([
      'certificates/authority-sm2.pem',
      'certificates/authority.pem',
    ]);
    const roots = (name: string): readonly string[] =>
      readCertificates(Buffer.from(files?.get(name) ?? []).toString()).map((each) => suiteOf(each));
    expect(roots('certificates/authority-sm2.pem')).toEqual(['sm', 'sm']);
    const verdict = await verifyBundle(file, { key: parseVerifierKey(await platformKey()) });
    expect(verdict).toMatchObject({ result: 'verified' });
  }, 30_000);

  it('without the SM2 root it does not: no authority of the other suite stands in for it', async () => {
    const { parts } = await publicEvidence(house.em(), town.regulator.actor, lot);
    const { authority = '' } = parts.certificates;
    const key = parseVerifierKey(await platformKey());
    expect(await verifyBundle(await writeBundle(parts as BundleInput), { key })).toMatchObject({ result: 'verified' });
    const verdict = await verifyBundle(await writeBundle({ ...parts, certificates: { authority } } as BundleInput), { key });
    if (verdict.result === 'verified') throw new Error('the bundle verified without its root');
    expect(verdict.why.en).toContain('does not lead to a trusted authority');
  }, 30_000);

  async function evidence(): Promise<Uint8Array> {
    const token = await town.regulator.token();
    for (let tries = 0; tries < 50; tries += 1) {
      const asked = request(house.app).get(`/api/lots/${lot}/evidence`).set('authorization', `Bearer ${token}`).buffer(true).parse(bytes);
      const answer = await asked;
      if (answer.status === 200) return new Uint8Array(answer.body as Buffer);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the evidence did not come');
  }
  const platformKey = async (): Promise<string> => (await house.api().get('/keys')).body.platform;
});

const bytes = (response: request.Response, done: (error: Error | null, body: unknown) => void): void => {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};
