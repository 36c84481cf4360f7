import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { base64url, fromBase64 } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { sha256 } from '../sealing/digest.ts';
import { headerLength, sealedSize } from '../sealing/envelope.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { sheetBytes } from './member-sheet.ts';
import { judgedPart } from './part-work.ts';
import { sheetRefused, sheetsAreOpen } from './problems.ts';
import { SheetDraft } from './schema.ts';
import { sheetAsks } from './sheet-reads.ts';
import { workingMember } from './working-member.ts';

export const draftSheetFields = z.object({
  /** base64 of an age file to the member's own key: what it has entered so far, padded like the sheet itself */
  sealed: z.base64().max(3_000_000),
});

/**
 * Keeps what a member has entered so far, so that a closed window or another machine costs nobody an hour. It is encrypted before it leaves the
 * browser, under a key that the member alone has: nobody else reads it, the platform included, and its length tells nothing.
 */
export const keepDraft = act({
  name: 'keep-draft',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '保存加密的评审草稿', en: 'Keep the encrypted draft of a sheet' },
  takes: draftSheetFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('keep-draft', lot.phase);
    const member = await workingMember(call, lot);
    if (!termsOf(lot).sheets) throw sheetsAreOpen();
    const part = judgedPart(lot);
    const bytes = fromBase64(command.sealed) ?? new Uint8Array(0);
    const head = headerLength(bytes);
    const asks = await sheetAsks(call.em, lot, member.id, 1);
    if (head === undefined || bytes.length !== sealedSize(sheetBytes(asks), head)) throw sheetRefused();
    const draft =
      (await call.em.findOne(SheetDraft, { member: member.id, part })) ??
      call.em.create(SheetDraft, { member: member.id, part, sealed: '', at: call.now });
    Object.assign(draft, { sealed: command.sealed, at: call.now });
    const kept = { part, member: member.id, sha256: base64url(sha256(bytes)) };
    return { result: { at: call.now }, facts: [fact('draft.kept', { lot: lot.id, member: member.id }, kept)] };
  },
});
