import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { newId } from '../../src/kernel/ids.ts';
import { beginCeremony, packageHash } from '../../src/sealing/ceremony.ts';
import { type CeremonyTranscript, comparisonCode, saidOf, transcriptDigest } from '../../src/sealing/ceremony-messages.ts';
import { sealedDigest, sealShare } from '../../src/sealing/ceremony-shares.ts';
import type { KeyPair } from '../../src/sealing/signer.ts';
import { pageOf } from '../awards/scene.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, publishedLot } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { called, rounds, trusteesOf, type Voice, voicesOf } from './ceremony-scene.ts';

jest.setTimeout(60_000);
let house: TestHouse;
let town: Town;
let trustees: readonly Person[];

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 1 });
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as KeyPair;
  trustees = await trusteesOf(town, pair);
}, 120_000);
afterAll(() => house.close());

const begun = async (people = trustees): Promise<readonly [Voice, Voice, Voice]> => {
  const [one, two, three] = voicesOf(town, people, await called(town, people));
  if (!one || !two || !three) throw new Error('three are needed');
  return [one, two, three];
};
const standing = async (id: string) =>
  (await house.api().get(`/ceremonies/${id}`)).body as {
    state: string;
    culprit: number | null;
    waitingFor: number[];
    round: string | null;
    code: string;
  };
const problemOf = (answer: { body: unknown }): string => String((answer.body as { type?: string }).type).replace('/problems/', '');

describe('A key ceremony on the platform', () => {
  it('makes a council from its transcript alone; new lots are sealed to it, older ones stay with theirs', async () => {
    const before = await publishedLot(town);
    const voices = await begun();
    await rounds(voices, 4);
    const { id } = voices[0];
    expect(await standing(id)).toMatchObject({ state: 'formed', culprit: null, round: null });
    const { council } = (await house.api().get(`/councils/${id}`)).body as { council: { groupKey: string } };
    const made = await Promise.all(voices.map((voice) => voice.step()));
    for (const step of made) expect(step).toMatchObject({ kind: 'formed', made: { council } });
    const after = await publishedLot(town);
    const councilOf = async (lot: string): Promise<string> =>
      ((await house.api().get(`/lots/${lot}`)).body as { lot: { council: string } }).lot.council;
    expect(await councilOf(before.lot)).toBe(town.council.id);
    expect(await councilOf(after.lot)).toBe(id);
    const formed = await house
      .em()
      .execute<{ ceremony: string }[]>(
        `select body::jsonb #>> '{data,ceremony}' as ceremony from journal_event where type = 'council.formed' order by position desc limit 1`,
      );
    const transcript = await voices[0].transcript();
    const statements = transcript.messages.map(({ statement }) => statement);
    expect(formed[0]?.ceremony).toBe(transcriptDigest(transcript.call, statements, 'confirmation'));
  });

  it('can be rechecked by anybody from its public transcript, and a changed one is refuted', async () => {
    const [first] = (await house.api().get('/ceremonies')).body.ceremonies as { call: { id: string } }[];
    const transcript = (await house.api().get(`/ceremonies/${first?.call.id}/transcript`)).body as CeremonyTranscript;
    expect((await verifyEvidence(transcript)).result).toBe('verified');
    const [message, ...others] = transcript.messages;
    if (message?.statement.kind !== 'hash') throw new Error('the first word is a hash');
    const changed = {
      ...transcript,
      messages: [{ ...message, statement: { ...message.statement, packageHash: 'A'.repeat(43) } }, ...others],
    };
    expect((await verifyEvidence(changed)).result).toBe('refuted');
    expect((await verifyEvidence({ ...transcript, call: { ...transcript.call, name: '另一个委员会' } })).result).toBe('refuted');
    expect((await verifyEvidence({ ...transcript, messages: transcript.messages.slice(0, 5) })).result).toBe('verified');
  });

  it('is shown to everybody as it goes on, the sealed shares to their receiver alone', async () => {
    const voices = await begun();
    await rounds(voices, 3);
    const { id } = voices[0];
    expect(await standing(id)).toMatchObject({ state: 'open', round: 'confirmation', waitingFor: [1, 2, 3] });
    const page = await pageOf(house, null, `/ceremonies/${id}`);
    const transcript = await voices[0].transcript();
    const code = comparisonCode(
      transcript.call,
      transcript.messages.map(({ statement }) => statement),
    );
    for (const said of [code, '确认', trustees[0]?.actor.organisationName ?? '?']) expect(page.text).toContain(said);
    const shares = await voices[0].shares();
    expect(shares.map(({ from, to }) => [from, to])).toEqual([
      [2, 1],
      [3, 1],
    ]);
    for (const { sealed } of shares) for (const text of [page.text, JSON.stringify(transcript)]) expect(text).not.toContain(sealed);
    expect((await house.api().get(`/ceremonies/${id}/shares`)).status).toBe(401);
    expect((await (await town.agent.api()).get(`/ceremonies/${id}/shares`)).status).toBe(403);
    const desk = await pageOf(house, trustees[0] ?? null, `/ceremonies/${id}`);
    expect(desk.text).toContain(`data-ceremony="${id}"`);
    expect(page.text).not.toContain('data-ceremony=');
  });

  it('is called by the administrator, from two to nine trustee institutions, each once, more than half of whom open', async () => {
    const api = await town.administrator.api();
    const codes = trustees.map((each) => each.actor.code);
    const call = (body: object) => api.post('/ceremonies', { name: '委员会', threshold: 2, trustees: codes, ...body });
    expect(problemOf(await call({ threshold: 4 }))).toBe('ceremony-size');
    expect(problemOf(await call({ threshold: 1 }))).toBe('invalid-input');
    expect(problemOf(await call({ trustees: [codes[0], codes[0]] }))).toBe('ceremony-size');
    expect(problemOf(await call({ trustees: [codes[0], town.agent.actor.code] }))).toBe('ceremony-trustees-unknown');
    expect((await call({ threshold: 3 })).status).toBe(201);
    for (const other of [town.agent, town.regulator, trustees[0]])
      expect((await (await (other as Person).api()).post('/ceremonies', { name: '委员会', threshold: 2, trustees: codes })).status).toBe(
        403,
      );
  });
});

describe('Attack: a trustee leaves in the ceremony', () => {
  it('it is named as awaited, the administrator ends it with a reason, and no council comes of it', async () => {
    const voices = await begun();
    await rounds(voices, 1);
    await voices[0].go();
    await voices[1].go();
    const { id } = voices[0];
    expect(await standing(id)).toMatchObject({ state: 'open', round: 'package', waitingFor: [3] });
    const api = await town.administrator.api();
    expect((await (await town.agent.api()).post(`/ceremonies/${id}/end`, { reason: '不再响应' })).status).toBe(403);
    expect((await api.post(`/ceremonies/${id}/end`, { reason: '不再响应' })).status).toBe(201);
    expect(await standing(id)).toMatchObject({ state: 'abandoned' });
    const step = await voices[2].step();
    if (step.kind !== 'say') throw new Error('it would speak');
    expect(await voices[2].say(step.statement)).toBe('ceremony-over');
    expect((await house.api().get(`/councils/${id}`)).status).toBe(404);
    expect(problemOf(await api.post(`/ceremonies/${id}/end`, { reason: '再次' }))).toBe('ceremony-over');
  });
});

describe('Attack: a rushing trustee', () => {
  it('cannot show a package before every hash stands, nor another one than it hashed', async () => {
    const [one, two, three] = await begun();
    await one.go();
    await two.go();
    const early = await three.step();
    if (early.kind !== 'say' || early.statement.kind !== 'hash' || !three.secret) throw new Error('a hash is due');
    const head = { format: early.statement.format, ceremony: three.id, index: 3, transcript: early.statement.transcript };
    expect(await three.say({ ...head, kind: 'package', package: three.secret.package })).toBe('ceremony-out-of-turn');
    await three.go();
    await one.go();
    await two.go();
    const due = await three.step();
    if (due.kind !== 'say' || due.statement.kind !== 'package') throw new Error('a package is due');
    const adapted = beginCeremony(3, { threshold: 2, trustees: 3 }).package;
    expect(packageHash(adapted)).not.toBe(early.statement.packageHash);
    expect(await three.say({ ...due.statement, package: adapted })).toBe('ceremony-package-refused');
  });
});

describe('Attack: a faulty share', () => {
  it('the complaint names who dealt it, for everybody, and the ceremony ends without a key', async () => {
    const [one, two, three] = await begun();
    await rounds([one, two, three], 2);
    await one.go();
    await two.go();
    const step = await three.step();
    if (step.kind !== 'say' || step.statement.kind !== 'shares') throw new Error('shares are due');
    const recipient =
      saidOf(
        (await three.transcript()).messages.map(({ statement }) => statement),
        'hash',
      )[0]?.recipient ?? '';
    const wrong = await sealShare({ from: 3, to: 1, signingShare: 'AQ'.padEnd(43, 'A') }, recipient);
    const sealed = step.sealed.map((each) => (each.to === 1 ? { ...each, sealed: wrong } : each));
    const shares = sealed.map(({ to, sealed: text }) => ({ to, sha256: sealedDigest(text) }));
    expect(await three.say({ ...step.statement, shares }, sealed)).toBe('open');
    expect(await two.go()).toMatchObject({ kind: 'confirm' });
    expect(await one.go()).toMatchObject({ kind: 'complain' });
    expect(await standing(one.id)).toMatchObject({ state: 'failed', culprit: 3 });
    expect(await two.step()).toMatchObject({ kind: 'failed', culprit: 3, complainer: 1 });
    expect((await verifyEvidence(await one.transcript())).notes.map(({ zh }) => zh).join()).toContain('第 3 席');
    expect((await pageOf(house, null, `/ceremonies/${one.id}`)).text).toContain('第 3 席的份额不成立');
    expect((await house.api().get(`/councils/${one.id}`)).status).toBe(404);
  });

  it('whoever complains about a right share is named itself', async () => {
    const [one, two, three] = await begun();
    await rounds([one, two, three], 3);
    const step = await one.step();
    if (step.kind !== 'confirm' || !one.secret) throw new Error('a confirmation is due');
    const [from2] = await one.shares();
    const { council: _council, kind: _kind, ...head } = step.statement;
    expect(await one.say({ ...head, kind: 'complaint', against: 2, sealed: from2?.sealed ?? '', identity: one.secret.identity })).toBe(
      'failed',
    );
    expect(await standing(one.id)).toMatchObject({ state: 'failed', culprit: 1 });
  });
});

describe('Attack: the platform shows one trustee something else', () => {
  it('another share than was dealt is held against the platform: the trustee says nothing more', async () => {
    const [one, two, three] = await begun();
    await rounds([one, two, three], 3);
    const [other] = await two.shares();
    await house
      .em()
      .execute('update ceremony_share set sealed = ? where ceremony = ? and "from" = 2 and "to" = 1', [other?.sealed ?? '', one.id]);
    await expect(one.step()).rejects.toMatchObject({ problem: 'ceremony-relay-altered' });
  });
  it('other messages: what was signed is not what is shown, and without that no confirmation fits', async () => {
    const [one, two, three] = await begun();
    await rounds([one, two, three], 2);
    const real = await one.transcript();
    const other = await begun();
    await rounds(other, 2);
    const strange = await other[0].transcript();
    await expect(one.step(strange)).rejects.toMatchObject({ problem: 'ceremony-not-the-one-joined' });
    const spliced = { ...real, messages: real.messages.map((message, at) => (at === 5 ? (strange.messages[5] ?? message) : message)) };
    await expect(one.step(spliced)).rejects.toMatchObject({ problem: 'ceremony-out-of-turn' });
    const cut = { ...real, messages: real.messages.slice(0, 5) };
    const step = await two.step(cut);
    // shown less than there is, it waits and signs nothing
    expect(step.kind).toBe('wait');
    expect(three.id).toBe(one.id);
  });
});

describe('Attack: somebody else speaks', () => {
  it('another institution, another account, or a certificate of another: refused', async () => {
    const [one, two] = await begun();
    const step = await one.step();
    if (step.kind !== 'say') throw new Error('a hash is due');
    expect(await one.say(step.statement, [], two.person)).toBe('not-this-trustee');
    expect(await one.say(step.statement, [], town.agent)).toBe('not-permitted');
    const signature = Buffer.from('nonsense').toString('base64');
    const answer = await (await one.person.api()).post(`/ceremonies/${one.id}/messages`, {
      statement: step.statement,
      signature,
      sealed: [],
    });
    expect(problemOf(answer)).toBe('ceremony-message-unsigned');
    expect(await standing(one.id)).toMatchObject({ waitingFor: [1, 2, 3] });
  });
  it('a message of another ceremony, or the same one twice: refused', async () => {
    const [one] = await begun();
    const step = await one.step();
    if (step.kind !== 'say') throw new Error('a hash is due');
    const [elsewhere] = await begun();
    elsewhere.secret = null;
    expect(await elsewhere.say(step.statement)).toBe('ceremony-out-of-turn');
    expect(await one.say(step.statement)).toBe('open');
    expect(await one.say(step.statement)).toBe('ceremony-out-of-turn');
  });
  it('a witness under a name that belongs to another key is refused: it would silence the other', async () => {
    const [one, two] = await begun();
    const [known] = await house.em().execute<{ vkey: string }[]>('select vkey from journal_witness where name = ?', ['witness-1.example']);
    const step = await one.step();
    if (step.kind !== 'say' || step.statement.kind !== 'hash') throw new Error('a hash is due');
    const name = step.statement.witness.split('+')[0] ?? '';
    expect(await one.say({ ...step.statement, witness: step.statement.witness.replace(name, 'witness-1.example') })).toBe(
      'not-a-witness-key',
    );
    expect(await one.say({ ...step.statement, witness: known?.vkey ?? '' })).toBe('open');
    const second = await two.step();
    if (second.kind !== 'say' || second.statement.kind !== 'hash') throw new Error('a hash is due');
    expect(await two.say({ ...second.statement, witness: known?.vkey ?? '' })).toBe('ceremony-witness-taken');
  });
  it('an unknown ceremony is not there', async () => {
    expect((await house.api().get(`/ceremonies/${newId(await houseNow(house))}`)).status).toBe(404);
  });
});
