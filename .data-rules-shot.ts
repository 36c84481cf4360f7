import { launchChromium } from './test/support/chromium.ts';
const base = 'http://localhost:4340';
const browser = await launchChromium();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
await page.goto(`${base}/session`);
await page.fill('input[name=login]', 'admin');
await page.fill('input[name=password]', 'Sunlight-2026');
await page.click('form[action="/session"] button[type=submit]');
await page.waitForLoadState();
console.log(page.url());
const have = (await (await context.request.get(`${base}/api/rules/local`)).json()).overrides.length;
async function set(key: string, value: string, region: string, line: string, reason: string) {
  await page.goto(`${base}/rules/local`);
  await page.selectOption('select[name=key]', key);
  await page.fill('input[name=value]', value);
  await page.selectOption('select[name=region]', region);
  await page.selectOption('select[name=line]', line);
  await page.fill('textarea[name=reason]', reason);
  await page.click('#set form button[type=submit]');
  await page.waitForLoadState();
}
if (have === 0) {
  await set('con.bidPeriod.min', '25', '420500', '', '《宜昌市公共资源交易管理办法》第十八条：招标文件自开始发出之日起不少于二十五日');
  await set('con.bond.maxRatio', '0.01', '420000', 'construction', '鄂政办发〔2026〕12号：投标保证金不得超过估算价的1%');
  await set('con.contract.max', '15', '', 'construction', '优化营商环境：缩短合同签订时间');
}
await page.goto(`${base}/rules/local`);
const [first] = (await (await context.request.get(`${base}/api/rules/local`)).json()).overrides;
const places: [string, string][] = [['local', '/rules/local'], ['one', `/rules/local/${first.id}`], ['rules', '/rules'], ['filtered', '/rules?line=construction&phase=publicity'], ['none', '/rules?phase=failed']];
for (const lang of ['zh', 'en']) {
  await context.addCookies([{ name: 'lang', value: lang, url: base }]);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const [name, path] of places) {
      await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      await page.screenshot({ path: `/tmp/shots/${name}-${lang}-${width}.png`, fullPage: name !== 'rules' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) console.log(name, lang, width, 'too wide', wide);
    }
  }
}
// a refusal
await page.setViewportSize({ width: 1440, height: 900 });
await page.goto(`${base}/rules/local?lang=zh`);
await page.selectOption('select[name=key]', 'con.bidPeriod.min');
await page.fill('input[name=value]', '15');
await page.selectOption('select[name=region]', '420500');
await page.fill('textarea[name=reason]', '想缩短');
await page.click('#set form button[type=submit]');
await page.waitForLoadState();
await page.screenshot({ path: '/tmp/shots/refused-zh-1440.png', fullPage: true });
await browser.close();
