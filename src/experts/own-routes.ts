import { z } from 'zod';
import { ownPage as ownView } from '../../views/experts/own.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { ownAnswer } from './own-answers.ts';
import { ownPage } from './record-reads.ts';

const none = z.object({});

endpoint({
  name: 'own-record',
  method: 'get',
  path: '/expert',
  says: { zh: '我的专家档案', en: 'My record in the pool of experts' },
  by: ['expert'],
  params: none,
  query: none,
  body: none,
  answer: ownAnswer,
  handle: ({ em, by, now }) => ownPage(em, by, now),
  page: (answer, view: View) => ownView(view, answer),
});
