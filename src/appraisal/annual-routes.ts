import { z } from 'zod';
import { annualReviewPage } from '../../views/appraisal/annual-review.ts';
import { annualReviewsPage } from '../../views/appraisal/annual-reviews.ts';
import { expertYearPage } from '../../views/appraisal/expert-year.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { annualReviewAnswer, annualReviewsAnswer, expertYearAnswer } from './annual-answers.ts';
import { annualReviewOf, annualReviews, expertYear } from './annual-reads.ts';
import { contestExpertYear } from './contest-expert-year.ts';
import { decideExpertYear } from './decide-expert-year.ts';
import { judgeExpertYear, verdictFields } from './judge-expert-year.ts';
import { objectionFields } from './object-to-conduct.ts';
import { openAnnualReview } from './open-annual-review.ts';
import './settle-expert-year.ts';

const none = z.object({});
const entryParams = z.object({ entry: idField });
const keepers = ['centre', 'regulator'] as const;
const itsPage = ({ params }: { params: { entry?: string } }): string => `/expert-years/${params.entry ?? ''}`;

endpoint({
  name: 'annual-reviews',
  method: 'get',
  path: '/experts/annual-reviews',
  says: { zh: '专家年度考核', en: 'Annual reviews of experts' },
  by: keepers,
  params: none,
  query: none,
  body: none,
  answer: annualReviewsAnswer,
  handle: ({ em, by, now }) => annualReviews(em, by, now),
  page: (answer, view: View) => annualReviewsPage(view, answer),
});

endpoint({
  name: 'open-annual-review',
  method: 'post',
  path: '/experts/annual-reviews',
  says: openAnnualReview.says,
  by: openAnnualReview.by,
  params: none,
  query: none,
  body: none,
  answer: z.object({ review: z.string() }),
  handle: async (visit) => (await visit.perform(openAnnualReview, {})).result,
  goTo: ({ review }) => `/experts/annual-reviews/${review}`,
  form: () => '/experts/annual-reviews',
});

endpoint({
  name: 'annual-review',
  method: 'get',
  path: '/experts/annual-reviews/:review',
  says: { zh: '一个年度的专家考核', en: 'One annual review of experts' },
  by: keepers,
  params: z.object({ review: idField }),
  query: none,
  body: none,
  answer: annualReviewAnswer,
  handle: ({ em }, { params }) => annualReviewOf(em, params.review),
  page: (answer, view: View) => annualReviewPage(view, answer),
});

endpoint({
  name: 'expert-year',
  method: 'get',
  path: '/expert-years/:entry',
  says: { zh: '一名专家的年度考核', en: 'One expert in one annual review' },
  by: [...keepers, 'expert'],
  params: entryParams,
  query: none,
  body: none,
  answer: expertYearAnswer,
  handle: ({ em, by, now }, { params }) => expertYear(em, by, params.entry, now),
  page: (answer, view: View) => expertYearPage(view, answer),
});

endpoint({
  name: 'judge-expert-year',
  method: 'post',
  path: '/expert-years/:entry/verdict',
  says: judgeExpertYear.says,
  by: judgeExpertYear.by,
  params: entryParams,
  query: none,
  body: verdictFields,
  answer: z.object({ state: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(judgeExpertYear, { ...body, ...params })).result,
  goTo: (_answer, input) => itsPage(input),
  form: itsPage,
});

endpoint({
  name: 'contest-expert-year',
  method: 'post',
  path: '/expert-years/:entry/objection',
  says: contestExpertYear.says,
  by: contestExpertYear.by,
  params: entryParams,
  query: none,
  body: objectionFields,
  answer: z.object({ state: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(contestExpertYear, { ...body, ...params })).result,
  goTo: (_answer, input) => itsPage(input),
  form: itsPage,
});

endpoint({
  name: 'decide-expert-year',
  method: 'post',
  path: '/expert-years/:entry/decision',
  says: decideExpertYear.says,
  by: decideExpertYear.by,
  params: entryParams,
  query: none,
  body: verdictFields,
  answer: z.object({ verdict: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(decideExpertYear, { ...body, ...params })).result,
  goTo: (_answer, input) => itsPage(input),
  form: itsPage,
});
