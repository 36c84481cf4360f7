import { z } from 'zod';
import { overridePage, overridesPage } from '../../views/rulebook/overrides.ts';
import type { View } from '../../views/view.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { overridesAnswer, shownOverride } from './answers.ts';
import { endOverride } from './end-override.ts';
import { overrideFor, overridesFor } from './override-reads.ts';
import { overrideFields, reasonField, setOverride } from './set-override.ts';
import { withdrawOverride } from './withdraw-override.ts';

const none = z.object({});
const params = z.object({ override: idField });
const answer = z.object({ override: z.string() });
const here = () => '/rules/local';
const itself = ({ override }: { readonly override: string }) => `/rules/local/${override}`;

endpoint({
  name: 'list-overrides',
  method: 'get',
  path: '/rules/local',
  says: { zh: '对门类或地区另行规定的数字', en: 'Figures set for a line or a region' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: overridesAnswer,
  handle: ({ em, by, now }) => overridesFor(em, by, now),
  page: (data, view: View) => overridesPage(view, data),
});

endpoint({
  name: 'show-override',
  method: 'get',
  path: '/rules/local/:override',
  says: { zh: '一项另行规定', en: 'One figure that was set' },
  by: 'anyone',
  params,
  query: none,
  body: none,
  answer: shownOverride,
  handle: ({ em, by, now }, { params: { override } }) => overrideFor(em, by, override, now),
  page: (data, view: View) => overridePage(view, data),
});

endpoint({
  name: 'set-override',
  method: 'post',
  path: '/rules/local',
  says: setOverride.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: overrideFields,
  answer,
  handle: async (visit, { body }) => (await visit.perform(setOverride, body)).result,
  goTo: here,
  form: here,
});

endpoint({
  name: 'withdraw-override',
  method: 'post',
  path: '/rules/local/:override/withdrawal',
  says: withdrawOverride.says,
  by: ['administrator'],
  params,
  query: none,
  body: z.object({ reason: reasonField }),
  answer,
  handle: async (visit, { params: named, body }) => (await visit.perform(withdrawOverride, { ...named, ...body })).result,
  goTo: itself,
  form: ({ params: named }) => `/rules/local/${named.override}`,
});

endpoint({
  name: 'end-override',
  method: 'post',
  path: '/rules/local/:override/end',
  says: endOverride.says,
  by: ['administrator'],
  params,
  query: none,
  body: z.object({ from: dayField, reason: reasonField }),
  answer,
  handle: async (visit, { params: named, body }) => (await visit.perform(endOverride, { ...named, ...body })).result,
  goTo: itself,
  form: ({ params: named }) => `/rules/local/${named.override}`,
});
