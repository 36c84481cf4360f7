import { beforeAll, describe, expect, it } from '@jest/globals';
import { Problem } from '../../src/kernel/problem.ts';
import { beginCeremony, packageHash } from '../../src/sealing/ceremony.ts';
import { joinCeremony, type MadeKey, openSecret, sealSecret } from '../../src/sealing/ceremony-member.ts';
import { comparisonCode, type StatementOf, saidOf, transcriptDigest } from '../../src/sealing/ceremony-messages.ts';
import { sealedDigest, sealShare } from '../../src/sealing/ceremony-shares.ts';
import { admit, checkCall, verifyCeremony } from '../../src/sealing/ceremony-verify.ts';
import { combine, evaluate, verifyCouncil } from '../../src/sealing/council.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { changeKeyPassphrase, openTrusteeKey, sealTrusteeKey } from '../../src/sealing/trustee-key.ts';
import { Relay, type Stage, setStage } from './ceremony-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});

const problemOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Problem ? error.problem : String(error)),
  );
/** Carried honestly to the end of a round. */
async function until(round: 'hash' | 'package' | 'shares', of = stage): Promise<Relay> {
  const relay = new Relay(of);
  for (const each of ['hash', 'package', 'shares'] as const) {
    await relay.go(...of.call.trustees.map(({ index }) => index));
    if (each === round) break;
  }
  return relay;
}
/** Trustee 3 deals trustee 1 something else than its commitments say. */
async function faulty(deal: (recipient: string) => Promise<string>): Promise<Relay> {
  const relay = await until('package');
  await relay.go(1, 2);
  const step = await relay.step(3);
  if (step.kind !== 'say' || step.statement.kind !== 'shares') throw new Error('trustee 3 deals');
  const sealed = await Promise.all(
    step.sealed.map(async (each) => (each.to === 1 ? { ...each, sealed: await deal(recipientOf(relay, 1)) } : each)),
  );
  await relay.say({ ...step.statement, shares: sealed.map(({ to, sealed: text }) => ({ to, sha256: sealedDigest(text) })) }, sealed);
  return relay;
}
const recipientOf = (relay: Relay, index: number): string => saidOf(relay.statements, 'hash')[index - 1]?.recipient ?? '';

describe('A key ceremony held as it should be', () => {
  it('gives every trustee the same council and a share of its key, and anybody can recheck it', async () => {
    const relay = await until('shares');
    const steps = await relay.go(1, 2, 3);
    const made = steps.map((step) => (step.kind === 'confirm' ? step.made : null)) as MadeKey[];
    const council = made[0]?.council;
    if (!council) throw new Error('no council');
    for (const each of made) expect(each).toMatchObject({ council, code: comparisonCode(stage.call, relay.statements) });
    expect(verifyCouncil(council)).toMatchObject({ ok: true });
    const answers = made.slice(0, 2).map(({ share }) => evaluate(share, [council.groupKey], council));
    const others = made.slice(1).map(({ share }) => evaluate(share, [council.groupKey], council));
    expect(combine(council, [council.groupKey], answers)).toEqual(combine(council, [council.groupKey], others));
    expect(await verifyCeremony(relay.transcript)).toMatchObject({ ok: true, outcome: { kind: 'formed', council } });
    expect(await relay.step(2)).toMatchObject({ kind: 'formed', made: { share: made[1]?.share } });
  });
  it('goes on from what was kept under the passphrase, and from nothing else', async () => {
    const [mine] = stage.secrets;
    if (!mine) throw new Error('no secret');
    const kept = await sealSecret(mine, 'a long passphrase', 8);
    expect(await openSecret(kept, 'a long passphrase')).toEqual({ ok: true, secret: mine });
    expect(await openSecret(kept, 'another passphrase')).toMatchObject({ ok: false, reason: 'ceremony-secret-locked' });
    expect(Buffer.from(kept).toString('latin1')).not.toContain('AGE-SECRET');
    const relay = await until('package');
    const afresh = await joinCeremony(stage.call, 1, { vkey: mine.witness, key: null });
    expect(await problemOf(relay.step(1, afresh))).toBe('ceremony-not-the-one-joined');
  });
  it('works with nine trustees, of whom five open', async () => {
    const nine = await setStage(9, 5);
    const relay = await until('shares', nine);
    await relay.go(...nine.call.trustees.map(({ index }) => index));
    expect(await verifyCeremony(relay.transcript)).toMatchObject({ ok: true, outcome: { kind: 'formed' } });
  }, 60_000);
  it('is called with more than half of at most nine different trustees, and not otherwise', () => {
    const { call } = stage;
    const [one, two, three] = call.trustees;
    if (!one || !two || !three) throw new Error('three trustees');
    expect(checkCall(call)).toEqual({ ok: true });
    expect(checkCall({ ...call, threshold: 3 })).toEqual({ ok: true });
    for (const threshold of [1, 4]) expect(checkCall({ ...call, threshold })).toMatchObject({ reason: 'ceremony-size' });
    for (const trustees of [
      [one, two, { ...three, code: one.code }],
      [one, two, { ...three, name: two.name }],
      [one, three, two],
    ])
      expect(checkCall({ ...call, trustees })).toMatchObject({ reason: 'ceremony-size' });
  });
});

describe('Attack: a rushing trustee speaks last and adapts its package', () => {
  it('is refused, because its hash was published before it saw the others’', async () => {
    const relay = await until('hash');
    await relay.go(1, 2);
    const adapted = beginCeremony(3, { threshold: 2, trustees: 3 }).package;
    const transcript = transcriptDigest(stage.call, relay.statements, 'package');
    const late: StatementOf<'package'> = {
      format: 'yangguang/ceremony-message/v1',
      kind: 'package',
      ceremony: stage.call.id,
      index: 3,
      transcript,
      package: adapted,
    };
    expect(admit(stage.call, relay.statements, late)).toMatchObject({ reason: 'ceremony-package-refused', faulty: 3 });
    await relay.say(late);
    for (const index of [1, 2]) expect(await problemOf(relay.step(index))).toBe('ceremony-package-refused');
  });
  it('cannot hold back its hash until packages are out: none is taken before every hash stands', async () => {
    const relay = new Relay(stage);
    await relay.go(1, 2);
    expect(await relay.step(1)).toMatchObject({ kind: 'wait', round: 'hash', waitingFor: [3] });
    const [mine] = stage.secrets;
    if (!mine) throw new Error('no secret');
    const transcript = transcriptDigest(stage.call, relay.statements, 'package');
    const early: StatementOf<'package'> = {
      format: 'yangguang/ceremony-message/v1',
      kind: 'package',
      ceremony: stage.call.id,
      index: 1,
      transcript,
      package: mine.package,
    };
    expect(admit(stage.call, relay.statements, early)).toMatchObject({ reason: 'ceremony-out-of-turn' });
  });
  it('cannot take the hash of a package it does not know the secret of', async () => {
    const relay = new Relay(stage);
    await relay.go(1, 2);
    const copied = { ...(stage.secrets[1]?.package as NonNullable<(typeof stage.secrets)[1]>['package']), index: 3 };
    const step = await relay.step(3);
    if (step.kind !== 'say' || step.statement.kind !== 'hash') throw new Error('trustee 3 speaks');
    await relay.say({ ...step.statement, packageHash: packageHash(copied) });
    const transcript = transcriptDigest(stage.call, relay.statements, 'package');
    const said = { format: 'yangguang/ceremony-message/v1', kind: 'package', ceremony: stage.call.id, index: 3, transcript } as const;
    expect(admit(stage.call, relay.statements, { ...said, package: copied })).toMatchObject({ reason: 'ceremony-package-refused' });
  });
});

describe('Attack: a faulty share', () => {
  it('that contradicts its commitments: the complaint names the dealer, to everybody', async () => {
    const relay = await faulty((recipient) =>
      sealShare({ from: 3, to: 1, signingShare: Buffer.alloc(32, 7).toString('base64url') }, recipient),
    );
    const [step] = await relay.go(1);
    expect(step).toMatchObject({ kind: 'complain', statement: { against: 3 } });
    for (const index of [1, 2, 3]) expect(await relay.step(index)).toEqual({ kind: 'failed', culprit: 3, complainer: 1 });
    expect(await verifyCeremony(relay.transcript)).toMatchObject({ ok: true, outcome: { kind: 'failed', culprit: 3 } });
  });
  it('that does not open at all: likewise', async () => {
    const relay = await faulty(async () => Buffer.from('no age file').toString('base64url'));
    await relay.go(1);
    expect(await relay.step(2)).toEqual({ kind: 'failed', culprit: 3, complainer: 1 });
  });
  it('a lying complainer is named instead, whatever it shows', async () => {
    const honest = await until('shares');
    const head = {
      format: 'yangguang/ceremony-message/v1',
      kind: 'complaint',
      ceremony: stage.call.id,
      index: 1,
      against: 3,
      transcript: transcriptDigest(stage.call, honest.statements, 'confirmation'),
    } as const;
    const identity = stage.secrets[0]?.identity ?? '';
    const own = honest.shares.find(({ from, to }) => from === 3 && to === 1)?.sealed ?? '';
    const foreign = honest.shares.find(({ from, to }) => from === 3 && to === 2)?.sealed ?? '';
    for (const lie of [
      { identity, sealed: own },
      { identity, sealed: foreign },
      { identity: (await newAgeIdentity()).identity, sealed: own },
    ]) {
      const relay = new Relay(stage);
      relay.messages = [...honest.messages];
      await relay.say({ ...head, ...lie });
      expect(await verifyCeremony(relay.transcript)).toMatchObject({ ok: true, outcome: { kind: 'failed', culprit: 1, complainer: 1 } });
    }
  });
  it('no complaint follows one’s own confirmation, and none is about oneself', async () => {
    const relay = await until('shares');
    await relay.go(1);
    const { identity = '' } = stage.secrets[0] ?? {};
    const complaint = {
      format: 'yangguang/ceremony-message/v1',
      kind: 'complaint',
      ceremony: stage.call.id,
      transcript: transcriptDigest(stage.call, relay.statements, 'confirmation'),
      sealed: 'AAAA',
      identity,
    } as const;
    expect(admit(stage.call, relay.statements, { ...complaint, index: 1, against: 3 })).toMatchObject({ reason: 'ceremony-out-of-turn' });
    expect(admit(stage.call, relay.statements, { ...complaint, index: 2, against: 2 })).toMatchObject({ reason: 'ceremony-out-of-turn' });
    expect(admit(stage.call, relay.statements, { ...complaint, index: 2, against: 3 })).toEqual({ ok: true });
  });
});

describe('Attack: the platform relays other packages to different trustees', () => {
  it('with one trustee in league, who says two things: whoever was shown the other is met by a refusal, and no council comes of it', async () => {
    const relay = new Relay(stage);
    await relay.go(1, 2);
    const second = await joinCeremony(stage.call, 3, { vkey: stage.secrets[2]?.witness ?? '', key: null });
    const [here, there] = [new Relay(stage), new Relay(stage)];
    for (const view of [here, there]) view.messages = [...relay.messages];
    await here.go(3);
    const other = await there.step(3, second);
    if (other.kind !== 'say') throw new Error('trustee 3 speaks');
    await there.say(other.statement);
    // trustee 1 is shown `here`, trustee 2 is shown `there`; each signs what it saw
    await here.go(1);
    await there.go(2);
    const [ofOne, ofTwo] = [here.messages.at(-1), there.messages.at(-1)];
    if (!ofOne || !ofTwo) throw new Error('both spoke');
    here.messages = [...here.messages, ofTwo];
    there.messages = [...there.messages, ofOne];
    expect(await problemOf(here.step(1))).toBe('ceremony-transcript-differs');
    expect(await problemOf(there.step(2))).toBe('ceremony-transcript-differs');
    expect(comparisonCode(stage.call, here.statements)).not.toBe(comparisonCode(stage.call, there.statements));
  });
  it('a package of its own making bears no signature of the trustee', async () => {
    const relay = await until('package');
    relay.messages = await Promise.all(
      relay.messages.map((message) =>
        message.statement.kind === 'package' && message.statement.index === 3
          ? relay.sign({ ...message.statement, package: beginCeremony(3, { threshold: 2, trustees: 3 }).package }, 2)
          : message,
      ),
    );
    expect(await problemOf(relay.step(1))).toBe('ceremony-signature');
  });
  it('another share than the one dealt is held against the platform, not against the dealer', async () => {
    const relay = await until('shares');
    relay.shares = relay.shares.map((each) => (each.from === 3 ? { ...each, sealed: Buffer.from('other').toString('base64url') } : each));
    expect(await problemOf(relay.step(1))).toBe('ceremony-relay-altered');
  });
  it('a confirmation of another council than the packages give is refused', async () => {
    const relay = await until('shares');
    const step = await relay.step(1);
    if (step.kind !== 'confirm') throw new Error('trustee 1 confirms');
    const council = { ...step.statement.council, groupKey: step.statement.council.trustees[0]?.verifyingShare ?? '' };
    expect(admit(stage.call, relay.statements, { ...step.statement, council })).toMatchObject({ reason: 'ceremony-council-differs' });
  });
});

describe('Attack: a trustee leaves in the ceremony', () => {
  it('in any round: the others wait for it by name, and no council comes of it', async () => {
    for (const round of ['hash', 'package', 'shares', 'confirmation'] as const) {
      const relay =
        round === 'hash' ? new Relay(stage) : await until(({ package: 'hash', shares: 'package', confirmation: 'shares' } as const)[round]);
      await relay.go(1, 2);
      expect(await relay.step(1)).toEqual({ kind: 'wait', round, waitingFor: [3] });
      expect(await verifyCeremony(relay.transcript)).toMatchObject({ ok: true, outcome: { kind: 'open', round, waitingFor: [3] } });
    }
  });
});

describe('A trustee’s key file', () => {
  const key = { council: '01936a3e-0000-7000-8000-000000000001', index: 1, signingShare: Buffer.alloc(32, 1).toString('base64url') };
  it('is given another passphrase of at least twelve characters, and opens with that one alone', async () => {
    const { identity } = await newAgeIdentity();
    const file = await sealTrusteeKey({ ...key, identity }, 'the first passphrase', 8);
    expect(await changeKeyPassphrase(file, 'the first passphrase', 'eleven char', 8)).toMatchObject({ reason: 'trustee-key-passphrase' });
    expect(await changeKeyPassphrase(file, 'a wrong passphrase', 'twelve chars', 8)).toMatchObject({ reason: 'trustee-key-locked' });
    const changed = await changeKeyPassphrase(file, 'the first passphrase', 'twelve chars', 8);
    if (!changed.ok) throw changed.problem;
    expect(await openTrusteeKey(changed.file, 'twelve chars')).toMatchObject({ ok: true, key: { ...key, identity } });
    expect(await openTrusteeKey(changed.file, 'the first passphrase')).toMatchObject({ reason: 'trustee-key-locked' });
  });
});
