import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { Lot } from '../tenders/schema.ts';
import { announcements } from './announcement.ts';
import { kindAfter } from './compose.ts';
import { hash } from './paper.ts';
import { paperIssued, paperUnfounded } from './problems.ts';
import { PaperRow } from './schema.ts';

/**
 * Issues a paper that has been drawn and stored: from here on it stands, once, with its hash in the journal. The journal names the event it
 * follows; what it is made of are the lot's events up to that one.
 */
export const issuePaper = act({
  name: 'issue-paper',
  by: ['system'],
  says: { zh: '出具文书', en: 'Issue a paper' },
  takes: z.object({
    lot: idField,
    source: idField,
    number: z.string().min(1).max(100),
    data: z.record(z.string(), z.unknown()),
    dataHash: hash,
    sha256: hash,
    bytes: z.int().positive(),
    fileKey: z.string().regex(/^[0-9a-f]{40,64}$/),
  }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const { source, number, data, dataHash, sha256, bytes, fileKey } = command;
    const rows = await call.em.execute<{ type: string; party: string | null }[]>(
      'select e.type, e.party from journal_event e join journal_leaf l on l.event = e.id where e.id = ? and e.lot = ?',
      [source, lot.id],
    );
    const kind = rows[0] && kindAfter(rows[0].type);
    if (!rows[0] || !kind) throw paperUnfounded();
    if ((await call.em.count(PaperRow, { kind, source })) > 0) throw paperIssued();
    const announcement = announcements[kind];
    const party = announcement === 'paper.delivered' ? rows[0].party : null;
    const paper = newId(call.now);
    call.em.create(PaperRow, {
      id: paper,
      kind,
      number,
      lot: lot.id,
      party,
      source,
      data,
      dataHash,
      sha256,
      bytes,
      fileKey,
      issuedAt: call.now,
    });
    const subject = party === null ? { lot: lot.id } : { lot: lot.id, party };
    return {
      result: { paper, kind },
      facts: [fact(announcement, subject, { kind, dataHash, sha256, bytes, events: [source] })],
    };
  },
});
