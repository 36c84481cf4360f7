import { launchChromium } from './test/support/chromium.ts';
const base = 'http://localhost:4310';
const [, , login, role, ...paths] = process.argv;
const browser = await launchChromium();
for (const [lang, width] of [['zh', 1440], ['zh', 390], ['en', 1440], ['en', 390]] as const) {
  if (process.env.ONLY && !process.env.ONLY.split(',').includes(`${lang}${width}`)) continue;
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  if (login !== '-') {
    await page.goto(`${base}/session`);
    await page.fill('input[name=login]', login ?? '');
    await page.fill('input[name=password]', process.env.PW ?? '');
    await page.click('form button[type=submit]');
    await page.waitForLoadState();
    if (page.url().includes('role')) console.log('role page', page.url());
  }
  await context.addCookies([{ name: 'lang', value: lang, url: base }]);
  for (const [n, path] of paths.entries()) {
    const response = await page.goto(`${base}${path}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    const name = `/tmp/look/${role}-${n}-${lang}-${width}.png`;
    await page.screenshot({ path: name, fullPage: true });
    console.log(response?.status(), path, name, wide ? 'OVERFLOWS' : '');
  }
  await context.close();
}
await browser.close();
