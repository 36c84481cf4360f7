import { z } from 'zod';
import { probesPage } from '../../views/openness/probes.ts';
import type { View } from '../../views/view.ts';
import { probeStandings } from '../journal/probe-reads.ts';
import { registerProbe } from '../journal/register-probe.ts';
import { removeProbe } from '../journal/remove-probe.ts';
import { at } from '../kernel/answer.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { none } from './answers.ts';
import { outageRuleNow } from './probe-rule.ts';

const named = z.object({ name: z.string() });

const standing = z.object({
  name: z.string(),
  institution: z.string(),
  vkey: z.string(),
  since: at,
  removedAt: at.nullable(),
  until: at.nullable(),
  /** the last 24 hours, a letter a minute: u up, d down, - not looked, ! contradicted, blank not stated */
  day: z.string(),
  reports: z.int(),
  contradictions: z.int(),
  slowest: z.int().nullable(),
});
const answer = z.object({
  now: at,
  probes: z.array(standing),
  /** the figures that a notice published now would carry */
  rule: z.object({
    institutions: z.int(),
    quorum: z.int(),
    downMinutes: z.int(),
    windowMinutes: z.int(),
    moveHours: z.int(),
    mostMoves: z.int(),
    settleMinutes: z.int(),
  }),
});
export type ProbesAnswer = z.infer<typeof answer>;

endpoint({
  name: 'show-probes',
  method: 'get',
  path: '/probes',
  says: { zh: '收件探测', en: 'Probes of the intake' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer,
  handle: async ({ em, now }) => ({ now, probes: [...(await probeStandings(em, now))], rule: outageRuleNow(now) }),
  page: (given, view: View) => probesPage(view, given),
});

endpoint({
  name: 'register-probe',
  method: 'post',
  path: '/administration/probes',
  says: registerProbe.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: z.object({ vkey: z.string(), institution: z.string() }),
  answer: named,
  handle: async (visit, { body }) => (await visit.perform(registerProbe, body)).result,
  goTo: () => '/probes',
  form: () => '/probes',
});

endpoint({
  name: 'remove-probe',
  method: 'post',
  path: '/administration/probes/:name/removal',
  says: removeProbe.says,
  by: ['administrator'],
  params: named,
  query: none,
  body: z.object({ reason: z.string() }),
  answer: named,
  handle: async (visit, { params, body }) => (await visit.perform(removeProbe, { ...body, name: params.name })).result,
  goTo: () => '/probes',
  form: () => '/probes',
});
