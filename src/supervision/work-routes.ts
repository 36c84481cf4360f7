import { z } from 'zod';
import type { View } from '../../views/view.ts';
import { workPage } from '../../views/work.ts';
import { at, words } from '../kernel/answer.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { workOf } from './work-reads.ts';

const none = z.object({});

const workAnswer = z.object({
  todos: z.array(
    z.object({
      due: at.nullable(),
      what: words,
      about: z.string(),
      why: words,
      otherwise: words,
      href: z.string(),
      action: words,
    }),
  ),
  running: z.array(
    z.object({
      lot: z.string(),
      name: z.string(),
      phase: z.string(),
      phaseTitle: words,
      next: z.object({ at, what: words }).nullable(),
      href: z.string(),
    }),
  ),
  news: z.array(z.object({ at, says: words, about: z.string(), href: z.string() })),
});

endpoint({
  name: 'show-work',
  method: 'get',
  path: '/work',
  says: {
    zh: '今日待办：要做什么、何时到期、依据、不办的后果；进行中的标段',
    en: 'What I have to do, by when, on what ground and what happens if not; the lots I take part in',
  },
  by: 'signed-in',
  params: none,
  query: none,
  body: none,
  answer: workAnswer,
  handle: async ({ em, by, now }) => {
    const { todos, running, news } = await workOf(em, by, now);
    return { todos: [...todos], running: [...running], news: [...news] };
  },
  page: (answer, view: View) => workPage(view, answer),
});
