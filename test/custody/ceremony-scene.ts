import { noteKeyTypes, noteSigner, printSignerKey, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { base64 } from '../../src/kernel/bytes.ts';
import { joinCeremony, type MemberSecret, type MemberStep, nextStep, type SealedShare } from '../../src/sealing/ceremony-member.ts';
import { type CeremonyStatement, type CeremonyTranscript, statementBytes } from '../../src/sealing/ceremony-messages.ts';
import { readCertificates } from '../../src/sealing/certificate.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { KeyPair } from '../../src/sealing/signer.ts';
import { houseNow } from '../support/opened-lot.ts';
import { organisation, type Person, type Town } from '../support/town.ts';

export const institutions = ['宜昌市公共资源交易中心', '宜昌市公共资源交易监督管理局', '宜昌市夷陵公证处'] as const;

/** Three institutions that hold shares, each with a user of the role. */
export async function trusteesOf(town: Town, pair: KeyPair): Promise<readonly Person[]> {
  const people: Person[] = [];
  for (const [at, name] of institutions.entries())
    people.push(await organisation(town.house, pair, 900 + at, `${name}（托管）`, 'trustee'));
  return people;
}

/** Calls a ceremony as the administrator does; answers its id. */
export async function called(town: Town, trustees: readonly Person[], threshold = 2): Promise<string> {
  const codes = trustees.map((each) => each.actor.code);
  const answer = await (await town.administrator.api()).post('/ceremonies', { name: '第二届开标委员会', threshold, trustees: codes });
  if (answer.status !== 200 && answer.status !== 201) throw new Error(`the call was refused: ${answer.text}`);
  return (answer.body as { ceremony: string }).ceremony;
}

/** One trustee as its page or program is, its words sent by the public interface. */
export class Voice {
  readonly town: Town;
  readonly person: Person;
  readonly index: number;
  readonly id: string;
  secret: MemberSecret | null = null;
  constructor(town: Town, person: Person, index: number, id: string) {
    this.town = town;
    this.person = person;
    this.index = index;
    this.id = id;
  }
  async transcript(): Promise<CeremonyTranscript> {
    return (await this.town.house.api().get(`/ceremonies/${this.id}/transcript`)).body as CeremonyTranscript;
  }
  async shares(): Promise<readonly SealedShare[]> {
    return ((await (await this.person.api()).get(`/ceremonies/${this.id}/shares`)).body as { shares: SealedShare[] }).shares;
  }
  async step(shown?: CeremonyTranscript): Promise<MemberStep> {
    const transcript = shown ?? (await this.transcript());
    if (this.secret === null) {
      const witness = noteSigner(
        `trustee-${this.index}.${this.id.slice(-12)}`,
        crypto.getRandomValues(new Uint8Array(32)),
        noteKeyTypes.cosignature,
      );
      this.secret = await joinCeremony(transcript.call, this.index, { vkey: printVerifierKey(witness), key: printSignerKey(witness) });
    }
    return nextStep(
      this.secret,
      transcript,
      await this.shares(),
      transcript.anchors.flatMap((pem) => readCertificates(pem)),
    );
  }
  /** Signs and sends; `as` another person where somebody speaks for this place. Answers status and problem. */
  async say(
    statement: CeremonyStatement,
    sealed: readonly { to: number; sealed: string }[] = [],
    as: Person = this.person,
  ): Promise<string> {
    const signature = base64(await signDetached(statementBytes(statement), await as.signer(), await houseNow(this.town.house)));
    const answer = await (await as.api()).post(`/ceremonies/${this.id}/messages`, {
      statement,
      signature,
      sealed: sealed.map(({ to, sealed: text }) => ({ to, sealed: text })),
    });
    const { type, outcome } = answer.body as { type?: string; outcome?: string };
    return outcome ?? String(type).replace('/problems/', '');
  }
  async go(): Promise<MemberStep> {
    const step = await this.step();
    if (step.kind === 'say') await this.say(step.statement, step.sealed);
    if (step.kind === 'confirm' || step.kind === 'complain') await this.say(step.statement);
    return step;
  }
}

export const voicesOf = (town: Town, people: readonly Person[], id: string): readonly Voice[] =>
  people.map((person, at) => new Voice(town, person, at + 1, id));

/** Every voice speaks once in each of so many rounds. */
export async function rounds(voices: readonly Voice[], times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) for (const voice of voices) await voice.go();
}
