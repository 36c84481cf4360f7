import { z } from 'zod';
import { noteKeyTypes, parseVerifierKey } from '../journal/checkpoint.ts';
import { fact } from '../journal/event.ts';
import { WitnessRow } from '../journal/schema.ts';
import { notAWitnessKey } from '../journal/witness-problems.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { canonical } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { ownAnchors } from '../parties/authority.ts';
import { standingCertificate } from '../parties/certificate-reads.ts';
import {
  type CeremonyCall,
  type CeremonyStatement,
  type SignedStatement,
  type StatementOf,
  saidOf,
  sealedShape,
  signedStatementShape,
  transcriptDigest,
} from '../sealing/ceremony-messages.ts';
import { sealedDigest } from '../sealing/ceremony-shares.ts';
import { admit, type CeremonyOutcome, outcomeOf, signedBy } from '../sealing/ceremony-verify.ts';
import { ceremonyOver, ceremonyUnsigned, notThisTrustee, sharesMissing, witnessNameTaken } from './ceremony-problems.ts';
import { introduceCouncil } from './form-council.ts';
import { Ceremony, CeremonyMessage, CeremonyShare } from './schema.ts';

export const spokenFields = signedStatementShape.extend({
  /** round 3: the shares that the statement names, each sealed to its receiver */
  sealed: z
    .array(z.object({ to: z.int().min(1).max(9), sealed: sealedShape }))
    .max(8)
    .default([]),
});

/**
 * A trustee's next signed message. It is asked exactly what every other participant will ask of it (sealing/ceremony-verify.ts), so that nothing enters
 * that would stop the others. The last confirmation forms the council from the transcript alone; a complaint ends the ceremony with a name.
 */
export const speakInCeremony = act({
  name: 'speak-in-ceremony',
  by: ['trustee'],
  says: { zh: '在密钥仪式中发言', en: 'Speak in a key ceremony' },
  takes: spokenFields.extend({ ceremony: idField }),
  async run(call, { ceremony, statement, signature, sealed }) {
    const held = await lock(call, Ceremony, ceremony);
    const called = held.call as CeremonyCall;
    const place = called.trustees.find(({ index }) => index === statement.index);
    if (place === undefined || place.code !== call.by.code) throw notThisTrustee();
    if (held.state !== 'open') throw ceremonyOver();
    const said = await call.em.find(CeremonyMessage, { ceremony }, { orderBy: { place: 'asc' } });
    const before = said.map((message) => message.statement as CeremonyStatement);
    const admitted = admit(called, before, statement);
    if (!admitted.ok) throw admitted.problem;
    await checkSignature(call, called, { statement, signature });
    if (statement.kind === 'hash') await checkWitness(call, before, statement);
    keepShares(call, ceremony, statement, sealed);
    call.em.create(CeremonyMessage, { ceremony, place: said.length, statement, signature, at: call.now });
    const statements = [...before, statement];
    const outcome = await outcomeOf(called, statements);
    const spoken = fact('ceremony.said', {}, { statement, signature });
    const ended = await conclude(call, held, called, statements, outcome);
    return { result: { ceremony, outcome: outcome.kind }, facts: [spoken, ...ended] };
  },
});

/** Signed by a certificate of the institution that stands at this moment. */
async function checkSignature(call: Call, called: CeremonyCall, message: SignedStatement): Promise<void> {
  const signer = await signedBy(called, message, ownAnchors());
  const holder = call.by.code ?? '';
  if (!signer || !(await standingCertificate(call.em, holder, signer.serial, signer.fingerprint, call.now))) throw ceremonyUnsigned();
}

/** The name under which a trustee's program will cosign must be its own: another's would put that other's keys aside when the council is formed. */
async function checkWitness(call: Call, before: readonly CeremonyStatement[], { witness }: StatementOf<'hash'>): Promise<void> {
  const key = parseVerifierKey(witness);
  if (key?.type !== noteKeyTypes.cosignature || key.name.length > 128) throw notAWitnessKey();
  const others = saidOf(before, 'hash').map((each) => parseVerifierKey(each.witness)?.name);
  const known = await call.em.findOne(WitnessRow, { name: key.name });
  if (others.includes(key.name) || (known !== null && known.vkey !== witness)) throw witnessNameTaken();
}

function keepShares(
  call: Call,
  ceremony: string,
  statement: CeremonyStatement,
  sealed: readonly { readonly to: number; readonly sealed: string }[],
): void {
  const named = statement.kind === 'shares' ? statement.shares : [];
  const given = sealed.map((each) => ({ to: each.to, sha256: sealedDigest(each.sealed) })).sort((a, b) => a.to - b.to);
  if (canonical(given) !== canonical([...named].sort((a, b) => a.to - b.to))) throw sharesMissing();
  for (const each of sealed) call.em.create(CeremonyShare, { ceremony, from: statement.index, to: each.to, sealed: each.sealed });
}

/** What the message brought about, if it was the last. */
async function conclude(
  call: Call,
  held: Ceremony,
  called: CeremonyCall,
  statements: readonly CeremonyStatement[],
  outcome: CeremonyOutcome,
): Promise<readonly Fact[]> {
  if (outcome.kind === 'open') return [];
  const culprit = outcome.kind === 'failed' ? outcome.culprit : null;
  Object.assign(held, { state: outcome.kind, culprit, endedAt: call.now });
  const ended = fact('ceremony.ended', {}, { ceremony: held.id, outcome: outcome.kind, culprit, reason: null });
  if (outcome.kind === 'failed') return [ended];
  const witnesses = saidOf(statements, 'hash').map(({ witness }) => witness);
  const digest = transcriptDigest(called, statements, 'confirmation');
  return [ended, await introduceCouncil(call, outcome.council, witnesses, digest)];
}
