import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { base64url, canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { idField, newId } from '../kernel/ids.ts';
import { signedNear } from '../openings/hall-statement.ts';
import { CouncilTask } from '../openings/schema.ts';
import { sha256 } from '../sealing/digest.ts';
import { checkLabelProof, type EnvelopeHeader, longestHeader, readEnvelopeHeader, sealedSize } from '../sealing/envelope.ts';
import { sheetContext, sheetPoints } from '../sealing/sheet-opening.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { sittingMembers } from './member-reads.ts';
import { holderOfSignature, type SheetAsks, sheetBytes, sheetSubmission } from './member-sheet.ts';
import { checkMemberSignature } from './member-signature.ts';
import { judgedPart } from './part-work.ts';
import { identityStale, nothingChanged, sheetRefused, sheetsAreOpen, sheetsComplete } from './problems.ts';
import { SealedSheet, SheetRound } from './schema.ts';
import { newestSheets, newestVersion, sealsBlind, sheetAsks } from './sheet-reads.ts';
import { inOrder } from './sheet-rounds.ts';
import { workingMember } from './working-member.ts';

export const sealedSheetFields = z.object({
  version: z.coerce.number().int().min(1),
  /** base64 of the envelope */
  sealed: z.base64().max(3_000_000),
  at: z.string().max(40),
  /** base64 of the detached CMS over `sheetSubmission` */
  signature: z.base64().max(30_000),
});

/**
 * A member hands in its whole sheet, sealed to the council: form, length and label are checked, nobody can look inside. A newer version takes its place
 * until all are in; with the last one the council is asked to open them together, and in the same transaction nothing can be replaced any more.
 */
export const sealSheet = act({
  name: 'seal-sheet',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '递交密封的评审表', en: 'Hand in a sealed score sheet' },
  takes: sealedSheetFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('seal-sheet', lot.phase);
    const member = await workingMember(call, lot);
    if (!termsOf(lot).sheets) throw sheetsAreOpen();
    const before = (await newestSheets(call.em, lot, [member])).get(member.id);
    if (before?.round) throw sheetsComplete();
    if (command.version !== (await newestVersion(call.em, lot, member.id)) + 1) throw nothingChanged();
    const asks = await sheetAsks(call.em, lot, member.id, command.version);
    const { bytes, header } = await sealed(command.sealed, asks, lot.council ?? '');
    const digest = base64url(sha256(bytes));
    const at = parseInstant(command.at);
    if (at === undefined || !signedNear(at, call.now)) throw identityStale();
    const { part, version } = asks;
    const { ephemeral, proof, wrappedKey } = header;
    const statement = sheetSubmission({ lot: lot.id, part, member: member.id, version, sha256: digest, ephemeral, at });
    await checkMemberSignature(call, canonicalBytes(statement), command.signature);
    // the very person who confirmed its identity for this seat: custodians and verifiers see no more of it than that
    if (holderOfSignature(command.signature) !== holderOfSignature(member.identitySignature ?? '')) throw sheetRefused();
    call.em.create(SealedSheet, {
      id: newId(call.now),
      lot: lot.id,
      part,
      member: member.id,
      version,
      blind: sealsBlind(lot),
      sealed: bytes,
      sha256: digest,
      ephemeral,
      proof,
      wrappedKey,
      signature: command.signature,
      at: call.now,
      round: null,
      state: 'sealed',
      sheet: null,
    });
    await call.em.flush();
    const said = { part, member: member.id, version, sha256: digest, ephemeral, proof, bytes: bytes.length, statement };
    const handedIn = fact('sheet.sealed', { lot: lot.id, member: member.id }, { ...said, signature: command.signature });
    const complete = await roundComplete(call, lot);
    return { result: { version, complete: complete.length > 0 }, facts: [handedIn, ...complete] };
  },
});

async function sealed(text: string, asks: SheetAsks, council: string): Promise<{ bytes: Uint8Array; header: EnvelopeHeader }> {
  const bytes = fromBase64(text) ?? new Uint8Array(0);
  const read = await readEnvelopeHeader(bytes.subarray(0, longestHeader), 'sheet');
  const fits =
    read.ok &&
    bytes.length === sealedSize(sheetBytes(asks), read.header.length) &&
    checkLabelProof(read.header, council, sheetContext(asks, asks)).ok;
  if (!fits) throw sheetRefused();
  return { bytes, header: read.header };
}

/** Once every seat is taken and its sheet in, those that were not opened before are listed for the council: exactly these, together. */
async function roundComplete(call: Call, lot: Lot): Promise<readonly Fact[]> {
  const members = await sittingMembers(call.em, lot.id);
  const sheets = await newestSheets(call.em, lot, members);
  if (members.length < termsOf(lot).panel.size || members.some(({ id }) => !sheets.has(id))) return [];
  const due = inOrder([...sheets.values()].filter((row) => row.round === null));
  const part = judgedPart(lot);
  const round = (await call.em.count(SheetRound, { lot: lot.id, part })) + 1;
  const task = newId(call.now);
  for (const row of due) row.round = round;
  const list = due.map(({ member, version, sha256: digest, ephemeral, proof }) => ({ member, version, sha256: digest, ephemeral, proof }));
  const items = due.map(({ wrappedKey }, place) => ({ ...list[place], wrappedKey }));
  call.em.create(CouncilTask, {
    id: task,
    kind: 'sheets',
    lot: lot.id,
    council: lot.council ?? '',
    question: { part, round, items },
    points: sheetPoints(list),
    askedAt: call.now,
  });
  call.em.create(SheetRound, { lot: lot.id, part, round, task, completeAt: call.now, openedAt: null });
  return [fact('sheets.complete', { lot: lot.id }, { part, round, list })];
}
