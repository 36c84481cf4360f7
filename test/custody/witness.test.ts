import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { journalFromDatabase, journalFromPlatform } from '../../src/audit-sources.ts';
import { reachPlatform } from '../../src/custody/platform.ts';
import { readWitnessState, Witness, type WitnessState } from '../../src/custody/witness.ts';
import { audit } from '../../src/evidence/audit.ts';
import { type NoteSigner, noteKeyTypes, noteSigner, parseVerifierKey, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { witnessedCheckpoint } from '../../src/journal/reads.ts';
import { provesFork, type RefusalReport, refusalIsBy, refusalShape } from '../../src/journal/refusal.ts';
import { registerWitness } from '../../src/journal/register-witness.ts';
import { removeWitness } from '../../src/journal/remove-witness.ts';
import { reportRefusal } from '../../src/journal/report-refusal.ts';
import { presentWitnesses, silentAfterSeconds, witnessStandings } from '../../src/journal/witness-reads.ts';
import { thePublic, theSystem } from '../../src/kernel/actor.ts';
import { later, systemClock } from '../../src/kernel/clock.ts';
import { type SmallNode, smallNode } from '../journal/small-node.ts';
import { makeTown, type Town } from '../support/town.ts';

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const keyOf = (name: string): NoteSigner => noteSigner(name, crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature);

let node: SmallNode;
let town: Town;
let folder: string;
beforeAll(async () => {
  node = await smallNode();
  town = await makeTown(node.house, { bidders: 1, experts: 1 });
  folder = mkdtempSync(join(tmpdir(), 'yangguang-witness-'));
}, 120_000);
afterAll(async () => {
  await node.close();
  rmSync(folder, { recursive: true, force: true });
});

const stopping = new AbortController();
const stateFile = (key: NoteSigner): string => join(folder, `${key.name}.json`);
const fresh = (): WitnessState => ({ platform: node.vkey, seen: { size: 0, root: '' }, checkpoint: '' });
function witnessOf(key: NoteSigner, more: { now?: () => ReturnType<typeof systemClock> } = {}): Witness {
  const platform = reachPlatform(node.address, key, {}, stopping.signal);
  const options = { platform, witness: key, stateFile: stateFile(key), log: () => undefined, ...more };
  return new Witness(options, readWitnessState(stateFile(key)) ?? fresh());
}
const admit = (key: NoteSigner) => node.house.perform(registerWitness, town.administrator.actor, { vkey: printVerifierKey(key) });
const standing = async (name: string) => (await witnessStandings(node.house.em())).find((each) => each.name === name);
const journalText = async (): Promise<string> => (await fetch(`${node.address}/journal`)).text();

describe('An independent witness', () => {
  const regulator = keyOf('regulator.example');
  it('is registered by the administrator and by nobody else, with the key of a witness and under a name of its own', async () => {
    await expect(node.house.perform(registerWitness, town.regulator.actor, { vkey: printVerifierKey(regulator) })).rejects.toMatchObject({
      problem: 'not-permitted',
    });
    await expect(node.house.perform(registerWitness, town.administrator.actor, { vkey: node.vkey })).rejects.toMatchObject({
      problem: 'not-a-witness-key',
    });
    await admit(regulator);
    await expect(admit(regulator)).rejects.toMatchObject({ problem: 'witness-already-known' });
    await expect(admit(noteSigner(regulator.name, seed(3), noteKeyTypes.cosignature))).rejects.toMatchObject({
      problem: 'witness-already-known',
    });
  });
  it('cosigns what it verified, and goes on from there after it was stopped', async () => {
    await node.write(300);
    await witnessOf(regulator).look();
    const first = await standing(regulator.name);
    expect(first).toMatchObject({ independent: true, alarm: null });
    expect(first?.last?.size).toBeGreaterThanOrEqual(300);
    await node.write(2);
    await witnessOf(regulator).look();
    expect((await standing(regulator.name))?.last?.size).toBe((first?.last?.size ?? 0) + 2);
    expect(audit(await journalFromDatabase(node.house.database.url)).vouched).toMatchObject([{ witness: regulator.name }]);
    expect(await journalText()).toContain('regulator.example');
  });
  it('says again at its next start what the platform did not hear', async () => {
    const late = keyOf('late.example');
    await witnessOf(late).look();
    expect(await standing(late.name)).toBeUndefined();
    await admit(late);
    await witnessOf(late).look();
    expect((await standing(late.name))?.last?.size).toBeGreaterThan(300);
  });
  it('counts for no opening: custodians wait for the council’s own witnesses, and it is given no evidence about envelopes', async () => {
    const council = await presentWitnesses(node.house.em(), { ofCouncil: true });
    expect(council).toHaveLength(3);
    expect(await witnessedCheckpoint(node.house.em(), council, 1)).toBeNull();
    const asking = reachPlatform(node.address, regulator, {}, stopping.signal);
    await expect(asking.ask('/council/tasks?trustee=1')).rejects.toThrow('403');
  });
  it('is silent when it has cosigned nothing for a quarter of an hour while the journal grew, and not at the very moment', async () => {
    const slow = keyOf('slow.example');
    await admit(slow);
    const ago = silentAfterSeconds * 1000;
    await witnessOf(slow, { now: () => later(systemClock(), 5000 - ago) }).look();
    await node.write(1);
    expect(await standing(slow.name)).toMatchObject({ alarm: null });
    await witnessOf(slow, { now: () => later(systemClock(), -ago - 5000) }).look();
    expect(await standing(slow.name)).toMatchObject({ alarm: null });
    await node.write(1);
    expect(await standing(slow.name)).toMatchObject({ alarm: 'silent' });
    expect(await journalText()).toContain('journal-alarm');
    await witnessOf(slow).look();
    expect(await standing(slow.name)).toMatchObject({ alarm: null });
  });
  it('is removed with a reason that everybody reads; what it cosigned stands, and nothing more of it is taken', async () => {
    const leaving = keyOf('leaving.example');
    await admit(leaving);
    await witnessOf(leaving).look();
    await node.house.perform(removeWitness, town.administrator.actor, { name: leaving.name, reason: '机构合并' });
    await expect(
      node.house.perform(removeWitness, town.administrator.actor, { name: leaving.name, reason: '机构合并' }),
    ).rejects.toMatchObject({ problem: 'witness-unknown' });
    await expect(
      node.house.perform(removeWitness, town.administrator.actor, { name: 'witness-1.example', reason: '不合适' }),
    ).rejects.toMatchObject({ problem: 'witness-unknown' });
    await node.write(1);
    const before = (await journalFromDatabase(node.house.database.url)).checkpoints.flatMap(({ cosignatures }) => cosignatures);
    await witnessOf(leaving).look();
    const after = (await journalFromDatabase(node.house.database.url)).checkpoints.flatMap(({ cosignatures }) => cosignatures);
    expect(after).toHaveLength(before.length);
    expect(after.some((line) => line.includes('leaving.example'))).toBe(true);
  });
});

describe('An operator with root and the journal’s key, who writes another history', () => {
  const regulator = keyOf('second.example');
  let report: RefusalReport | null = null;
  beforeAll(async () => {
    await admit(regulator);
    await node.write(20);
    await witnessOf(regulator).look();
  });
  it('a report that no witness signed is not believed', async () => {
    const stranger = keyOf('stranger.example');
    const forged = {
      format: 'yangguang/refusal/v1',
      witness: printVerifierKey(stranger),
      at: systemClock(),
      reason: 'journal-rewritten',
      seen: { size: 1, root: '', checkpoint: '' },
      shown: '',
      signature: 'AAAA',
    };
    await expect(node.house.perform(reportRefusal, thePublic, forged)).rejects.toMatchObject({ problem: 'refusal-not-believed' });
  });
  it('is not found from the tables alone: they agree with themselves', async () => {
    await node.rewriteFrom(10);
    expect(audit(await journalFromDatabase(node.house.database.url)).findings).toEqual([]);
    expect(audit(await journalFromPlatform(node.address)).findings).toEqual([]);
  });
  it('is found by a reader that kept a checkpoint', async () => {
    const held = [readWitnessState(stateFile(regulator))?.checkpoint ?? ''];
    expect(audit({ ...(await journalFromPlatform(node.address)), held }).findings).toMatchObject([{ kind: 'forked-log' }]);
    expect(audit({ ...(await journalFromDatabase(node.house.database.url)), held }).findings).toMatchObject([{ kind: 'forked-log' }]);
  });
  it('is found by the witness at its next look: it does not cosign, and keeps both checkpoints, signed', async () => {
    const seen = readWitnessState(stateFile(regulator));
    report = await witnessOf(regulator).look();
    expect(report).toMatchObject({ reason: 'journal-rewritten', seen: { size: seen?.seen.size } });
    const file = readdirSync(folder).find((name) => name.startsWith('second.example.json.refusal-')) ?? '';
    const kept = refusalShape.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const platform = parseVerifierKey(node.vkey);
    if (!platform) throw new Error('no key');
    expect(kept).toEqual(report);
    expect(refusalIsBy(kept, regulator)).toBe(true);
    expect(refusalIsBy({ ...kept, shown: `${kept.shown} ` }, regulator)).toBe(false);
    expect(provesFork(kept, platform)).toBe(true);
    expect(readWitnessState(stateFile(regulator))).toEqual(seen);
  });
  it('everybody sees it, on every page and in the journal; the same report is taken once', async () => {
    expect(await standing(regulator.name)).toMatchObject({ alarm: 'refused', refusal: { reason: 'journal-rewritten' } });
    for (const path of ['/', '/journal', '/lots']) expect(await (await fetch(node.address + path)).text()).toContain('second.example');
    await expect(node.house.perform(reportRefusal, thePublic, report)).rejects.toMatchObject({ problem: 'refusal-already-noted' });
    const events = await node.house.em().execute<{ n: string }[]>(`select count(*) as n from journal_event where type = 'witness.refused'`);
    expect(events[0]?.n).toBe('1');
  });
  it('the witness goes on refusing while the journal grows on the other branch, and says so once', async () => {
    const again = witnessOf(regulator);
    await node.write(3);
    expect(await again.look()).toMatchObject({ reason: 'journal-rewritten' });
    for (let grown = 0; grown < 3; grown++) {
      await node.write(1);
      expect(await again.look()).toBeNull();
    }
    expect(await standing(regulator.name)).toMatchObject({ alarm: 'refused', last: null });
    const [row] = await node.house.em().execute<{ n: string }[]>(`select count(*) as n from journal_event where type = 'witness.refused'`);
    expect(row?.n).toBe('1');
  });
  it('a witness whose memory was damaged does not begin anew', () => {
    writeFileSync(stateFile(regulator), '{');
    expect(() => readWitnessState(stateFile(regulator))).toThrow();
  });
  it('a refusal by the system’s hand is not possible: only who witnesses can report', async () => {
    await expect(node.house.perform(reportRefusal, theSystem, report)).rejects.toMatchObject({ problem: 'not-permitted' });
  });
});
