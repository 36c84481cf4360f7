import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { digestOfToken } from '../parties/token.ts';
import { Lot } from '../tenders/schema.ts';
import { blindingOf, submissionNamed } from './blind-reads.ts';
import { ownSeat } from './member-reads.ts';
import { notAtDesk, nothingChanged, unknownItem } from './problems.ts';
import { DeskSitting } from './schema.ts';

/** A member opens a file of a bid at its desk; that it did is written down once for each time it sits there. */
export const openAttachment = act({
  name: 'open-attachment',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '打开投标文件附件', en: 'Open an attachment of a bid' },
  takes: z.object({
    lot: idField,
    submission: idField,
    sha256: z.string().length(43),
    field: z.string().max(64),
    token: z.string().max(64),
  }),
  async run(call, { lot, submission, sha256, field, token }) {
    const judged = await call.em.findOneOrFail(Lot, { id: lot });
    const bid = submissionNamed(await blindingOf(call.em, judged), submission);
    if (bid === undefined) throw unknownItem();
    const member = await ownSeat(call.em, call.by, lot);
    const session = digestOfToken(token);
    const sitting = session && (await call.em.findOne(DeskSitting, { member: member.id, session: new Uint8Array(session), leftAt: null }));
    if (!sitting) throw notAtDesk();
    const written = await call.em.execute<{ at: string }[]>(
      'insert into desk_opened_file (sitting, submission, sha256, field, at) values (?, ?, ?, ?, ?) on conflict do nothing returning at',
      [sitting.id, bid, sha256, field, call.now],
    );
    if (written.length === 0) throw nothingChanged();
    return {
      result: {},
      facts: [fact('attachment.opened', { lot, member: member.id }, { member: member.id, bid: submission, sha256 })],
    };
  },
});
