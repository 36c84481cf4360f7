import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { noteKeyTypes, noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { parseMoment } from '../../src/kernel/clock-fields.ts';
import { formCouncil } from '../../src/openings/form-council.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import { administrator, type Person, password, registered, signIn } from '../parties/people.ts';
import type { TestHouse } from '../support/house.ts';

/** Beijing time. */
export const at = (text: string): Instant => {
  const read = parseMoment(text);
  if (read === undefined) throw new Error(text);
  return read;
};

export interface Cast {
  readonly agent: string;
  readonly otherAgent: string;
  readonly tenderee: string;
  readonly bidder: string;
  readonly secondBidder: string;
  /** watches over Yichang */
  readonly regulator: string;
  /** watches over Wuhan, where none of these tenders lies */
  readonly foreignRegulator: string;
  readonly centre: string;
  readonly administrator: string;
  readonly people: Readonly<Record<'agent' | 'otherAgent' | 'tenderee' | 'bidder' | 'secondBidder' | 'regulator' | 'centre', Person>>;
}

/** Everyone around a tender, registered and signed in: their bearer tokens. */
export async function cast(house: TestHouse): Promise<Cast> {
  const people = {
    agent: await registered(house, 1, ['agent']),
    otherAgent: await registered(house, 2, ['agent']),
    tenderee: await registered(house, 3, ['tenderee']),
    bidder: await registered(house, 4, ['bidder']),
    secondBidder: await registered(house, 5, ['bidder']),
    regulator: await registered(house, 6, ['regulator']),
    centre: await registered(house, 7, ['centre']),
  };
  const { code } = people.regulator;
  for (const [login, region] of [
    ['watcher', '420500'],
    ['far-watcher', '420100'],
  ] as const)
    await house.perform(enrolUser, theSystem, { login, password, userName: login, role: 'regulator', organisation: code, region });
  const token = async (person: { login: string }): Promise<string> => (await signIn(house, person.login)).token;
  return {
    agent: await token(people.agent),
    otherAgent: await token(people.otherAgent),
    tenderee: await token(people.tenderee),
    bidder: await token(people.bidder),
    secondBidder: await token(people.secondBidder),
    regulator: await token({ login: 'watcher' }),
    foreignRegulator: await token({ login: 'far-watcher' }),
    centre: await token(people.centre),
    administrator: await token({ login: await administrator(house) }),
    people,
  };
}

const councilFile = join(import.meta.dirname, '../vectors/council.json');

/** Puts the council of the vectors into use: bids of later notices are sealed to it. */
export async function withCouncil(house: TestHouse): Promise<string> {
  const { council } = JSON.parse(readFileSync(councilFile, 'utf8')) as { council: { id: string } };
  const witness = noteSigner('witness.example', crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature);
  await house.perform(formCouncil, theSystem, { council, witnesses: [printVerifierKey(witness)] });
  return council.id;
}

export const aProject = (cast: Cast, more: object = {}) => ({
  name: '宜昌市第三中学教学楼工程',
  line: 'construction',
  approvalNumber: '宜发改审批〔2026〕118号',
  approvedBy: '宜昌市发展和改革委员会',
  funds: '市级财政资金',
  estimate: '10000000.00',
  region: '420502',
  tenderee: cast.people.tenderee.code,
  ...more,
});

/** Everything a new lot does not already start with; keeps every rule when published on 1 November 2031. */
export const aDraft = (more: object = {}) => ({
  description: '新建教学楼一栋，地上五层，建筑面积 6,200 平方米。',
  scope: '施工图范围内的土建、安装和室外工程。',
  place: '宜昌市西陵区',
  periodDays: 240,
  contactPerson: '王工',
  contactPhone: '0717-6000001',
  estimate: '10000000.00',
  ceiling: '9800000.00',
  security: '200000.00',
  documentsUntil: '2031-11-06T17:00',
  deadline: '2031-11-21T09:30',
  qualification: '具备建筑工程施工总承包叁级及以上资质\n项目经理具备建筑工程专业二级及以上注册建造师资格',
  ...more,
});

/** A lot of a fresh project, as a draft. */
export async function draftedLot(house: TestHouse, cast: Cast, more: object = {}): Promise<string> {
  const api = house.api(cast.agent);
  const project = await api.post('/projects', aProject(cast));
  if (project.status !== 201) throw new Error(JSON.stringify(project.body));
  const lot = await api.post(`/projects/${project.body.project}/lots`, { name: '宜昌市第三中学教学楼工程施工' });
  if (lot.status !== 201) throw new Error(JSON.stringify(lot.body));
  const saved = await api.post(`/lots/${lot.body.lot}/draft`, aDraft(more));
  if (saved.status !== 201) throw new Error(JSON.stringify(saved.body));
  return lot.body.lot as string;
}

/** Sends a document as a browser does. */
export const uploaded = (house: TestHouse, token: string, path: string, text: string, fields: Readonly<Record<string, string>> = {}) => {
  const sent = request(house.app).post(`/api${path}`).set('authorization', `Bearer ${token}`).set('accept', 'application/json');
  for (const [name, value] of Object.entries(fields)) sent.field(name, value);
  return sent.attach('document', Buffer.from(text), { filename: '招标文件.pdf', contentType: 'application/pdf' });
};

/** What the method of a draft does, as its host is shown it before publishing. */
export async function shownFindings(house: TestHouse, token: string, lot: string): Promise<readonly string[]> {
  const { preview } = (await house.api(token).get(`/lots/${lot}/draft?step=7`)).body as { preview: { findings: { id: string }[] } | null };
  return (preview?.findings ?? []).map(({ id }) => id);
}

/** A lot whose notice is out. */
export async function publishedLot(house: TestHouse, cast: Cast, more: object = {}): Promise<string> {
  const lot = await draftedLot(house, cast, more);
  const document = await uploaded(house, cast.agent, `/lots/${lot}/documents`, `招标文件 ${lot}`);
  if (document.status !== 201) throw new Error(JSON.stringify(document.body));
  const published = await house.api(cast.agent).post(`/lots/${lot}/notice`, { acknowledged: await shownFindings(house, cast.agent, lot) });
  if (published.status !== 201) throw new Error(JSON.stringify(published.body));
  return lot;
}
