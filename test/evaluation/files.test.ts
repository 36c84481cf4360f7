import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { declareRecusal } from '../../src/evaluation/declare-recusal.ts';
import { readNote } from '../../src/evaluation/note.ts';
import { DeskNote, PanelMember } from '../../src/evaluation/schema.ts';
import { readAtRest } from '../../src/sealing/at-rest.ts';
import { sessionCookie } from '../../src/web/sessions.ts';
import { panelAtWork } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { priceList, workbookOf } from './workbooks.ts';

const hostile = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.domain)</script></svg>';
const pdf = '%PDF-1.7 施工组织设计';

describe('A bidder’s files at the desk', () => {
  let house: TestHouse;
  let town: Town;
  let lot: string;
  let bid: string;
  let member: Person;
  const path = (index: number) => `/lots/${lot}/bids/${bid}/files/${index}`;
  const page = async (address: string, who: Person = member) =>
    request(house.app)
      .get(address)
      .set('cookie', `${sessionCookie}=${await who.token()}`);
  const desk = async (query: string) => page(`/lots/${lot}/evaluation?view=review&bid=${bid}${query}`);

  beforeAll(async () => {
    house = await openHouse({ at: soon() });
    town = await makeTown(house);
    const huge = Array.from({ length: 5000 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`).join('');
    const files = [
      { name: '施工组织设计.pdf', content: pdf },
      { name: '平面图.svg', content: hostile },
      { name: '伪装.pdf', content: `<!doctype html>${hostile}` },
      { name: '清单.xlsx', content: await priceList() },
      { name: '大表.xlsx', content: await workbookOf([{ name: 'x', xml: huge }]) },
      { name: '单价.csv', content: '项目,单价\n<script>alert(1)</script>,=1+1\n' },
      { name: '不是表.xlsx', content: 'PK\x03\x04 nothing' },
    ].map((file) => ({ ...file, field: 'technical' }));
    const needed = { field: 'qualification', name: '资格审查资料.zip', content: 'PK' };
    const others = ['18000000.00', '18250000.00'].map((price) => ({ price }));
    const opened = await openedLot(town, { offers: [{ price: '17800000.00', files: [...files, needed] }, ...others] });
    lot = opened.lot;
    bid = opened.bids[0] ?? '';
    const [first] = await panelAtWork(town, lot);
    if (!first) throw new Error('nobody sits');
    member = first.person;
  }, 120_000);
  afterAll(() => house.close());

  it('a PDF is shown in a frame of our own, as a PDF and as nothing else', async () => {
    expect((await desk('&file=0')).text).toContain(`<iframe class="desk-frame" src="${path(0)}/view"`);
    const shown = await page(`${path(0)}/view`);
    expect([shown.status, shown.type]).toEqual([200, 'application/pdf']);
    expect(shown.headers).toMatchObject({
      'content-disposition': expect.stringMatching(/^inline; /),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(Buffer.from(shown.body as Uint8Array).toString()).toBe(pdf);
  });

  it('a drawing with a script and a page called PDF are never shown: only to be saved, without a type', async () => {
    for (const index of [1, 2]) {
      expect((await page(`${path(index)}/view`)).status).toBe(404);
      const { text } = await desk(`&file=${index}`);
      expect(text).not.toContain('<iframe');
      expect(text).not.toContain('alert(document.domain)');
      const saved = await page(path(index));
      expect([saved.status, saved.type]).toEqual([200, 'application/octet-stream']);
      expect(saved.headers['content-disposition']).toMatch(/^attachment; /);
    }
    expect((await desk('&file=2')).text).toContain('文件内容与扩展名不符');
  });

  it('a price list is a table in the page, and nothing of it is markup or computed', async () => {
    const { text } = await desk('&file=3');
    expect(text).toContain('<th scope="row">2</th><td>土方开挖</td>');
    expect(text).toContain('成本测算（隐藏）');
    expect(text).toContain('title="公式 &#61;HYPERLINK(&#34;https://evil.example/&#34;,&#34;点我&#34;)"');
    expect(text).not.toContain('href="https://evil.example');
    const csv = (await desk('&file=5')).text;
    expect(csv).toContain('<td>&#60;script&#62;alert(1)&#60;/script&#62;</td><td>&#61;1+1</td>');
    // spreadsheets have no address under which a browser would open them here
    expect((await page(`${path(3)}/view`)).status).toBe(404);
  });

  it('a sheet without end is cut off, a workbook that is none is offered for download', async () => {
    const { text } = await desk('&file=4');
    expect(text.match(/<th scope="row">/g)?.length).toBe(400);
    expect(text.length).toBeLessThan(120_000);
    expect((await desk('&file=6')).text).toContain('这个表格不能在页面内显示');
  });

  it('nobody else reaches them: not the host, not the bidder, not an expert of no seat, not a member that has not declared', async () => {
    const stranger = town.experts.find((each) => each !== member && each.actor.expert !== null);
    const seats = new Set((await house.em().find(PanelMember, { lot })).map((row) => row.expert));
    const outside = town.experts.find((each) => !seats.has(each.actor.expert)) ?? stranger;
    for (const who of [town.agent, town.bidders[0], outside, town.regulator]) {
      if (!who) throw new Error('the town is empty');
      for (const address of [path(0), `${path(0)}/view`]) expect([403, 404]).toContain((await page(address, who)).status);
    }
    expect((await request(house.app).get(`${path(0)}/view`)).status).toBe(303);
    const row = await house.em().findOneOrFail(PanelMember, { lot, expert: member.actor.expert });
    await house.em().nativeUpdate(PanelMember, { id: row.id }, { declaredAt: null });
    expect((await page(`${path(0)}/view`)).status).toBe(404);
    await house.em().nativeUpdate(PanelMember, { id: row.id }, { declaredAt: row.declaredAt });
    // a file of another bid under this address, and a place where there is none
    expect((await page(`${path(99)}/view`)).status).toBe(404);
  });

  describe('what a member notes for itself', () => {
    const text = '报价明显低于成本，询问现场经费';
    const keep = async (who: Person, said: string, of = bid) =>
      house.api(await who.token()).post(`/lots/${lot}/notes`, { bid: of, text: said });
    const rows = () => house.em().find(DeskNote, {});

    it('it alone reads; the database holds it sealed and the journal holds nothing of it', async () => {
      expect((await keep(member, text)).status).toBe(201);
      expect((await desk('')).text).toContain(text);
      const [row] = await rows();
      expect(row?.sealed).not.toContain(text);
      expect(Buffer.from(row?.sealed ?? '', 'base64url').toString()).not.toContain('报价');
      const journal = await house.em().execute<{ body: string }[]>('select body from journal_event');
      expect(journal.some(({ body }) => body.includes('note.kept'))).toBe(true);
      for (const { body } of journal) expect(body).not.toContain('报价明显');
      const others = (await house.em().find(PanelMember, { lot })).map(({ expert }) =>
        town.experts.find((each) => each.actor.expert === expert),
      );
      for (const who of [...others, town.agent, town.regulator, town.centre]) {
        if (!who || who === member) continue;
        expect(JSON.stringify((await house.api(await who.token()).get(`/lots/${lot}/evaluation?bid=${bid}`)).body)).not.toContain(
          '报价明显',
        );
      }
    });

    it('cannot be moved to another bid or member, nor read under another key', async () => {
      const [row] = await rows();
      if (!row) throw new Error('there is no note');
      expect(readNote(row.sealed, row.member, row.submission)).toBe(text);
      expect(readNote(row.sealed, row.member, row.member)).toBeUndefined();
      expect(readNote(row.sealed, row.submission, row.submission)).toBeUndefined();
      expect(readAtRest(row.sealed, new Uint8Array(32), `desk-note/${row.member}/${row.submission}`)).toBeUndefined();
    });

    it('only a member keeps one, of a bid of this lot; an empty one takes it away; and it goes with the member', async () => {
      expect((await keep(town.agent, text)).status).toBe(404);
      expect((await keep(member, text, lot)).status).toBe(422);
      expect((await keep(member, ' ')).status).toBe(201);
      expect(await rows()).toEqual([]);
      await keep(member, text);
      await house.perform(declareRecusal, member.actor, { lot, recuses: true, ground: '发现利害关系' });
      expect(await rows()).toEqual([]);
    });
  });
});
