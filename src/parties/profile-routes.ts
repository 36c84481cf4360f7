import { z } from 'zod';
import { profilePage, totpPage } from '../../views/parties/profile.ts';
import type { View } from '../../views/view.ts';
import { roles as allRoles } from '../kernel/actor.ts';
import { endpoint, type Visit } from '../kernel/endpoint.ts';
import { changePassword } from './change-password.ts';
import { enrolTotp } from './enrol-totp.ts';
import { proposeTotp } from './propose-totp.ts';
import { ownProfile } from './reads.ts';
import { tokenOf } from './session-routes.ts';
import { countTry } from './throttle.ts';
import { addressOfSecret, qrModules } from './totp.ts';

const none = z.object({});

/** Passwords asked for inside a session are counted like those at the door. */
async function countOwnTry(visit: Visit): Promise<void> {
  const { login } = await ownProfile(visit.em, visit.by);
  await countTry(visit.em, login, visit.by.address);
}

endpoint({
  name: 'show-profile',
  method: 'get',
  path: '/profile',
  says: { zh: '我的账号', en: 'My account' },
  by: 'signed-in',
  params: none,
  query: none,
  body: none,
  answer: z.object({
    login: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    createdAt: z.string(),
    totp: z.boolean(),
    demonstration: z.boolean(),
    roles: z.array(
      z.object({
        membership: z.string(),
        role: z.enum(allRoles),
        organisation: z.object({ id: z.string(), code: z.string(), name: z.string() }).nullable(),
      }),
    ),
  }),
  handle: async (visit) => {
    const { proposedSecret: _, ...profile } = await ownProfile(visit.em, visit.by);
    return profile;
  },
  page: (answer, view: View) => profilePage(view, answer),
});

endpoint({
  name: 'change-password',
  method: 'post',
  path: '/profile/password',
  says: { zh: '修改密码，其他会话随之结束', en: 'Change the password; every other session ends' },
  by: 'signed-in',
  params: none,
  query: none,
  body: z.object({ password: z.string().max(512), newPassword: z.string().max(512) }),
  answer: none,
  handle: async (visit, { body }) => {
    await countOwnTry(visit);
    return (await visit.perform(changePassword, { ...body, token: tokenOf(visit) })).result;
  },
  goTo: () => '/profile',
  form: () => '/profile',
});

endpoint({
  name: 'show-totp',
  method: 'get',
  path: '/profile/totp',
  says: {
    zh: '动态口令：是否启用，以及待确认的密钥',
    en: 'One-time codes: whether they are on, and the secret that waits for its first code',
  },
  by: 'signed-in',
  params: none,
  query: none,
  body: none,
  answer: z.object({
    on: z.boolean(),
    demonstration: z.boolean(),
    proposed: z.object({ secret: z.string(), address: z.string(), code: z.object({ size: z.number(), path: z.string() }) }).nullable(),
  }),
  handle: async (visit) => {
    const { login, totp, proposedSecret, demonstration } = await ownProfile(visit.em, visit.by);
    if (proposedSecret === null) return { on: totp, demonstration, proposed: null };
    const address = addressOfSecret(proposedSecret, login);
    return { on: totp, demonstration, proposed: { secret: proposedSecret, address, code: qrModules(address) } };
  },
  page: (answer, view: View) => totpPage(view, answer),
});

endpoint({
  name: 'propose-totp',
  method: 'post',
  path: '/profile/totp/secret',
  says: { zh: '生成动态口令密钥', en: 'Make a one-time-code secret' },
  by: 'signed-in',
  params: none,
  query: none,
  body: z.object({ password: z.string().max(512) }),
  answer: z.object({ secret: z.string() }),
  handle: async (visit, { body }) => {
    await countOwnTry(visit);
    return (await visit.perform(proposeTotp, body)).result;
  },
  goTo: () => '/profile/totp',
  form: () => '/profile/totp',
});

endpoint({
  name: 'enrol-totp',
  method: 'post',
  path: '/profile/totp',
  says: { zh: '输入动态口令以启用', en: 'Turn one-time codes on with a first code' },
  by: 'signed-in',
  params: none,
  query: none,
  body: z.object({ totp: z.string().max(20) }),
  answer: none,
  handle: async (visit, { body }) => (await visit.perform(enrolTotp, body)).result,
  goTo: () => '/profile',
  form: () => '/profile/totp',
});
