import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, type Facts, lock } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { idField } from '../kernel/ids.ts';
import { signedNear } from '../openings/hall-statement.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { declaration } from './declaration.ts';
import { identityStatement } from './identity-statement.ts';
import { leavesPanel, refuseFixedPanel } from './leaving.ts';
import { ownSeat } from './member-reads.ts';
import { checkMemberSignature } from './member-signature.ts';
import { alreadyDeclared, identityNeeded, identityStale, reasonNeeded } from './problems.ts';
import type { PanelMember } from './schema.ts';

export const declarationFields = z.object({
  recuses: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  ground: z.string().trim().max(500).optional(),
  /** when `identityStatement` was signed, and base64 of the detached CMS over it; asked of whoever stays */
  identifiedAt: z.string().max(40).optional(),
  identity: z.base64().max(30_000).optional(),
});

/**
 * Each member, its identity confirmed by its own signature, declares, the bidders being named, that nothing binds it to one of them; or withdraws. Only then does it see the bids (XR-10).
 * An expert who withdraws is replaced by the next of the same draw; what it has judged so far no longer counts (regulations art. 48).
 */
export const declareRecusal = act({
  name: 'declare-recusal',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '签署回避声明', en: 'Declare recusal or its absence' },
  takes: declarationFields.extend({ lot: idField }),
  async run(call, { lot: lotId, recuses, ground, identifiedAt, identity }) {
    const lot = await lock(call, Lot, lotId);
    allow('declare-recusal', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    await refuseFixedPanel(call, lot);
    const declared = { member: member.id, statement: declaration.zh, recuses, ground: recuses ? (ground ?? null) : null };
    const result: { recuses: boolean } = { recuses };
    const said = fact('recusal.declared', { lot: lot.id, member: member.id }, declared);
    if (!recuses) {
      if (member.declaredAt) throw alreadyDeclared();
      const confirmed = await identified(call, lot.id, member, identifiedAt, identity);
      member.declaredAt = call.now;
      return { result, facts: [confirmed, said] };
    }
    if (!ground) throw reasonNeeded({ fields: [{ path: 'ground', says: { zh: '请写明回避理由。', en: 'Please state the ground.' } }] });
    member.recusedFor = ground;
    const facts: Facts = [said, ...(await leavesPanel(call, member, 'recused'))];
    return { result, facts };
  },
});

/** Who declares is who sits in the seat: shown by its own certificate, now and for this seat. */
async function identified(
  call: Call,
  lot: string,
  member: PanelMember,
  signedAt: string | undefined,
  signature: string | undefined,
): Promise<Fact> {
  const at = parseInstant(signedAt ?? '');
  if (at === undefined || !signature) throw identityNeeded();
  if (!signedNear(at, call.now)) throw identityStale();
  const statement = identityStatement(lot, member.id, at);
  const { serial } = await checkMemberSignature(call, canonicalBytes(statement), signature);
  member.identity = statement;
  member.identitySignature = signature;
  member.identitySerial = serial;
  return fact('identity.confirmed', { lot, member: member.id }, { member: member.id, statement, signature, serial });
}
