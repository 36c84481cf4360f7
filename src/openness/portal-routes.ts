import { openingsPage } from '../../views/openness/openings.ts';
import { portalOf } from '../../views/openness/shown.ts';
import { portalPage } from '../../views/portal.ts';
import type { View } from '../../views/view.ts';
import { results } from '../awards/result-reads.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { isSandbox } from '../parties/reads.ts';
import { none, openingsAnswer, portalAnswer } from './answers.ts';
import { openingsOf, openLots } from './portal-reads.ts';

endpoint({
  name: 'show-portal',
  method: 'get',
  path: '/',
  says: { zh: '首页', en: 'The front page' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: portalAnswer,
  pageOnly: true,
  handle: async ({ em, now }) => {
    const open = await openLots(em, now, 12);
    return {
      open: open.lots,
      openTotal: open.total,
      openings: await openingsOf(em, now, 1, 0),
      results: await results(em, {}, 10),
      sandbox: await isSandbox(em),
    };
  },
  page: (answer, view: View) => portalPage(view, portalOf(view, answer)),
});

endpoint({
  name: 'list-openings',
  method: 'get',
  path: '/openings',
  says: { zh: '开标场次：进行中、将要进行、近期', en: 'Opening sessions: now, to come, of late' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: openingsAnswer,
  handle: ({ em, now }) => openingsOf(em, now, 30, 7),
  page: (answer, view: View) => openingsPage(view, answer),
});
