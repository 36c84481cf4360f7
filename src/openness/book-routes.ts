import { z } from 'zod';
import { apiPage } from '../../views/openness/api.ts';
import { problemsPage } from '../../views/openness/problems.ts';
import { rulesPage } from '../../views/openness/rules.ts';
import { verifyPage } from '../../views/openness/verify.ts';
import type { View } from '../../views/view.ts';
import { words } from '../kernel/answer.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { overridesStanding } from '../rulebook/override-reads.ts';
import { emptyOr, none } from './answers.ts';
import { apiGuide, type GuideGroup } from './api-guide.ts';
import { problemsBook, type RulesBook, rulesBook } from './rules.ts';

const choices = z.array(z.object({ value: z.string(), label: words }));
const setFigure = z.object({ override: z.string(), value: words, place: words, line: words.nullable(), since: z.string() });

endpoint({
  name: 'list-rules',
  method: 'get',
  path: '/rules',
  says: { zh: '平台执行的全部规则与参数', en: 'Every rule the platform enforces and every figure it applies' },
  by: 'anyone',
  params: none,
  query: z.object({ line: emptyOr(z.string().max(40)), phase: emptyOr(z.string().max(20)) }),
  body: none,
  answer: z.object({
    rules: z.array(
      z.object({
        id: z.string(),
        says: words,
        source: words,
        certainty: z.string(),
        since: z.string(),
        problem: z.string(),
        figures: z.array(z.string()),
        acts: z.array(z.object({ name: z.string(), says: words })),
        phases: z.array(z.string()),
        lines: z.array(z.string()),
      }),
    ),
    figures: z.array(
      z.object({
        key: z.string(),
        group: words,
        value: words,
        says: words,
        source: words,
        certainty: z.string(),
        since: z.string(),
        until: z.string().nullable(),
        bites: words,
        set: z.array(setFigure),
      }),
    ),
    certainties: z.array(z.object({ mark: z.string(), says: words })),
    lines: choices,
    phases: choices,
  }),
  handle: async ({ em, now }, { query }) => {
    const today = dayOf(now);
    const held = (await overridesStanding(em)).filter(({ inForceTo }) => inForceTo === null || today < inForceTo);
    const { rules, figures, certainties, lines, phases } = rulesBook(held, query);
    return {
      rules: rules.map((each) => ({
        ...each,
        figures: [...each.figures],
        acts: [...each.acts],
        phases: [...each.phases],
        lines: [...each.lines],
      })),
      figures: figures.map((each) => ({ ...each, set: [...each.set] })),
      certainties: [...certainties],
      lines: [...lines],
      phases: [...phases],
    };
  },
  page: (answer, view: View, { query }) => rulesPage(view, answer as RulesBook, query),
});

const problemAnswer = z.object({ name: z.string(), kind: z.string(), title: words, rules: z.array(z.string()) });

endpoint({
  name: 'list-problems',
  method: 'get',
  path: '/problems',
  says: { zh: '平台可能给出的全部拒绝', en: 'Every refusal the platform can give' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.object({ problems: z.array(problemAnswer) }),
  handle: async () => ({ problems: problemsBook() }),
  page: (answer, view: View) => problemsPage(view, answer.problems),
});

endpoint({
  name: 'show-problem',
  method: 'get',
  path: '/problems/:problem',
  says: { zh: '一种拒绝', en: 'One kind of refusal' },
  by: 'anyone',
  params: z.object({ problem: z.string().max(64) }),
  query: none,
  body: none,
  answer: z.object({ problems: z.array(problemAnswer) }),
  handle: async (_visit, { params }) => {
    const problems = problemsBook().filter((each) => each.name === params.problem);
    if (problems.length === 0) throw notFound();
    return { problems };
  },
  page: (answer, view: View) => problemsPage(view, answer.problems),
});

endpoint({
  name: 'show-api',
  method: 'get',
  path: '/api',
  says: { zh: '开放接口说明', en: 'The API for people to read' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.custom<readonly GuideGroup[]>(),
  pageOnly: true,
  handle: async () => apiGuide(),
  page: (answer, view: View) => apiPage(view, answer),
});

endpoint({
  name: 'show-verify',
  method: 'get',
  path: '/verify',
  says: { zh: '核验', en: 'Verify' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: none,
  pageOnly: true,
  handle: async () => ({}),
  page: (_answer, view: View) => verifyPage(view),
});
