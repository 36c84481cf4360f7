import { z } from 'zod';
import { authoritiesPage } from '../../views/parties/authorities.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { authorityRegister, type ListedAuthority } from './authority-reads.ts';
import { registerCertificate } from './register-certificate.ts';
import { retireAuthority, retireFields } from './retire-authority.ts';
import { listFields, takeList } from './take-list.ts';
import { authorityFields, trustAuthority } from './trust-authority.ts';

const none = z.object({});
const one = z.object({ authority: idField });
const page = () => '/authorities';

endpoint({
  name: 'authorities',
  method: 'get',
  path: '/authorities',
  says: { zh: '受信任的外部签发机构', en: 'Outside authorities whose certificates are taken' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.object({ authorities: z.array(z.custom<ListedAuthority>()) }),
  handle: async ({ em }) => ({ authorities: [...(await authorityRegister(em))] }),
  page: (answer, view: View) => authoritiesPage(view, answer.authorities),
});

endpoint({
  name: 'trust-authority',
  method: 'post',
  path: '/authorities',
  says: trustAuthority.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: authorityFields,
  answer: z.object({ authority: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(trustAuthority, body)).result,
  goTo: page,
  form: page,
});

endpoint({
  name: 'retire-authority',
  method: 'post',
  path: '/authorities/:authority/retirement',
  says: retireAuthority.says,
  by: ['administrator'],
  params: one,
  query: none,
  body: retireFields,
  answer: z.object({ authority: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(retireAuthority, { ...params, ...body })).result,
  goTo: page,
  form: page,
});

endpoint({
  name: 'take-list',
  method: 'post',
  path: '/authorities/:authority/lists',
  says: takeList.says,
  by: ['administrator', 'centre'],
  params: one,
  query: none,
  body: listFields,
  answer: z.object({ authority: z.string(), number: z.string(), fallen: z.number() }),
  handle: async (visit, { params, body }) => (await visit.perform(takeList, { ...params, ...body })).result,
  goTo: page,
  form: page,
});

endpoint({
  name: 'register-certificate',
  method: 'post',
  path: '/certificates/registrations',
  says: registerCertificate.says,
  by: registerCertificate.by as never,
  params: none,
  query: none,
  body: z.object({ certificate: z.string().max(20_000) }),
  answer: z.object({ serial: z.string(), fingerprint: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(registerCertificate, body)).result,
  goTo: () => '/certificates',
  form: () => '/certificates',
});
