import { z } from 'zod';
import { codePage } from '../../views/openness/code.ts';
import type { View } from '../../views/view.ts';
import { words } from '../kernel/answer.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { tradeClasses, tradeCodeSource } from '../rulebook/trade-classes.ts';
import { none } from './answers.ts';
import { explainCode } from './code-reads.ts';

const codeAnswer = z.object({
  asked: z.string(),
  /** null: nothing was asked, or it has not the shape of a trading code */
  explained: z
    .object({
      /** with its class, where that is known */
      code: z.string(),
      parts: z.array(z.object({ text: z.string(), is: z.enum(['class', 'party', 'day', 'serial', 'check']), says: words })),
      /** empty when nothing is wrong with it */
      faults: z.array(words),
      /** what it names, as far as that is published */
      names: z.array(z.object({ id: z.string(), number: z.string(), name: z.string(), phase: words, is: z.enum(['lot', 'project']) })),
    })
    .nullable(),
});
export type CodeAnswer = z.infer<typeof codeAnswer>;

const guide = { classes: z.array(z.object({ letter: z.string(), title: words, source: words })), source: words };
const pageAnswer = codeAnswer.extend(guide);
export type CodePageAnswer = z.infer<typeof pageAnswer>;

endpoint({
  name: 'explain-trading-code',
  method: 'get',
  path: '/codes',
  says: { zh: '查询统一交易标识码', en: 'Look up a unified trading code' },
  by: 'anyone',
  params: none,
  query: z.object({ code: z.string().trim().max(100).default('') }),
  body: none,
  answer: pageAnswer,
  handle: async ({ em }, { query }) => ({
    ...(query.code === '' ? { asked: '', explained: null } : await explainCode(em, query.code)),
    classes: [...tradeClasses],
    source: tradeCodeSource,
  }),
  page: (answer, view: View) => codePage(view, answer),
});
