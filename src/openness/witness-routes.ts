import { z } from 'zod';
import { registerWitness } from '../journal/register-witness.ts';
import { removeWitness } from '../journal/remove-witness.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { none } from './answers.ts';

const named = z.object({ name: z.string() });

endpoint({
  name: 'register-witness',
  method: 'post',
  path: '/administration/witnesses',
  says: registerWitness.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: z.object({ vkey: z.string() }),
  answer: named,
  handle: async (visit, { body }) => (await visit.perform(registerWitness, body)).result,
  goTo: () => '/journal',
  form: () => '/journal',
});

endpoint({
  name: 'remove-witness',
  method: 'post',
  path: '/administration/witnesses/:name/removal',
  says: removeWitness.says,
  by: ['administrator'],
  params: named,
  query: none,
  body: z.object({ reason: z.string() }),
  answer: named,
  handle: async (visit, { params, body }) => (await visit.perform(removeWitness, { ...body, name: params.name })).result,
  goTo: () => '/journal',
  form: () => '/journal',
});
