import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { custodianFiles } from '../../src/custody/files.ts';
import { setClock } from '../../src/journal/set-clock.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { CouncilShare, CouncilTask, SuspensionOrder } from '../../src/openings/schema.ts';
import { makeCode } from '../../src/parties/code.ts';
import { issueCertificateAct } from '../../src/parties/issue-certificate.ts';
import { registerOrganisation } from '../../src/parties/register-organisation.ts';
import { readCertificates } from '../../src/sealing/certificate.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { createKeyFile } from '../../src/sealing/key-file.ts';
import { newKeyPair } from '../../src/sealing/signer.ts';
import { sealTrusteeKey } from '../../src/sealing/trustee-key.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { sessionCookie } from '../../src/web/sessions.ts';
import { type CustodyScene, custodyScene, eventually } from '../custody/scene.ts';
import { password, signIn } from '../parties/people.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { publishedLot, submitSealed } from '../support/opened-lot.ts';
import { makeTown, soon } from '../support/town.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
const passphrase = 'a passphrase 1';
jest.setTimeout(90_000);

inBrowser('A share given by hand, in a real browser', () => {
  let house: TestHouse;
  let scene: CustodyScene;
  let browser: Browser;
  let lot: string;
  let files: string;

  async function open(token: string, path: string): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ locale: 'zh-CN' });
    await context.addCookies([{ name: sessionCookie, value: token, url: scene.platform }]);
    const page = await context.newPage();
    await page.goto(scene.platform + path);
    return { context, page };
  }
  const tokenOf = async (login: string): Promise<string> => (await signIn(house, login)).token;
  const task = () => house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });

  beforeAll(async () => {
    house = await openHouse({ at: soon() });
    scene = await custodyScene(await makeTown(house));
    const { town } = scene;
    files = scene.folder(3);
    for (const index of [1, 2, 3]) mkdirSync(scene.folder(index), { recursive: true });
    for (const [n, name, login] of [
      [900, '宜昌市公证处', 'notary'],
      [901, '另一家公证处', 'other-notary'],
    ] as const)
      await house.perform(registerOrganisation, theSystem, {
        code: makeCode('420502', n),
        name,
        kinds: ['trustee'],
        region: '420500',
        legalRepresentative: '邓丽华',
        login,
        userName: login,
        password,
        demonstration: true,
      });
    const { signingShare } = town.shares[2] ?? { signingShare: '' };
    const { identity } = await newAgeIdentity();
    writeFileSync(
      join(files, 'key.age'),
      await sealTrusteeKey({ council: town.council.id, index: 3, signingShare, identity }, passphrase, 10),
    );
    writeFileSync(join(files, 'trust.json'), JSON.stringify(scene.trust));
    ({ lot } = await publishedLot(town));
    for (const [at, price] of ['17800000.00', '18000000.00', '18250000.00'].entries()) {
      const bidder = town.bidders[at];
      if (bidder) await submitSealed(town, lot, bidder, { price });
    }
    // the first answers by its program; the second's program witnesses, but its institution holds the lot; the third has none
    writeFileSync(custodianFiles(scene.folder(2)).holds, JSON.stringify({ [lot]: '本机构暂不参加' }));
    for (const index of [1, 2]) scene.start(index);
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await scene?.stop();
    await house?.close();
  });

  it('a regulator signs an order on its page, and lifts it there; what it signed stands in the journal', async () => {
    const { town } = scene;
    const pair = await newKeyPair();
    const csr = signingRequestPem(await createSigningRequest({ commonName: 'applicant' }, pair));
    const { result } = await house.perform(issueCertificateAct, town.regulator.actor, { csr });
    const [certificate, ...chain] = readCertificates(`${result.certificate}${result.chain}`);
    if (!certificate) throw new Error('no certificate');
    const keyFile = {
      name: 'key.p12',
      mimeType: 'application/x-pkcs12',
      buffer: Buffer.from(await createKeyFile(pair.privateKey, certificate, chain, passphrase)),
    };
    const { context, page } = await open(await town.regulator.token(), `/supervision/lots/${lot}`);
    const sign = async (): Promise<void> => {
      await page.locator('#signer-file').setInputFiles(keyFile);
      await page.locator('#signer-passphrase').fill(passphrase);
      await page.locator('#order button[type=submit]').click();
    };
    await page.locator('textarea[name=reason]').fill('收到投诉，需核实');
    await page.locator('input[name=ground]').fill('招标投标法实施条例第六十二条');
    await sign();
    await eventually(town, 'the order', async () => (await house.em().count(SuspensionOrder, { lot, liftedAt: null })) === 1);
    await eventually(town, 'that two keep to it', async () => {
      await page.goto(`${scene.platform}/supervision/lots/${lot}`);
      return /2\/3 位托管人/.test(await page.locator('main').innerText());
    });
    expect(await page.locator('main').innerText()).toContain('其余托管人不足以开启');
    await page.locator('textarea[name=reason]').fill('投诉不成立');
    await sign();
    await eventually(town, 'the lifting', async () => (await house.em().count(SuspensionOrder, { lot, liftedAt: null })) === 0);
    await context.close();
  });

  it('is judged line by line in the browser, refused while something is wrong, and given when all is well', async () => {
    const { town } = scene;
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    // the platform's database claims that it is time, the journal knows of no such setting
    if (deadline) await house.clock.to(deadline);
    await eventually(town, 'the question', async () => (await house.em().count(CouncilTask, { lot })) === 1);
    const { context, page } = await open(await tokenOf('notary'), '/shares');
    await page
      .locator('#trustee-key')
      .setInputFiles({ name: 'key.age', mimeType: 'application/octet-stream', buffer: readFileSync(join(files, 'key.age')) });
    await page.locator('#trustee-passphrase').fill(passphrase);
    await page
      .locator('#trustee-trust')
      .setInputFiles({ name: 'trust.json', mimeType: 'application/json', buffer: readFileSync(join(files, 'trust.json')) });
    const lines = page.locator('[data-checks] li');
    const check = async (): Promise<string> => {
      await page.locator('[data-check]').click();
      await page.waitForFunction(() => !document.querySelector<HTMLButtonElement>('[data-check]')?.disabled);
      return (await lines.allInnerTexts()).join('\n');
    };
    await eventually(town, 'a judgement', async () => (await check()).includes('too-early'));
    expect(await page.locator('[data-give]').isVisible()).toBe(false);
    await house.perform(setClock, theSystem, { at: deadline });
    await eventually(town, 'all is well', async () => {
      await check();
      return page.locator('[data-give]').isVisible();
    });
    const said = (await lines.allInnerTexts()).join('\n');
    for (const line of ['日志只增不改', '没有在执行的暂停令', '投标截止时间已过', '开标名单正是日志中的投标', '每个信封'])
      expect(said).toContain(line);
    await page.locator('[data-give]').click();
    await eventually(town, 'the opening', async () => (await task()).combinedAt != null, scene.said);
    const given = (await house.em().find(CouncilShare, { task: (await task()).id })).map((share) => share.trustee);
    expect(given.sort()).toEqual([1, 3]);
    const memory = await page.evaluate(() => JSON.stringify(localStorage));
    expect(memory).toContain(`opening/${lot}/whole`);
    for (const secret of [passphrase, 'AGE-SECRET', town.shares[2]?.signingShare ?? '?']) expect(memory).not.toContain(secret);
    await context.close();
  });

  it('is for trustees of that council alone: nobody else sees the task or its evidence', async () => {
    const { id } = await task();
    const other = house.api(await tokenOf('other-notary'));
    expect((await other.get('/shares')).body).toEqual({ asked: [] });
    expect((await other.get(`/shares/${id}`)).status).toBe(404);
    for (const who of [scene.town.agent, scene.town.regulator, scene.town.bidders[0]])
      if (who) expect((await (await who.api()).get(`/shares/${id}`)).status).toBe(403);
    expect((await house.api().get(`/shares/${id}`)).status).toBe(401);
  });
});
