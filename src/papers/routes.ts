import { Readable } from 'node:stream';
import { z } from 'zod';
import { papersPage } from '../../views/papers/list.ts';
import { paperPage } from '../../views/papers/paper.ts';
import type { View } from '../../views/view.ts';
import { type Download, endpoint, type Visit } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { paperAnswer, papersAnswer } from './answers.ts';
import { renderRange } from './issue-papers.ts';
import { hash } from './paper.ts';
import { rangeOf } from './range-reads.ts';
import { fileName, type PaperFile, paperByHash, paperById, paperFor, papersOf } from './reads.ts';
import './provide.ts';

const none = z.object({});

endpoint({
  name: 'list-papers',
  method: 'get',
  path: '/lots/:lot/papers',
  outdoors: true,
  says: { zh: '标段文书', en: 'The papers of a lot' },
  by: 'anyone',
  params: z.object({ lot: idField }),
  query: none,
  body: none,
  answer: papersAnswer,
  handle: ({ em, by }, { params }) => papersOf(em, by, params.lot),
  page: (answer, view: View) => papersPage(view, answer),
});

endpoint({
  name: 'download-paper-of-lot',
  method: 'get',
  path: '/lots/:lot/papers/:kind',
  outdoors: true,
  says: {
    zh: '下载标段的某类文书（PDF）；event 指明所依据的事件，缺省为最新一份',
    en: 'Download the paper of a kind (PDF); `event` names what it follows, else the newest',
  },
  by: 'anyone',
  params: z.object({ lot: idField, kind: z.string().max(40) }),
  query: z.object({ event: z.preprocess((given) => (given === '' ? undefined : given), idField.optional()) }),
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async (visit, { params, query }) => {
    const paper = await paperFor(visit.em, visit.by, { ...params, event: query.event });
    return 'own' in paper ? drawnAfresh(visit, paper.own) : sent(visit, paper);
  },
});

endpoint({
  name: 'download-paper',
  method: 'get',
  path: '/papers/:paper',
  says: { zh: '下载文书（PDF）', en: 'Download a paper (PDF)' },
  by: 'anyone',
  params: z.object({ paper: idField }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async (visit, { params }) => sent(visit, await paperById(visit.em, visit.by, params.paper)),
});

endpoint({
  name: 'show-paper',
  method: 'get',
  path: '/verify/:hash',
  says: { zh: '按数据指纹核验文书', en: 'Look a paper up by the data hash printed on it' },
  by: 'anyone',
  params: z.object({ hash }),
  query: none,
  body: none,
  answer: paperAnswer,
  handle: ({ em, by }, { params }) => paperByHash(em, by, params.hash),
  page: (answer, view: View) => paperPage(view, answer),
});

const pdf = { type: 'application/pdf', inline: true } as const;

const sent = ({ files }: Visit, { fileKey, kind, number, bytes }: PaperFile): Download => ({
  ...pdf,
  stream: files.read(fileKey),
  name: fileName(kind, number),
  bytes,
});

/** A receipt that the journal does not tell of yet: made from the same events it will be issued from, and so the same file. */
async function drawnAfresh({ em }: Visit, source: string): Promise<Download> {
  const range = await rangeOf(em, source);
  if (!range) throw notFound();
  const { bytes, kind, number } = await renderRange(range);
  return { ...pdf, stream: Readable.from([Buffer.from(bytes)]), name: fileName(kind, number), bytes: bytes.length };
}
