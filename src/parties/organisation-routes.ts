import { z } from 'zod';
import { organisationPage, registerPage } from '../../views/parties/organisations.ts';
import { registrationPage } from '../../views/parties/registration.ts';
import { usersPage } from '../../views/parties/users.ts';
import type { View } from '../../views/view.ts';
import { roles as allRoles } from '../kernel/actor.ts';
import { words } from '../kernel/answer.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { controlOf } from './control-reads.ts';
import { controlRelations } from './control-words.ts';
import { declareControl } from './declare-control.ts';
import { enrolUser } from './enrol-user.ts';
import { organisationKinds, selfRegisteredKinds } from './membership.ts';
import { organisationByCode, organisationRegister, type RegisteredOrganisation, userList } from './reads.ts';
import { regionName, regions } from './region.ts';
import { organisationFields, registerOrganisation } from './register-organisation.ts';
import { heldRoles } from './role.ts';
import { withdrawControl } from './withdraw-control.ts';

const none = z.object({});
const pageNumber = z.coerce.number().int().min(1).max(100_000).default(1).catch(1);
const organisation = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  kinds: z.array(z.string()),
  region: z.string(),
  legalRepresentative: z.string(),
  registeredAt: z.string(),
  regionName: words,
});
const shown = (found: RegisteredOrganisation) => ({ ...found, kinds: [...found.kinds], regionName: regionName(found.region) });
const listOf = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), total: z.number(), page: z.number(), pages: z.number() });

endpoint({
  name: 'list-organisations',
  method: 'get',
  path: '/organisations',
  says: { zh: '主体名录（公开）', en: 'Register of organisations (public)' },
  by: 'anyone',
  params: none,
  query: z.object({ q: z.string().max(200).optional(), kind: z.enum(organisationKinds).or(z.literal('')).optional(), page: pageNumber }),
  body: none,
  answer: listOf(organisation),
  handle: async (visit, { query }) => {
    const found = await organisationRegister(visit.em, query);
    return { ...found, rows: found.rows.map(shown) };
  },
  page: (answer, view: View, { query }) => registerPage(view, { ...answer, q: query.q ?? '', kind: query.kind ?? '' }),
});

endpoint({
  name: 'show-registration',
  method: 'get',
  path: '/organisations/new',
  says: { zh: '登记主体（表单）', en: 'Register an organisation (form)' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: none,
  pageOnly: true,
  handle: async () => ({}),
  page: (_answer, view: View) => registrationPage(view, { regions, kinds: selfRegisteredKinds }),
});

endpoint({
  name: 'register-organisation',
  method: 'post',
  path: '/organisations',
  says: { zh: '登记主体及其首个用户', en: 'Register an organisation and its first user' },
  by: 'anyone',
  params: none,
  query: none,
  body: organisationFields.extend({ userName: z.string(), login: z.string(), password: z.string() }),
  answer: z.object({ organisation: z.string(), code: z.string(), name: z.string(), user: z.string(), login: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(registerOrganisation, body)).result,
  goTo: ({ code }) => `/organisations/${code}`,
  form: () => '/organisations/new',
});

endpoint({
  name: 'show-organisation',
  method: 'get',
  path: '/organisations/:code',
  says: { zh: '主体登记信息（公开）', en: 'What the register says of an organisation (public)' },
  by: 'anyone',
  params: z.object({ code: z.string().max(40) }),
  query: none,
  body: none,
  answer: organisation.extend({
    control: z.array(z.object({ id: z.string(), other: z.string(), name: z.string(), relation: words, declaredAt: z.string() })),
    own: z.boolean(),
  }),
  handle: async (visit, { params }) => {
    const found = await organisationByCode(visit.em, params.code.toUpperCase());
    if (!found) throw notFound();
    const own = visit.by.code === found.code && (declareControl.by as readonly string[]).includes(visit.by.role);
    return { ...shown(found), control: [...(await controlOf(visit.em, found.code))], own };
  },
  page: (answer, view: View) => organisationPage(view, answer),
});

endpoint({
  name: 'declare-control',
  method: 'post',
  path: '/organisations/:code/control',
  says: declareControl.says,
  by: declareControl.by,
  params: z.object({ code: z.string().max(40) }),
  query: none,
  body: z.object({ other: z.string().max(60), name: z.string().max(200), relation: z.enum(controlRelations) }),
  answer: z.object({ id: z.string() }),
  handle: async (visit, { params, body }) => {
    if (params.code !== visit.by.code) throw notFound();
    return (await visit.perform(declareControl, body)).result;
  },
  goTo: (_answer, { params }) => `/organisations/${params.code}`,
  form: ({ params }) => `/organisations/${params.code}`,
});

endpoint({
  name: 'withdraw-control',
  method: 'post',
  path: '/organisations/:code/control/:declaration/withdrawal',
  says: withdrawControl.says,
  by: withdrawControl.by,
  params: z.object({ code: z.string().max(40), declaration: idField }),
  query: none,
  body: none,
  answer: none,
  handle: async (visit, { params }) => {
    if (params.code !== visit.by.code) throw notFound();
    return (await visit.perform(withdrawControl, { declaration: params.declaration })).result;
  },
  goTo: (_answer, { params }) => `/organisations/${params.code}`,
  form: ({ params }) => `/organisations/${params.code}`,
});

const listedUser = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  blocked: z.boolean(),
  totp: z.boolean(),
  createdAt: z.string(),
  roles: z.array(z.object({ role: z.enum(allRoles), organisation: z.string().nullable(), code: z.string().nullable() })),
});
const userQuery = z.object({ q: z.string().max(200).optional(), page: pageNumber });
const newUser = z.object({
  login: z.string(),
  password: z.string().optional(),
  userName: z.string().optional(),
  userPhone: z.string().optional(),
  role: z.enum(heldRoles),
  organisation: z.string().optional(),
  region: z.string().optional(),
});
const enrolled = z.object({ user: z.string(), login: z.string(), membership: z.string() });

/** The same two endpoints stand twice: the administrator's for everybody, an organisation's own for its colleagues. */
for (const place of [
  { name: 'users', path: '/administration/users', by: ['administrator'] as const },
  { name: 'colleagues', path: '/users', by: organisationKinds },
]) {
  const everybody = place.name === 'users';
  endpoint({
    name: `list-${place.name}`,
    method: 'get',
    path: place.path,
    says: everybody ? { zh: '全部用户', en: 'Every user' } : { zh: '本单位用户', en: "Users of one's own organisation" },
    by: place.by,
    params: none,
    query: userQuery,
    body: none,
    answer: listOf(listedUser),
    handle: async (visit, { query }) => userList(visit.em, visit.by, query) as never,
    page: (answer, view: View, { query }) =>
      usersPage(view, { ...answer, q: query.q ?? '', path: place.path, roles: everybody ? heldRoles : null }),
  });
  endpoint({
    name: `enrol-${place.name}`,
    method: 'post',
    path: place.path,
    says: everybody
      ? { zh: '登记用户或增加角色', en: 'Enrol a user or add a role' }
      : { zh: '为本单位增加用户', en: "Add a user to one's own organisation" },
    by: place.by,
    params: none,
    query: none,
    body: everybody ? newUser : newUser.extend({ role: z.enum(heldRoles).optional() as never }),
    answer: enrolled,
    handle: async (visit, { body }) =>
      // A colleague gets the role of the one who enrols him, for the same organisation.
      (await visit.perform(enrolUser, everybody ? body : { ...body, role: visit.by.role, organisation: visit.by.code ?? '' })).result,
    goTo: () => place.path,
    form: () => place.path,
  });
}
