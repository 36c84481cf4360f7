import { base64 } from '../../src/kernel/bytes.ts';
import { joinCeremony, type MemberSecret, type MemberStep, nextStep, type SealedShare } from '../../src/sealing/ceremony-member.ts';
import { type CeremonyCall, type CeremonyStatement, type CeremonyTranscript, statementBytes } from '../../src/sealing/ceremony-messages.ts';
import { certificatePem } from '../../src/sealing/certificate.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { newKeyPair, type Signer, signerFromKey } from '../../src/sealing/signer.ts';
import { certifyKey, now, type TestAuthority, testAuthority } from './pki.ts';

/** A ceremony without a platform: the test is what carries the messages, and may carry them as it likes. */
export interface Stage {
  readonly call: CeremonyCall;
  readonly authority: TestAuthority;
  readonly signers: readonly Signer[];
  readonly secrets: readonly MemberSecret[];
}

export async function setStage(size = 3, threshold = 2): Promise<Stage> {
  const authority = await testAuthority();
  const pair = await newKeyPair();
  const trustees = Array.from({ length: size }, (_, at) => ({
    index: at + 1,
    name: `第${at + 1}托管机构`,
    code: `9142050200000000${at + 1}X`,
  }));
  const call: CeremonyCall = {
    format: 'yangguang/ceremony-call/v1',
    id: '01936a3e-0000-7000-8000-000000000001',
    name: '开标委员会',
    threshold,
    platform: 'test.example+00000000+AAAA',
    trustees,
    at: now,
  };
  const signers = await Promise.all(
    trustees.map(async ({ name, code }) =>
      signerFromKey(pair.privateKey, await certifyKey(authority.issuing, { commonName: name, organization: name, code }, pair), [
        authority.issuing.certificate,
      ]),
    ),
  );
  const secrets = await Promise.all(
    trustees.map(({ index }) => joinCeremony(call, index, { vkey: `witness-${index}+00000000+AAAA`, key: null })),
  );
  return { call, authority, signers, secrets };
}

export class Relay {
  readonly stage: Stage;
  messages: CeremonyTranscript['messages'] = [];
  shares: SealedShare[] = [];
  constructor(stage: Stage) {
    this.stage = stage;
  }
  get transcript(): CeremonyTranscript {
    const { call, authority } = this.stage;
    return { format: 'yangguang/ceremony/v1', call, messages: [...this.messages], anchors: [certificatePem(authority.root.certificate)] };
  }
  get statements(): readonly CeremonyStatement[] {
    return this.messages.map(({ statement }) => statement);
  }
  step(index: number, secret = this.stage.secrets[index - 1]): Promise<MemberStep> {
    if (!secret) throw new Error(`there is no trustee ${index}`);
    return nextStep(
      secret,
      this.transcript,
      this.shares.filter(({ to }) => to === index),
      [this.stage.authority.root.certificate],
    );
  }
  async sign(statement: CeremonyStatement, by = statement.index) {
    const signer = this.stage.signers[by - 1];
    if (!signer) throw new Error(`there is no trustee ${by}`);
    return { statement, signature: base64(await signDetached(statementBytes(statement), signer, now)) };
  }
  async say(statement: CeremonyStatement, sealed: readonly SealedShare[] = []): Promise<void> {
    this.messages = [...this.messages, await this.sign(statement)];
    this.shares.push(...sealed);
  }
  /** lets trustees say what they would say next; answers their steps */
  async go(...indexes: readonly number[]): Promise<MemberStep[]> {
    const steps: MemberStep[] = [];
    for (const index of indexes) {
      const step = await this.step(index);
      steps.push(step);
      if (step.kind === 'say') await this.say(step.statement, step.sealed);
      if (step.kind === 'confirm' || step.kind === 'complain') await this.say(step.statement);
    }
    return steps;
  }
}
