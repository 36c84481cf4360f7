import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkCeremony } from '../../src/evidence/ceremony.ts';
import { verification } from '../../src/evidence/checks.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { type CeremonyTranscript, saidOf, transcriptDigest } from '../../src/sealing/ceremony-messages.ts';
import type { Council } from '../../src/sealing/council.ts';
import { Relay, setStage } from '../sealing/ceremony-stage.ts';
import { testAuthority } from '../sealing/pki.ts';

let transcript: CeremonyTranscript;
let council: Council;
let formed: { witnesses: readonly string[]; ceremony: string };
let anchors: Parameters<typeof checkCeremony>[3];
beforeAll(async () => {
  const stage = await setStage();
  const relay = new Relay(stage);
  for (let round = 0; round < 3; round += 1) await relay.go(1, 2, 3);
  const steps = await relay.go(1, 2, 3);
  const [first] = steps;
  if (first?.kind !== 'confirm') throw new Error('a confirmation was due');
  ({ transcript } = relay);
  council = first.made.council;
  formed = {
    witnesses: saidOf(relay.statements, 'hash').map(({ witness }) => witness),
    ceremony: transcriptDigest(stage.call, relay.statements, 'confirmation'),
  };
  anchors = [stage.authority.root.certificate];
}, 60_000);

const judged = async (given: unknown, said: Parameters<typeof checkCeremony>[1] = formed, of = council, trust = anchors) =>
  (await verification((list) => checkCeremony(given, said, of, trust, list))).result;

describe('The ceremony that made a council, in its evidence', () => {
  it('bears out the council, its witnesses and the digest that all signed', async () => {
    expect(await judged(transcript)).toBe('verified');
  });
  it('a council that names none needs none, and is said to have been made in one process', async () => {
    const { result, notes } = await verification((list) => checkCeremony(undefined, { witnesses: [] }, council, anchors, list));
    expect(result).toBe('verified');
    expect(notes.map(({ en }) => en).join()).toContain('one process');
  });
  it.each([
    ['no transcript where one is named', () => judged(undefined)],
    ['a transcript where none is named', () => judged(transcript, { witnesses: formed.witnesses })],
    ['another digest', () => judged(transcript, { ...formed, ceremony: 'A'.repeat(43) })],
    ['another witness', () => judged(transcript, { ...formed, witnesses: [...formed.witnesses.slice(1), 'stranger+00000000+AAAA'] })],
    ['another council', () => judged(transcript, formed, { ...council, name: '另一个' })],
    ['a missing confirmation', () => judged({ ...transcript, messages: transcript.messages.slice(0, -1) })],
    [
      'roots that are not the reader’s',
      async () => judged(transcript, formed, council, [(await testAuthority('Stranger')).root.certificate]),
    ],
    ['anything else', () => judged({ format: 'yangguang/ceremony/v1' })],
  ])('%s is refuted', async (_name, judge) => {
    expect(await judge()).toBe('refuted');
  });
  it('every value of the transcript that is changed is found', async () => {
    const changed = (at: number, member: string): CeremonyTranscript => ({
      ...transcript,
      messages: transcript.messages.map((message, place) =>
        place === at ? { ...message, statement: { ...message.statement, [member]: 'A'.repeat(43) } as never } : message,
      ),
    });
    for (const [at, message] of transcript.messages.entries())
      for (const member of ['transcript', 'packageHash', 'ceremony'].filter((name) => name in message.statement))
        expect((await verifyEvidence(changed(at, member))).result).toBe('refuted');
  }, 60_000);
});
