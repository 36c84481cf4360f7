import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { signIn } from '../parties/people.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { aProject, at, type Cast, cast, draftedLot, publishedLot, withCouncil } from './scene.ts';

let house: TestHouse;
let people: Cast;
let csrf: string;
let token: string;
beforeAll(async () => {
  house = await openHouse({ at: at('2031-11-01T09:00') });
  people = await cast(house);
  await withCouncil(house);
  ({ csrf, token } = await signIn(house, people.people.agent.login));
});
afterAll(() => house.close());

/** As a browser without script does it: cookies, forms, redirects. */
const page = (path: string) => request(house.app).get(path).set('cookie', `yg_session=${token}`);
const sendForm = (path: string, fields: Readonly<Record<string, string | readonly string[]>>) =>
  request(house.app)
    .post(path)
    .set('cookie', `yg_session=${token}`)
    .type('form')
    .send({ _csrf: csrf, ...fields });
const multipart = (path: string, fields: Readonly<Record<string, string>>, file?: string) => {
  const sent = request(house.app).post(path).set('cookie', `yg_session=${token}`).field('_csrf', csrf);
  for (const [name, value] of Object.entries(fields)) sent.field(name, value);
  return file === undefined
    ? sent
    : sent.attach('document', Buffer.from(file), { filename: '招标文件.pdf', contentType: 'application/pdf' });
};
const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('The wizard in a browser without script', () => {
  it('goes from a project to a published notice, step by step', async () => {
    const { tenderee, ...fields } = aProject(people);
    const project = await sendForm('/projects', { ...fields, tenderee });
    expect(project.status).toBe(303);
    const lot = await sendForm(`${project.headers.location}/lots`, { name: '一标段' });
    expect(lot.headers.location).toMatch(/^\/lots\/[0-9a-f-]+\/draft$/);
    const at = String(lot.headers.location).replace('/draft', '');
    const steps: readonly Readonly<Record<string, string>>[] = [
      {
        name: '教学楼工程施工',
        subject: 'works',
        description: '五层教学楼',
        scope: '全部',
        place: '西陵区',
        periodDays: '240',
        quality: '合格',
        contactPerson: '王工',
        contactPhone: '0717-1',
      },
      { estimate: '10,000,000.00', ceiling: '9800000', security: '' },
      { documentsUntil: '2031-11-06T17:00', deadline: '2031-11-21T09:30', bidValidityDays: '90' },
      {
        qualification: '施工总承包叁级\r\n\r\n注册建造师',
        consortium: 'no',
        'items[0][id]': 'qualification',
        'items[0][name]': '资格条件',
        'items[0][says]': '不具备资格',
        'items[1][id]': '',
        'items[1][name]': '',
        'items[1][says]': '',
      },
      {
        priceFull: '60',
        benchmark: 'blend',
        blendWeights: '0.6',
        dropRule: 'one',
        discounts: '1%、2%',
        above: '1',
        below: '0.5',
        priceFloor: '0',
        trimFrom: '5',
        candidates: '3',
        'criteria[0][id]': 'plan',
        'criteria[0][name]': '施工方案',
        'criteria[0][says]': '',
        'criteria[0][kind]': 'subjective',
        'criteria[0][max]': '27.5',
        'criteria[1][name]': '业绩',
        'criteria[1][kind]': 'objective',
        'criteria[1][max]': '12.5',
        'criteria[2][name]': '',
        'criteria[2][kind]': '',
        'criteria[2][max]': '',
      },
      {
        panelSize: '5',
        panelExperts: '4',
        publicityDays: '3',
        'seats[0][specialty]': 'A08',
        'seats[0][count]': '4',
        'seats[0][reserve]': '',
        'seats[1][specialty]': '',
        'seats[1][count]': '',
      },
    ];
    for (const [index, fields] of steps.entries()) {
      const saved = await sendForm(`${at}/draft`, { step: String(index + 1), ...fields });
      expect([index + 1, saved.status, saved.headers.location]).toEqual([index + 1, 303, `${at}/draft?step=${index + 2}`]);
    }
    expect((await multipart(`${at}/documents`, { name: '', supersedes: '' }, '招标文件')).headers.location).toBe(`${at}/draft?step=7`);
    const last = await page(`${at}/draft?step=7`);
    expect(textOf(last.text)).toContain('内容已齐');
    expect(textOf(last.text)).toContain('不能修改或撤回');
    expect((await sendForm(`${at}/notice`, {})).status).toBe(409);
    expect(textOf(last.text)).toContain('这套办法会怎样');
    expect((await sendForm(`${at}/notice`, { acknowledged: ['lower-price-loses', 'loser-decides'] })).headers.location).toBe(at);
    const { body } = await house.api().get(at);
    expect(body.terms).toMatchObject({
      qualification: ['施工总承包叁级', '注册建造师'],
      items: [{ id: 'qualification', title: { zh: '资格条件', en: 'Qualification' }, says: { zh: '不具备资格' } }],
      criteria: [
        { id: 'plan', max: '27.5' },
        { id: 'c2', max: '12.5', kind: 'objective' },
      ],
      method: {
        price: { benchmark: { kind: 'blend', weight: '0.6', drop: { highestFrom: 4, lowestFrom: 7 }, discount: { drawn: '下浮率' } } },
      },
      parameters: [{ name: '下浮率', choices: ['1%', '2%'] }],
      panel: { seats: [{ specialty: 'A08', count: 4, reserve: 2, title: { zh: '工程施工' } }] },
      security: null,
      ceiling: '9800000.00',
    });
  });

  it('a refusal shows the step again: the rule and its source beside the field, everything typed still there', async () => {
    const lot = await draftedLot(house, people);
    const refused = await sendForm(`/lots/${lot}/draft`, { step: '2', estimate: '5000000', ceiling: '4900000', security: '100000.01' });
    expect(refused.status).toBe(409);
    const said = textOf(refused.text);
    expect(said).toContain('投标保证金不得超过招标项目估算价的2%');
    expect(said).toContain('第26条');
    expect(refused.text).toContain('CON-BOND');
    expect(refused.text).toContain('value="100000.01"');
    expect(refused.text).toContain('aria-invalid="true"');
    const rows = await sendForm(`/lots/${lot}/draft`, {
      step: '5',
      'criteria[0][name]': '我写的评分项',
      'criteria[0][max]': '12.345',
      'criteria[0][kind]': 'subjective',
    });
    expect(rows.status).toBe(422);
    expect(rows.text).toContain('value="我写的评分项"');
    expect(rows.text).toContain('value="12.345"');
    expect(textOf(rows.text)).toContain('最多两位小数');
  });

  it('a form without this session’s token changes nothing', async () => {
    const lot = await draftedLot(house, people);
    const forged = await sendForm(`/lots/${lot}/draft`, { _csrf: 'forged', step: '1', place: '别处' });
    expect(forged.status).toBe(403);
    expect((await house.api(people.agent).get(`/lots/${lot}/draft`)).body.draft.place).toBe('宜昌市西陵区');
  });

  it('another method brings its usual parameters; what the same save says goes before them', async () => {
    const lot = await draftedLot(house, people);
    const draft = async () => (await house.api(people.agent).get(`/lots/${lot}/draft`)).body.draft;
    await sendForm(`/lots/${lot}/draft`, { step: '5', go: 'stay', method: 'comprehensive-ratio' });
    expect(await draft()).toMatchObject({ method: 'comprehensive-ratio', discounts: [], priceFull: '60' });
    await sendForm(`/lots/${lot}/draft`, { step: '5', go: 'stay', method: 'comprehensive-deviation', discounts: '2%' });
    expect(await draft()).toMatchObject({ method: 'comprehensive-deviation', discounts: ['2%'], benchmark: 'mean', dropRule: 'one' });
  });

  it.each([
    ['comprehensive-ratio', { price: { kind: 'ratio', full: '60' }, rank: 'score' }, []],
    ['lowest-evaluated', { price: null, criteria: [], rank: 'evaluated-price' }, []],
    ['comprehensive-deviation', { price: { kind: 'deviation', benchmark: { discount: { drawn: '下浮率' } } }, rank: 'score' }, ['下浮率']],
  ])('a notice under %s carries the arithmetic that will be computed', async (method, expected, drawn) => {
    const lot = await publishedLot(house, people, { method });
    const { terms } = (await house.api().get(`/lots/${lot}`)).body;
    expect(terms.method).toMatchObject(expected);
    expect(terms.parameters.map((each: { name: string }) => each.name)).toEqual(drawn);
  });

  it('one discount is fixed, none is none', async () => {
    const fixed = await publishedLot(house, people, { discounts: ['2.5%'] });
    expect((await house.api().get(`/lots/${fixed}`)).body.terms).toMatchObject({
      parameters: [],
      method: { price: { benchmark: { discount: '0.025' } } },
    });
    const without = await publishedLot(house, people, { discounts: [] });
    expect((await house.api().get(`/lots/${without}`)).body.terms.method.price.benchmark).not.toHaveProperty('discount');
  });
});
