import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { documentName, stagedFile } from '../tenders/document.ts';
import { takenFor } from './entry.ts';
import { EntryApplication } from './schema.ts';

export const applicationFields = z.object({
  statement: z.string().trim().min(4).max(4000),
  contact: z.string().trim().min(4).max(100),
  papers: stagedFile,
});

/** A supplier applies, or puts another application in the place of its own. That it did nobody else learns before applications close. */
export const applyPrequalification = act({
  name: 'apply-prequalification',
  by: ['bidder'],
  says: { zh: '提交资格预审申请', en: 'Apply for prequalification' },
  takes: applicationFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, code, name, before } = await takenFor(call, command.lot, 'apply-prequalification');
    const { papers, statement, contact } = command;
    const { key: fileKey, type, sha256 } = papers;
    const given = {
      name,
      statement,
      contact,
      fileKey,
      fileName: documentName(undefined, papers),
      type,
      bytes: BigInt(papers.bytes),
      sha256,
    };
    const stands = { ...given, receivedAt: call.now, withdrawnAt: null };
    const replaces = before !== null && before.withdrawnAt === null;
    const row = before
      ? call.em.assign(before, stands)
      : call.em.create(EntryApplication, { id: newId(call.now), lot: lot.id, party: code, ...stands });
    const told = { application: row.id, name, sha256, replaces };
    return {
      result: { application: row.id, receivedAt: call.now },
      facts: [fact('application.received', { lot: lot.id, party: code }, told)],
    };
  },
});
