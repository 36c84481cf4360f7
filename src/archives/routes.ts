import './make-volumes.ts';
import { z } from 'zod';
import { archivePage } from '../../views/archives/archive.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { archiveAnswer } from './answers.ts';
import { askDestruction } from './ask-destruction.ts';
import { closeArchive } from './close-archive.ts';
import { destroyArchive } from './destroy-archive.ts';
import { openArchive, openFields } from './open-archive.ts';
import { archiveOf, takenVolume } from './reads.ts';

const none = z.object({});
const params = z.object({ lot: idField });
const form = ({ params: at }: { params: Record<string, string> }) => `/lots/${at.lot}/archive`;
const back = (_answer: unknown, { params: at }: { params: { lot: string } }) => `/lots/${at.lot}/archive`;
const lotAnswer = z.object({ lot: z.string() });

endpoint({
  name: 'show-archive',
  method: 'get',
  path: '/lots/:lot/archive',
  says: { zh: '标段案卷：目录、摘要、保管期限', en: 'The volume of a lot: catalogue, digests, how long it is kept' },
  by: 'anyone',
  params,
  query: none,
  body: none,
  answer: archiveAnswer,
  handle: ({ em, by, now }, { params: { lot } }) => archiveOf(em, by, lot, now),
  page: (answer, view: View) => archivePage(view, answer),
});

endpoint({
  name: 'close-archive',
  method: 'post',
  path: '/lots/:lot/archive',
  says: closeArchive.says,
  by: ['agent', 'tenderee'],
  params,
  query: none,
  body: none,
  answer: z.object({ keepUntil: z.string() }),
  handle: async (visit, { params: at }) => (await visit.perform(closeArchive, at)).result,
  goTo: back,
  form,
});

endpoint({
  name: 'open-archive',
  method: 'post',
  path: '/lots/:lot/archive/openings',
  says: openArchive.says,
  by: ['agent', 'tenderee', 'regulator'],
  params,
  query: none,
  body: openFields,
  answer: z.object({ opening: z.string(), lot: z.string() }),
  handle: async (visit, { params: at, body }) => {
    const { result, events } = await visit.perform(openArchive, { ...body, ...at });
    return { opening: events[0] ?? '', lot: result.lot };
  },
  goTo: ({ opening, lot }) => `/lots/${lot}/archive/openings/${opening}`,
  form,
});

endpoint({
  name: 'download-archive',
  method: 'get',
  path: '/lots/:lot/archive/openings/:opening',
  says: { zh: '下载已留痕调阅的案卷', en: 'Download the volume that was taken out on record' },
  by: ['agent', 'tenderee', 'regulator'],
  params: params.extend({ opening: idField }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async (visit, { params: at }) => {
    const { key, bytes, name } = await takenVolume(visit.em, visit.by, at.lot, at.opening);
    return { stream: visit.files.read(key), name, type: 'application/zip', bytes };
  },
});

endpoint({
  name: 'ask-destruction',
  method: 'post',
  path: '/lots/:lot/archive/destruction',
  says: askDestruction.says,
  by: ['tenderee'],
  params,
  query: none,
  body: openFields,
  answer: lotAnswer,
  handle: async (visit, { params: at, body }) => (await visit.perform(askDestruction, { ...body, ...at })).result,
  goTo: back,
  form,
});

endpoint({
  name: 'destroy-archive',
  method: 'post',
  path: '/lots/:lot/archive/destruction/agreement',
  says: destroyArchive.says,
  by: ['regulator'],
  params,
  query: none,
  body: openFields,
  answer: lotAnswer,
  handle: async (visit, { params: at, body }) => (await visit.perform(destroyArchive, { ...body, ...at })).result,
  goTo: back,
  form,
});
