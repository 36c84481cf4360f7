import { Readable } from 'node:stream';
import { z } from 'zod';
import { evidencePage } from '../../views/openness/evidence.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { evidenceFields, takeEvidence } from '../supervision/take-evidence.ts';
import { none } from './answers.ts';
import { type ShownEvidence, shownEvidence } from './evidence-page-reads.ts';
import { type Evidence, publicEvidence, takenEvidence } from './evidence-reads.ts';
import { writeEvidence } from './evidence-writer.ts';

const params = z.object({ lot: idField });

endpoint({
  name: 'show-evidence',
  method: 'get',
  path: '/lots/:lot/evidence',
  says: { zh: '证据包：公开版与监管版，如何核验', en: 'The evidence bundle: its two editions, and how to verify them' },
  by: 'anyone',
  params,
  query: none,
  body: none,
  answer: z.custom<ShownEvidence>(),
  pageOnly: true,
  handle: ({ em, by }, { params }) => shownEvidence(em, by, params.lot),
  page: (answer, view: View) => evidencePage(view, answer),
});

endpoint({
  name: 'download-evidence',
  method: 'get',
  path: '/lots/:lot/evidence',
  says: {
    zh: '下载证据包公开版：自公告发布起，人人可下载，内容相同',
    en: 'Download the public edition of the evidence: from the notice on, the same for everyone',
  },
  by: 'anyone',
  params,
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  apiOnly: true,
  handle: async ({ em, by }, { params }) => downloaded(await publicEvidence(em, by, params.lot)),
});

endpoint({
  name: 'take-evidence',
  method: 'post',
  path: '/lots/:lot/evidence',
  says: takeEvidence.says,
  by: ['regulator'],
  params,
  query: none,
  body: evidenceFields,
  answer: z.object({ look: z.string(), lot: z.string() }),
  handle: async (visit, { params, body }) => {
    const { result, events } = await visit.perform(takeEvidence, { ...body, ...params });
    return { look: events[0] ?? '', lot: result.lot };
  },
  goTo: ({ lot }) => `/lots/${lot}/evidence#regulator`,
  form: ({ params }) => `/lots/${params.lot}/evidence`,
});

endpoint({
  name: 'download-taken-evidence',
  method: 'get',
  path: '/lots/:lot/evidence/:look',
  says: {
    zh: '下载已留痕调取的证据包监管版：调取那一刻监管部门可见的全部内容',
    en: 'Download the regulator’s edition that was taken on record: what the supervisor was entitled to at that moment',
  },
  by: ['regulator'],
  params: params.extend({ look: idField }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async ({ em, by }, { params }) => downloaded(await takenEvidence(em, by, params.lot, params.look)),
});

async function downloaded({ parts, name }: Evidence) {
  const bytes = await writeEvidence(parts);
  return { stream: Readable.from([bytes]), name, type: 'application/zip', bytes: bytes.length };
}
