import { z } from 'zod';
import { deskLogPage } from '../../views/evaluation/desk-log.ts';
import type { View } from '../../views/view.ts';
import { endpoint, type Visit } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { Problem } from '../kernel/problem.ts';
import { tokenOf } from '../parties/session-routes.ts';
import { deskLogAnswer } from './answers.ts';
import { enterDesk, placeFields } from './enter-desk.ts';
import { keepNote, noteFields } from './keep-note.ts';
import { leaveDesk } from './leave-desk.ts';
import { ownSeat } from './member-reads.ts';
import { openAttachment } from './open-attachment.ts';
import type { DeskSitting } from './schema.ts';
import { deskLog, openedAlready, sittingOf } from './sitting-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const members = ['expert', 'tenderee', 'agent'] as const;

/** The member's place at its desk in this session; whoever looks at the desk has come to it, and that is written down. Null where the desk is closed. */
export async function atDesk(visit: Visit, lot: string): Promise<DeskSitting | null> {
  const member = await ownSeat(visit.em, visit.by, lot);
  const token = tokenOf(visit);
  const sits = await sittingOf(visit.em, member.id, token);
  if (sits) return sits;
  await visit.perform(enterDesk, { lot, token }).catch((error: unknown) => {
    // closed, or another request of this session was quicker
    if (!(error instanceof Problem)) throw error;
  });
  return sittingOf(visit.em, member.id, token);
}

/** Writes down that a member opened a file: once for each time it sits at its desk. */
export async function noteOpened(
  visit: Visit,
  lot: string,
  file: {
    readonly submission: string;
    readonly sha256: string;
    readonly field: string /** the id under which the desk knows the bid */;
    readonly named: string;
  },
): Promise<void> {
  const sitting = await atDesk(visit, lot);
  if (!sitting || (await openedAlready(visit.em, sitting.id, file))) return;
  const { sha256, field, named: submission } = file;
  await visit.perform(openAttachment, { lot, sha256, field, submission, token: tokenOf(visit) }).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });
}

endpoint({
  name: 'enter-desk',
  method: 'post',
  path: '/lots/:lot/desk',
  says: { zh: '说明在哪个评标场地评审', en: 'Say from which room one works' },
  by: members,
  params: lotParams,
  query: none,
  body: placeFields,
  answer: z.object({ place: z.string().nullable() }),
  handle: async (visit, { params, body }) => (await visit.perform(enterDesk, { ...body, ...params, token: tokenOf(visit) })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}/evaluation`,
  form: ({ params }) => `/lots/${params.lot}/evaluation`,
});

endpoint({
  name: 'leave-desk',
  method: 'post',
  path: '/lots/:lot/desk/end',
  says: leaveDesk.says,
  by: members,
  params: lotParams,
  query: none,
  body: none,
  answer: none,
  handle: async (visit, { params }) => (await visit.perform(leaveDesk, params)).result,
  goTo: () => '/evaluations',
  form: ({ params }) => `/lots/${params.lot}/evaluation`,
});

endpoint({
  name: 'keep-note',
  method: 'post',
  path: '/lots/:lot/notes',
  says: keepNote.says,
  by: members,
  params: lotParams,
  query: none,
  body: noteFields.extend({ view: z.enum(['review', 'score']).optional() }),
  answer: none,
  handle: async (visit, { params, body }) => (await visit.perform(keepNote, { ...body, ...params })).result,
  goTo: (_answer, { params, body }) => `/lots/${params.lot}/evaluation?view=${body.view ?? 'review'}&bid=${body.bid}&saved=1`,
  form: ({ params }) => `/lots/${params.lot}/evaluation`,
});

endpoint({
  name: 'desk-log',
  method: 'get',
  path: '/lots/:lot/evaluation/log',
  says: { zh: '评标室记录：进出与查阅', en: 'The log of the desks: who came and went, and what was opened' },
  by: 'signed-in',
  params: lotParams,
  query: z.object({ from: z.coerce.number().int().min(0).max(1_000_000).optional() }),
  body: none,
  answer: deskLogAnswer,
  handle: ({ em, by }, { params, query }) => deskLog(em, by, params.lot, query.from ?? 0),
  page: (answer, view: View) => deskLogPage(view, answer),
});
