import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { readCertificates } from '../../src/sealing/certificate.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { createKeyFile } from '../../src/sealing/key-file.ts';
import { newKeyPairOf } from '../../src/sealing/signer.ts';
import type { TestHouse } from '../support/house.ts';

/** What a bidder without a line has on its stick: key file, passphrase, answers to the form, attachments. */
export const passphrase = 'a passphrase 1';

/** Makes a key, has it certified, and writes it as a key file with its passphrase beside it. */
export async function keyFileOf(house: TestHouse, token: string, folder: string): Promise<string> {
  const pair = await newKeyPairOf('international');
  const csr = signingRequestPem(await createSigningRequest({ commonName: 'applicant' }, pair));
  const { body } = await house.api(token).post('/certificates', { csr }).expect(201);
  const [own, ...chain] = readCertificates(`${body.certificate}${body.chain}`);
  if (!own) throw new Error(JSON.stringify(body));
  const others = chain.filter((each) => each.fingerprint !== own.fingerprint);
  writeFileSync(join(folder, 'key.p12'), await createKeyFile(pair.privateKey, own, others, passphrase));
  writeFileSync(join(folder, 'passphrase'), `${passphrase}\n`);
  return join(folder, 'key.p12');
}

/** The answers to the form of the line of construction, as the command takes them, and the files they name. */
export function writeAnswers(folder: string, price: string): void {
  writeFileSync(join(folder, '施工组织设计.pdf'), '%PDF-1.7 施工组织设计');
  writeFileSync(join(folder, '资格审查资料.zip'), 'PK 资格审查资料');
  writeFileSync(
    join(folder, '清单.csv'),
    '项目编码,项目名称,计量单位,工程量,综合单价（元）,合价（元）\r\n500101,土方开挖,m³,100,18.50,1850.00\r\n',
  );
  const answers = {
    price,
    figures: {
      periodDays: '240',
      quality: '合格',
      manager: { name: '王建国', number: '鄂1422019' },
      validityDays: '90',
      security: '电子保函 BH-2026-001',
    },
    tables: { billOfQuantities: '清单.csv' },
    files: { technical: ['施工组织设计.pdf'], qualification: ['资格审查资料.zip'] },
  };
  writeFileSync(join(folder, 'bid.json'), JSON.stringify(answers));
}

/** The tender file of a lot, asked for by nobody in particular until the journal has numbered everything in it. */
export async function tenderFileOf(house: TestHouse, lot: string): Promise<Record<string, never>> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await request(house.app).get(`/api/lots/${lot}/tender-file`);
    if (answer.status === 200) return JSON.parse(answer.text || JSON.stringify(answer.body)) as Record<string, never>;
    if (answer.status !== 503) throw new Error(`${answer.status} ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the tender file never came');
}
