import { z } from 'zod';
import { rolePage } from '../../views/parties/role.ts';
import { signInPage } from '../../views/parties/sign-in.ts';
import type { View } from '../../views/view.ts';
import { roles as allRoles } from '../kernel/actor.ts';
import { endpoint, type Visit } from '../kernel/endpoint.ts';
import { notSignedIn } from '../kernel/problem.ts';
import { chooseRole } from './choose-role.ts';
import { closeSession } from './close-session.ts';
import { openSession } from './open-session.ts';
import { demonstrationAccounts, type Holding, rolesOf } from './reads.ts';
import { countTry } from './throttle.ts';
import { wayBack, workplace } from './way-back.ts';

const none = z.object({});
const role = z.enum(allRoles);
const heldRole = z.object({
  membership: z.string(),
  role,
  organisation: z.object({ id: z.string(), code: z.string(), name: z.string() }).nullable(),
});
const me = z.object({ user: z.string(), name: z.string(), role, organisation: z.string().nullable(), code: z.string().nullable() });
const demonstration = z.object({
  login: z.string(),
  password: z.string(),
  name: z.string(),
  role,
  organisation: z.string().nullable(),
});

export const tokenOf = (visit: Visit): string => {
  if (visit.token === null) throw notSignedIn();
  return visit.token;
};

const meOf = ({ by }: Visit): z.infer<typeof me> | null =>
  by.user === null ? null : { user: by.user, name: by.name, role: by.role, organisation: by.organisationName, code: by.code };

endpoint({
  name: 'show-session',
  method: 'get',
  path: '/session',
  says: { zh: '当前会话；演示环境另列演示账号', en: 'The present session; on a sandbox also its demonstration accounts' },
  by: 'anyone',
  params: none,
  query: z.object({ back: z.string().optional(), ended: z.string().max(20).optional() }),
  body: none,
  answer: z.object({ me: me.nullable(), roles: z.array(heldRole), demonstration: z.array(demonstration) }),
  handle: async (visit) => ({
    me: meOf(visit),
    roles: visit.by.user === null ? [] : await rolesOf(visit.em, visit.by.user),
    demonstration: await demonstrationAccounts(visit.em),
  }),
  page: (answer, view: View, { query }) =>
    signInPage(view, { ...answer, back: wayBack(query.back, ''), elsewhere: query.ended === 'elsewhere' }),
});

const credentials = z.object({
  login: z.string().max(200),
  password: z.string().max(512),
  totp: z.string().max(20).optional(),
  membership: z.string().max(64).optional(),
  back: z.string().optional(),
});

endpoint({
  name: 'open-session',
  method: 'post',
  path: '/session',
  says: { zh: '登录', en: 'Sign in' },
  by: 'anyone',
  params: none,
  query: none,
  body: credentials,
  answer: z.object({ token: z.string(), csrf: z.string(), expiresAt: z.string(), name: z.string(), role, roles: z.array(heldRole) }),
  handle: async (visit, { body }) => {
    await countTry(visit.em, body.login, visit.by.address);
    const { result } = await visit.perform(openSession, body);
    return { ...result, roles: [...result.roles] as Holding[], session: { token: result.token, seconds: result.seconds } };
  },
  goTo: ({ roles }, { body }) => {
    const to = wayBack(body.back, workplace);
    return roles.length > 1 ? `/session/role?back=${encodeURIComponent(to)}` : to;
  },
  form: ({ body }) => `/session?back=${encodeURIComponent(String(body.back ?? ''))}`,
});

endpoint({
  name: 'close-session',
  method: 'post',
  path: '/session/end',
  says: { zh: '退出登录', en: 'Sign out' },
  by: 'signed-in',
  params: none,
  query: none,
  body: none,
  answer: z.object({ session: z.null() }),
  handle: async (visit) => {
    await visit.perform(closeSession, { token: tokenOf(visit) });
    return { session: null };
  },
  goTo: () => '/',
});

endpoint({
  name: 'show-roles',
  method: 'get',
  path: '/session/role',
  says: { zh: '我可以使用的角色', en: 'The roles I may act in' },
  by: 'signed-in',
  params: none,
  query: z.object({ back: z.string().optional() }),
  body: none,
  answer: z.object({ me, roles: z.array(heldRole) }),
  handle: async (visit) => {
    const present = meOf(visit);
    if (present === null) throw notSignedIn();
    return { me: present, roles: await rolesOf(visit.em, present.user) };
  },
  page: (answer, view: View, { query }) => rolePage(view, { ...answer, back: wayBack(query.back, workplace) }),
});

endpoint({
  name: 'choose-role',
  method: 'post',
  path: '/session/role',
  says: { zh: '切换角色', en: 'Choose a role' },
  by: 'signed-in',
  params: none,
  query: none,
  body: z.object({ membership: z.string().max(64), back: z.string().optional() }),
  answer: heldRole,
  handle: async (visit, { body }) => (await visit.perform(chooseRole, { token: tokenOf(visit), membership: body.membership })).result,
  goTo: (_answer, { body }) => wayBack(body.back, workplace),
  form: () => '/session/role',
});
