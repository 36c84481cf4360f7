import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { checkLog, type Entry } from '../../src/custody/evaluations.ts';
import { custodianFiles } from '../../src/custody/files.ts';
import { checkHeeds, ordersAnswer } from '../../src/custody/heeds.ts';
import { printSignerKey } from '../../src/journal/checkpoint.ts';
import { setClock } from '../../src/journal/set-clock.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { later, systemClock } from '../../src/kernel/clock.ts';
import { giveShare } from '../../src/openings/give-share.ts';
import { type OrderStatement, orderDigest } from '../../src/openings/order.ts';
import { CouncilShare, CouncilTask, OrderHeed, SuspensionOrder } from '../../src/openings/schema.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import { evaluate, type Share } from '../../src/sealing/council.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { sealTrusteeKey } from '../../src/sealing/trustee-key.ts';
import { resumeOpening } from '../../src/supervision/resume-opening.ts';
import { suspendOpening } from '../../src/supervision/suspend-opening.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, publishedLot, submitSealed } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { addressOf, type CustodyScene, close, custodyScene, eventually, listening, lyingServer } from './scene.ts';
import { testAuthority, tlsFiles } from './tls.ts';

jest.setTimeout(60_000);
let house: TestHouse;
let town: Town;
let scene: CustodyScene;
const reason = '收到投诉，需核实';

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  scene = await custodyScene(await makeTown(house));
  ({ town } = scene);
}, 90_000);
afterAll(async () => {
  await scene.stop();
  await house.close();
});
beforeEach(() => {
  for (const index of [1, 2, 3]) mkdirSync(scene.folder(index), { recursive: true });
});

async function lotWithBids(): Promise<string> {
  const { lot } = await publishedLot(town);
  for (const [at, price] of ['17800000.00', '18000000.00', '18250000.00'].entries()) {
    const bidder = town.bidders[at];
    if (bidder) await submitSealed(town, lot, bidder, { price });
  }
  return lot;
}
async function toDeadline(lot: string): Promise<void> {
  const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
  // journalled, as on every sandbox: custodians reckon the same time by themselves
  if (deadline) await house.perform(setClock, theSystem, { at: deadline });
}
const logOf = (index: number): readonly Entry[] => {
  const check = checkLog(readFileSync(custodianFiles(scene.folder(index)).log, 'utf8'));
  if (!check.ok) throw new Error(`the log of ${index} is broken at ${check.line}`);
  return check.entries;
};
const refusals = (index: number): string[] => logOf(index).flatMap((entry) => (entry.what === 'refused' ? [String(entry.reason)] : []));
const taskOf = (lot: string) => house.em().findOne(CouncilTask, { lot, kind: 'opening' });
const combined = async (lot: string): Promise<boolean> => (await taskOf(lot))?.combinedAt != null;
const answeredBy = async (lot: string): Promise<number[]> => {
  const task = await taskOf(lot);
  return task ? (await house.em().find(CouncilShare, { task: task.id })).map((share) => share.trustee).sort() : [];
};

async function order(kind: 'suspend' | 'lift', lot: string) {
  const at = await houseNow(house);
  const standing = await house.em().findOne(SuspensionOrder, { lot, liftedAt: null });
  const whole = { format: 'yangguang/order/v1' as const, lot, authority: town.regulator.actor.code ?? '', reason, at };
  const ground = '实施条例第六十二条';
  const statement: OrderStatement =
    kind === 'suspend' ? { ...whole, kind, ground } : { ...whole, kind, lifts: orderDigest(standing?.statement ?? null) };
  const signature = Buffer.from(await signDetached(canonicalBytes(statement), await town.regulator.signer(), at)).toString('base64');
  await (kind === 'suspend'
    ? house.perform(suspendOpening, town.regulator.actor, { lot, reason, ground, at, signature })
    : house.perform(resumeOpening, town.regulator.actor, { lot, reason, at, signature }));
}

describe('Custodians against a server that lies', () => {
  it('a platform whose clock runs ahead gets nothing: it is too early by every custodian’s own clock', async () => {
    const programs = [1, 2, 3].map((index) => scene.start(index));
    const lot = await lotWithBids();
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    // the database believes it is time; no setting of the clock stands in the journal
    if (deadline) await house.clock.to(deadline);
    await eventually(town, 'three refusals', () => [1, 2, 3].every((index) => refusals(index).includes('too-early')), scene.said);
    expect(await answeredBy(lot)).toEqual([]);
    // in the middle of the session an order comes: each says, signed, that it keeps to it, and refuses also when it is time
    await order('suspend', lot);
    await eventually(town, 'three that heed', async () => (await house.em().count(OrderHeed, {})) === 3, scene.said);
    await toDeadline(lot);
    await eventually(town, 'three refusals', () => [1, 2, 3].every((index) => refusals(index).includes('suspended')), scene.said);
    expect(await answeredBy(lot)).toEqual([]);
    await order('lift', lot);
    await eventually(town, 'the opening', () => combined(lot), scene.said);
    await Promise.all(programs.map((program) => program.stop()));
  });

  it('an order the evidence leaves out is known from the register; one lifted in the evidence alone still stands', async () => {
    const lot = await lotWithBids();
    const server = await lyingServer(scene.platform);
    await order('suspend', lot);
    const honest = [scene.start(1), scene.start(2)];
    const cheated = scene.start(3, { platform: server.address });
    await eventually(town, 'three that heed', async () => {
      const standing = await house.em().findOneOrFail(SuspensionOrder, { lot });
      return (await house.em().count(OrderHeed, { order: standing.id })) === 3;
    });
    // the supervisor checks by itself, whatever a page says: the signatures hold, and those of a server that counts its own do not
    const { orders } = ordersAnswer.parse((await house.api().get(`/lots/${lot}/orders`)).body);
    const [told] = orders;
    if (!told) throw new Error('no order');
    expect(checkHeeds(told, scene.trust)).toMatchObject({ enough: 2, binds: true });
    const forged = told.heeded.map((heed) => ({ ...heed, seconds: heed.seconds + 1 }));
    expect(checkHeeds({ ...told, heeded: forged }, scene.trust)).toEqual({ heeded: [], enough: 2, binds: false });
    const doubled = told.heeded.slice(0, 1);
    expect(checkHeeds({ ...told, heeded: [...doubled, ...doubled] }, scene.trust).binds).toBe(false);
    expect(checkHeeds({ ...told, statement: {} }, scene.trust).binds).toBe(false);
    const trustFile = join(scene.folder(1), 'trust.json');
    writeFileSync(trustFile, JSON.stringify(scene.trust));
    const cli = join(import.meta.dirname, '../../src/cli.ts');
    const asked = ['custodian', 'orders', '--platform', scene.platform, '--lot', lot, '--trust', trustFile];
    expect((await promisify(execFile)(process.execPath, [cli, ...asked])).stdout).toContain('3/3');
    // now the server wants it opened: it takes the order out of its own tables, and of what it hands to the third
    await house.em().execute('update suspension_order set lifted_at = yangguang_now() where lot = ?', [lot]);
    server.lie((path, body) => {
      if (!/^\/council\/tasks\/[^?]/.test(path)) return body;
      const evidence = JSON.parse(body) as TaskEvidence;
      return JSON.stringify({ ...evidence, events: evidence.events.filter(({ event }) => !event.type.startsWith('order.')) });
    });
    await toDeadline(lot);
    await eventually(
      town,
      'refusals',
      () => [1, 2].every((index) => refusals(index).includes('suspended')) && refusals(3).includes('event-withheld'),
    );
    expect(await answeredBy(lot)).toEqual([]);
    server.lie(null);
    await Promise.all([...honest, cheated].map((program) => program.stop()));
    await server.close();
    await house.em().execute('update suspension_order set lifted_at = null where lot = ?', [lot]);
    await order('lift', lot);
    const programs = [1, 2].map((index) => scene.start(index));
    await eventually(town, 'the opening', () => combined(lot), scene.said);
    await Promise.all(programs.map((program) => program.stop()));
  });

  it('an order hidden from the start is heeded by nobody: the supervisor sees that it does not bind, and the institution holds the lot itself', async () => {
    const lot = await lotWithBids();
    const server = await lyingServer(scene.platform);
    server.lie((path, body) => {
      if (!path.startsWith('/council/register') && !/^\/council\/tasks\/[^?]/.test(path)) return body;
      const answer = JSON.parse(body) as { events: { event: { type: string } }[] };
      return JSON.stringify({ ...answer, events: answer.events.filter(({ event }) => !event.type.startsWith('order.')) });
    });
    const programs = [1, 2, 3].map((index) => scene.start(index, { platform: server.address }));
    await order('suspend', lot);
    const standing = await house.em().findOneOrFail(SuspensionOrder, { lot });
    for (const index of [1, 2]) writeFileSync(custodianFiles(scene.folder(index)).holds, JSON.stringify({ [lot]: '监管部门书面通知' }));
    await house.em().execute('update suspension_order set lifted_at = yangguang_now() where lot = ?', [lot]);
    await toDeadline(lot);
    await eventually(town, 'refusals', () => [1, 2].every((index) => refusals(index).includes('held-by-the-institution')));
    expect(await house.em().count(OrderHeed, { order: standing.id })).toBe(0);
    expect(await combined(lot)).toBe(false);
    await Promise.all(programs.map((program) => program.stop()));
    for (const index of [1, 2]) rmSync(custodianFiles(scene.folder(index)).holds);
    await server.close();
  });

  it('a shorter journal, as after the restore of an old database, is refused by a program that saw the longer one', async () => {
    const server = await lyingServer(scene.platform);
    const program = scene.start(1, { platform: server.address });
    await eventually(
      town,
      'a first look',
      () => scene.said.get(1)?.length !== undefined && logOf(1).some((entry) => entry.what === 'cosigned'),
    );
    const [row] = await house.em().execute<{ text: string }[]>('select text from journal_checkpoint order by size limit 1 offset 3');
    const old = row?.text ?? '';
    server.lie((path, body) => (path === '/journal/checkpoint' ? old : body));
    await eventually(town, 'the refusal', () => refusals(1).includes('journal-shrank'));
    await program.stop();
    await server.close();
  });

  it('a clock that goes back stops the program until it is right again', async () => {
    let moved = 0;
    const program = scene.start(2, { clock: () => later(systemClock(), moved) });
    await eventually(town, 'a first round', () => logOf(2).some((entry) => entry.what === 'started'));
    moved = -60_000;
    await eventually(town, 'the refusal', () => refusals(2).includes('clock-went-back'));
    await program.stop();
  });
});

describe('A custodian that loses its memory', () => {
  const again = async (index: number, lot: string): Promise<void> => {
    // the server takes back what it was given, and asks once more: with a bid fewer
    const task = await taskOf(lot);
    if (!task) throw new Error('no task');
    const em = house.em();
    await em.execute('delete from council_share where task = ? and trustee = ?', [task.id, index]);
    await em.execute('update council_task set combined = null, combined_at = null where id = ?', [task.id]);
  };
  let lot: string;

  it('answers what it answered with the same list again, from the log alone or the state alone', async () => {
    lot = await lotWithBids();
    const two = [scene.start(1), scene.start(2)];
    await toDeadline(lot);
    await eventually(town, 'the opening', () => combined(lot), scene.said);
    await Promise.all(two.map((program) => program.stop()));
    const files = custodianFiles(scene.folder(1));
    rmSync(files.state);
    await again(1, lot);
    const helped = scene.start(2);
    const program = scene.start(1);
    await eventually(town, 'its second, equal share', async () => (await answeredBy(lot)).includes(1));
    expect(logOf(1).findLast((entry) => entry.what === 'started')?.finding).toBe('state-recalled');
    await program.stop();
    await helped.stop();
    expect(JSON.parse(readFileSync(files.state, 'utf8')).answered[`opening/${lot}/whole`]).toBeDefined();
  });

  it('finds an old state file out by its log, and a cut log by its state', async () => {
    const files = custodianFiles(scene.folder(1));
    const state = JSON.parse(readFileSync(files.state, 'utf8'));
    writeFileSync(files.state, JSON.stringify({ ...state, answered: {}, given: [], log: { entries: 0, head: '' } }));
    const first = scene.start(1);
    await eventually(
      town,
      'the start',
      () => logOf(1).at(-1)?.what !== undefined && logOf(1).some((entry) => entry.finding === 'state-older-than-log'),
    );
    await first.stop();
    const lines = readFileSync(files.log, 'utf8').split('\n');
    writeFileSync(files.log, `${lines.slice(0, 2).join('\n')}\n`);
    const second = scene.start(1);
    await eventually(town, 'the start', () => logOf(1).some((entry) => entry.finding === 'log-shorter-than-state'));
    await second.stop();
    expect(JSON.parse(readFileSync(files.state, 'utf8')).answered[`opening/${lot}/whole`]).toBeDefined();
  });

  it('with state and log gone, gives the same share again, which its own shares in the journal explain', async () => {
    const files = custodianFiles(scene.folder(1));
    rmSync(files.state);
    rmSync(files.log);
    await again(1, lot);
    await again(2, lot);
    const helped = scene.start(2);
    const program = scene.start(1);
    await eventually(town, 'its share', async () => (await answeredBy(lot)).includes(1), scene.said);
    expect(logOf(1)[0]?.finding).toBe('first-start');
    await program.stop();
    await helped.stop();
  });

  it('never runs twice on one log: the second does not start', async () => {
    const first = scene.start(1);
    await eventually(town, 'the first', () => logOf(1).length > 1);
    await expect(scene.start(1).ended).rejects.toThrow('writes here already');
    await first.stop();
    const next = scene.start(1);
    await eventually(town, 'the next', () => logOf(1).at(-1)?.what !== undefined);
    await next.stop();
  });
});

describe('The platform against a custodian that lies', () => {
  let lot: string;
  let points: readonly string[];
  let task: string;
  const give = (share: Share) => refusal(house.perform(giveShare, theSystem, { task, share }));
  beforeAll(async () => {
    lot = await lotWithBids();
    // witnesses at work, trustees not: the programs answer nothing for a lot the institutions hold
    for (const index of [1, 2, 3]) mkdirSync(scene.folder(index), { recursive: true });
    await toDeadline(lot);
    await eventually(town, 'the question', async () => (await taskOf(lot)) !== null);
    const asked = await taskOf(lot);
    task = asked?.id ?? '';
    points = asked?.points as string[];
  });
  const share = (index: number, of: readonly string[] = points): Share =>
    evaluate(town.shares[index - 1] ?? { index: 0, signingShare: '' }, of, town.council);

  it('refuses wrong points, a wrong proof, too few points, and another trustee’s name; nothing of it is stored', async () => {
    const good = share(1);
    const swapped = [...good.evaluated].reverse();
    expect(await give({ ...good, evaluated: swapped })).toBe('share-refused');
    expect(await give({ ...good, proof: share(2).proof })).toBe('share-refused');
    expect(await give(share(1, points.slice(1)))).toBe('share-refused');
    expect(await give({ ...good, trustee: 2 })).toBe('share-refused');
    expect(await answeredBy(lot)).toEqual([]);
  });
  it('takes one answer of each, refuses the second, also with another list; and waits for the threshold when one says nothing', async () => {
    expect(await give(share(1))).toBe('performed');
    expect(await give(share(1))).toBe('share-refused');
    expect(await give(share(1, [...points].reverse()))).toBe('share-refused');
    expect(await combined(lot)).toBe(false);
    expect(await give(share(3))).toBe('performed');
    expect(await combined(lot)).toBe(true);
  });
});

describe('The program as an institution runs it', () => {
  it('opens a lot over mutually authenticated HTTPS; a stranger’s certificate on either side gets nothing', async () => {
    const authority = testAuthority('the centre');
    const platformPair = authority.issue('platform', 'server');
    const server = createTlsServer({ ...platformPair, ca: authority.ca, requestCert: true, rejectUnauthorized: true }, house.app);
    await listening(server);
    const platform = addressOf(server, 'https');
    const lot = await lotWithBids();
    const good = [1, 2].map((index) =>
      scene.start(index, { platform, tls: tlsFiles(scene.folder(index), authority, authority.issue(`custodian-${index}`, 'client')) }),
    );
    const strange = testAuthority('somebody else');
    const stranger = scene.start(3, { platform, tls: { ...tlsFiles(scene.folder(3), strange, strange.issue('custodian-3', 'client')) } });
    await toDeadline(lot);
    await eventually(town, 'the opening', () => combined(lot), scene.said);
    expect(await answeredBy(lot)).toEqual([1, 2]);
    expect(scene.said.get(3)?.join('\n')).toMatch(/certificate|self.signed|issuer/i);
    await Promise.all([...good, stranger].map((program) => program.stop()));
    await close(server);
  });

  it('starts from a key file on the command line, shows its status to this machine, and its log checks', async () => {
    const files = custodianFiles(scene.folder(3));
    const { signingShare } = town.shares[2] ?? { signingShare: '' };
    const { identity } = await newAgeIdentity();
    writeFileSync(files.key, await sealTrusteeKey({ council: town.council.id, index: 3, signingShare, identity }, 'a passphrase', 12));
    writeFileSync(files.passphrase, 'a passphrase\n');
    writeFileSync(files.witness, printSignerKey(scene.witnesses[2] as never));
    writeFileSync(files.trust, JSON.stringify(scene.trust));
    const cli = join(import.meta.dirname, '../../src/cli.ts');
    const log = join(scene.folder(3), 'own.log');
    const child = execFile(
      process.execPath,
      [cli, 'custodian', '--key', files.key, '--platform', scene.platform, '--log', log, '--status-port', '0', '--poll', '50'],
      {
        env: { PATH: process.env.PATH ?? '' },
      },
    );
    let said = '';
    child.stdout?.on('data', (piece) => {
      said += piece;
    });
    child.stderr?.on('data', (piece) => {
      said += piece;
    });
    await eventually(town, `the status address: ${said}`, () => /status: http:\S+/.test(said));
    const address = /status: (http:\S+)/.exec(said)?.[1] ?? '';
    expect(address).toContain('127.0.0.1');
    const metrics = async (): Promise<string> => (await fetch(`${address}metrics`)).text();
    await eventually(town, 'a journal followed', async () => !/checkpoint_size 0$/m.test(await metrics()));
    expect(await metrics()).toMatch(/^yangguang_custodian_info\{version="[^"]+",trustee="3"\} 1$/m);
    const page = await (await fetch(address)).text();
    expect(page).toContain('托管程序');
    expect(await (await fetch(`${address}?lang=en`)).text()).toContain('Shares given');
    for (const text of [page, await metrics()]) expect(text).not.toMatch(/passphrase|AGE-SECRET|signingShare/);
    expect((await fetch(`${address}state.json`)).status).toBe(404);
    // Chinese shows on a machine without Chinese fonts: the face comes with the page, and nothing else of the disk does
    const style = await (await fetch(`${address}fonts/400.css`)).text();
    const slice = /url\(\.\/(files\/[\w-]+\.woff2)\)/.exec(style)?.[1] ?? '';
    expect((await fetch(`${address}fonts/${slice}`)).headers.get('content-type')).toBe('font/woff2');
    for (const path of ['fonts/package.json', 'fonts/files/..%2fpackage.json', 'fonts/files/noto-sans-sc-999999-400-normal.woff2'])
      expect([path, (await fetch(`${address}${path}`)).status]).toEqual([path, 404]);
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    const checked = await promisify(execFile)(process.execPath, [cli, 'custodian', 'log', '--check', '--log', log, '--state', files.state]);
    expect(checked.stdout).toContain('✓');
    writeFileSync(log, readFileSync(log, 'utf8').replace('"trustee":3', '"trustee":2'));
    await expect(promisify(execFile)(process.execPath, [cli, 'custodian', 'log', '--check', '--log', log])).rejects.toMatchObject({
      code: 1,
    });
  });
});
