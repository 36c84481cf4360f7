import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { checkLog, openLog } from '../../src/custody/evaluations.ts';
import { Refusal } from '../../src/custody/judge.ts';
import { judgedMoment, notGoneBack, othersTimes } from '../../src/custody/own-clock.ts';
import { ownSharesExplained } from '../../src/custody/own-shares.ts';
import { refusalWords } from '../../src/custody/refusal-words.ts';
import { freshState, recall } from '../../src/custody/state.ts';
import { checkpointBody, noteKeyTypes, noteSigner, printVerifierKey, signCheckpoint } from '../../src/journal/checkpoint.ts';
import { cosign } from '../../src/journal/witness.ts';
import { dateOf, type Instant, later } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { evaluate, type TrusteeShare } from '../../src/sealing/council.ts';
import { type DrawRequest, drawDigest, drawPoint } from '../../src/sealing/draw.ts';

const folder = mkdtempSync(join(tmpdir(), 'yangguang-memory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = '2026-12-13T01:30:00.000Z' as Instant;
const reasonOf = (run: () => unknown): string => {
  try {
    run();
    return 'none';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
};

describe('The log of evaluations', () => {
  const path = join(folder, 'log');
  it('chains every entry to the one before, over restarts', async () => {
    const first = await openLog(path);
    await first.log.add(at, 'started', {});
    await first.log.add(at, 'refused', { task: 't', reason: 'too-early' });
    await expect(openLog(path)).rejects.toThrow('writes here already');
    await first.log.close();
    const again = await openLog(path);
    await again.log.add(at, 'answered', { task: 't', key: 'k', list: 'l' });
    await again.log.close();
    const check = checkLog(readFileSync(path, 'utf8'));
    expect(check).toMatchObject({ ok: true, head: { entries: 3 } });
    expect(check.ok && check.entries.map((entry) => entry.what)).toEqual(['started', 'refused', 'answered']);
  });
  it.each([
    ['a changed letter', (text: string) => text.replace('too-early', 'too-earlY'), 3],
    ['a line taken out', (text: string) => text.split('\n').toSpliced(1, 1).join('\n'), 2],
    [
      'two lines swapped',
      (text: string) =>
        text
          .split('\n')
          .toSpliced(0, 2, ...text.split('\n').slice(0, 2).reverse())
          .join('\n'),
      1,
    ],
    ['a line put in', (text: string) => text.replace('\n', '\n{"number":2,"previous":"","at":"","what":"answered"}\n'), 2],
    ['what is no JSON', (text: string) => `${text}nonsense\n`, 4],
  ] as const)('shows %s', (_what, change, line) => {
    expect(checkLog(change(readFileSync(path, 'utf8')))).toMatchObject({ ok: false, line });
  });
  it('is not written on behind a forgery', async () => {
    const forged = join(folder, 'forged');
    writeFileSync(forged, readFileSync(path, 'utf8').replace('too-early', 'no-reason'));
    await expect(openLog(forged)).rejects.toThrow('line 3');
  });
  it('loses nothing but the line a crash tore', async () => {
    appendFileSync(path, '{"number":4,"prev');
    const { log, entries } = await openLog(path);
    expect(entries).toHaveLength(3);
    await log.add(at, 'started', {});
    expect(checkLog(readFileSync(path, 'utf8'))).toMatchObject({ ok: true, head: { entries: 4 } });
  });
});

describe('What a custodian remembers', () => {
  const entries = [
    { number: 1, previous: '', at, what: 'cosigned', size: 40, root: 'r' },
    { number: 2, previous: '', at, what: 'answered', task: 't1', key: 'opening/l/whole', list: 'a' },
  ];
  const head = { entries: 2, head: 'h' };
  it('is recalled from the log where the state file is gone', () => {
    const { state, finding } = recall(null, entries, head);
    expect(finding).toBe('state-recalled');
    expect(state).toMatchObject({ answered: { 'opening/l/whole': 'a' }, given: ['t1'], seen: { size: 40 }, clock: at });
  });
  it('is completed from the log where an old state file was put back', () => {
    const { state, finding } = recall({ ...freshState, seen: { size: 12, root: 'q' } }, entries, head);
    expect(finding).toBe('state-older-than-log');
    expect(state).toMatchObject({ answered: { 'opening/l/whole': 'a' }, seen: { size: 40 } });
  });
  it('is the state’s where the log was cut, and that is said', () => {
    const state = { ...freshState, answered: { k: 'v' }, log: { entries: 9, head: 'x' } };
    expect(recall(state, [], { entries: 0, head: '' })).toMatchObject({
      finding: 'log-shorter-than-state',
      state: { answered: { k: 'v' } },
    });
  });
  it('is nothing on a first day, which is said too', () => {
    expect(recall(null, [], { entries: 0, head: '' })).toEqual({ state: freshState, finding: 'first-start' });
  });
});

describe('A custodian without memory goes by its own shares in the journal', () => {
  const { council, shares } = holdCeremony(newId(), '开标委员会', ['甲', '乙', '丙'], 2);
  const own = shares[0] as TrusteeShare;
  const lot = newId();
  const request = (choices: string[]): DrawRequest => ({
    format: 'yangguang/draw/v1',
    id: newId(),
    lot,
    at,
    seats: [],
    eligible: {},
    parameters: [{ name: '下浮率', choices }],
  });
  const [asked, other] = [request(['1%', '2%']), request(['3%', '4%'])];
  const event = (type: string, data: unknown) => ({ index: 0, salt: '', proof: [], event: { type, at, subject: { lot }, data } });
  const given = (points: string[], trustee = 1, task: string = newId()) =>
    event('share.given', { ...evaluate(own, points, council), task, trustee, name: '甲' });
  const evidence = (events: TaskEvidence['events']): TaskEvidence => ({
    task: newId(),
    kind: 'opening',
    lot,
    council,
    checkpoint: '',
    events: [event('draw.requested', { request: asked, digest: drawDigest(asked) }), ...events],
    opening: null,
    draw: null,
  });
  const judgement = { points: [drawPoint(asked)], remember: { key: 'k', list: 'l' } };

  it('takes a share for this list or for a journalled draw as its own doing', () => {
    expect(reasonOf(() => ownSharesExplained(evidence([given([drawPoint(asked)])]), judgement, own, []))).toBe('none');
  });
  it('refuses when it gave a share for something else', () => {
    expect(reasonOf(() => ownSharesExplained(evidence([given([drawPoint(other)])]), judgement, own, []))).toBe('answered-without-memory');
  });
  it('does not mind what it remembers, nor what another trustee gave', () => {
    const task = newId();
    expect(reasonOf(() => ownSharesExplained(evidence([given([drawPoint(other)], 1, task)]), judgement, own, [task]))).toBe('none');
    expect(reasonOf(() => ownSharesExplained(evidence([given([drawPoint(other)], 2)]), judgement, own, []))).toBe('none');
  });
});

describe('A custodian’s own clock is checked', () => {
  const limit = 60_000;
  const others = (lower: number, upper = lower) => ({ lower: later(at, lower), upper: later(at, upper) });
  it('against what it showed before: two seconds back are discipline, more is refused', () => {
    expect(reasonOf(() => notGoneBack(later(at, -2000), at))).toBe('none');
    expect(reasonOf(() => notGoneBack(later(at, -2001), at))).toBe('clock-went-back');
  });
  it('against the other witnesses: one that runs ahead judges by theirs, one that lags behind the limit refuses', () => {
    expect(judgedMoment(at, others(-limit - 1), limit)).toBe(later(at, -1));
    expect(judgedMoment(at, others(-limit), limit)).toBe(at);
    expect(reasonOf(() => judgedMoment(at, others(limit), limit))).toBe('none');
    expect(reasonOf(() => judgedMoment(at, others(limit + 1), limit))).toBe('clock-differs');
    expect(judgedMoment(at, null, limit)).toBe(at);
  });
  it('and of two others the wrong one decides nothing, whichever way it is wrong', () => {
    expect(judgedMoment(at, others(-9_000_000, 0), limit)).toBe(at);
    expect(reasonOf(() => judgedMoment(at, others(0, 9_000_000), limit))).toBe('none');
  });
  it('reads the others’ times from the cosignatures, not its own', () => {
    const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
    const platform = noteSigner('node.example/journal', seed(1));
    const keys = [2, 3, 4].map((n) => noteSigner(`witness-${n}`, seed(n), noteKeyTypes.cosignature));
    const body = { origin: platform.name, size: 1, root: seed(7) };
    const seconds = dateOf(at).getTime() / 1000;
    const text = signCheckpoint(body, platform) + keys.map((key, n) => cosign(checkpointBody(body), seconds + n * 10, key)).join('');
    const { council } = holdCeremony(newId(), '会', ['甲', '乙', '丙'], 2);
    const trust = { platform: printVerifierKey(platform), witnesses: keys.map(printVerifierKey), quorum: 2, council };
    expect(othersTimes(text, trust, 'witness-2')).toEqual({ lower: later(at, 10_000), upper: later(at, 20_000) });
    expect(othersTimes(signCheckpoint(body, platform), trust, 'witness-2')).toBeNull();
  });
});

describe('The refusals', () => {
  const sources = readdirSync(join(import.meta.dirname, '../../src/custody')).map((name) =>
    readFileSync(join(import.meta.dirname, '../../src/custody', name), 'utf8'),
  );
  const page = readFileSync(join(import.meta.dirname, '../../docs/custodian.md'), 'utf8');
  it('all have words, and all stand in the documentation', () => {
    const thrown = sources.flatMap((text) => [...text.matchAll(/new Refusal\('([a-z-]+)'/g)].map((match) => match[1] ?? ''));
    expect(thrown.length).toBeGreaterThan(30);
    expect(thrown.filter((reason) => !(reason in refusalWords))).toEqual([]);
    for (const reason of Object.keys(refusalWords)) expect(page).toContain(`\`${reason}\``);
  });
  it('are each thrown somewhere', () => {
    const others = sources.filter((text) => !text.includes('export const refusalWords')).join('\n');
    expect(Object.keys(refusalWords).filter((reason) => !others.includes(`'${reason}'`))).toEqual([]);
  });
});
