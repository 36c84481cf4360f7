import { Readable } from 'node:stream';
import { z } from 'zod';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { none } from './answers.ts';
import { evidenceOf } from './evidence-reads.ts';
import { writeEvidence } from './evidence-writer.ts';

endpoint({
  name: 'download-evidence',
  method: 'get',
  path: '/lots/:lot/evidence',
  says: {
    zh: '下载证据包：结果公布后人人可下载，监管部门自开标起',
    en: 'Download the evidence bundle: everyone from the result on, the supervisor from the opening on',
  },
  by: 'anyone',
  params: z.object({ lot: idField }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async ({ em, by }, { params }) => {
    const { parts, name } = await evidenceOf(em, by, params.lot);
    const bytes = await writeEvidence(parts);
    return { stream: Readable.from([bytes]), name, type: 'application/zip', bytes: bytes.length };
  },
});
