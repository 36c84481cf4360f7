import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { plainCode } from './code.ts';
import { mayEnrol, organisationKinds } from './membership.ts';
import { hashPassword, refusalOfPassword } from './password.ts';
import { demonstrationOnly, loginTaken, roleNotGranted } from './problems.ts';
import { heldRoles } from './role.ts';
import { Membership, Organisation, User } from './schema.ts';
import { normalLogin } from './throttle.ts';

/** What makes an account: the fields are flat, so that a form's names are the command's. */
export const userFields = z.object({
  login: z
    .string()
    .transform(normalLogin)
    .pipe(
      z
        .string()
        .regex(
          /^[\p{L}\p{N}][\p{L}\p{N}._@-]{2,63}$/u,
          '登录名为 3 至 64 个字母、数字、汉字或 . _ - @。 | A login name has 3 to 64 letters, digits, Chinese characters or . _ - @.',
        ),
    ),
  password: z.string().max(512),
  /** only the platform itself: the password is shown to everybody on a sandbox's sign-in page */
  demonstration: z.boolean().optional(),
});

export const personFields = z.object({
  userName: z.string().trim().min(1).max(100),
  userPhone: z.string().trim().max(40).optional(),
});

const enrolment = z.object({
  ...userFields.shape,
  ...personFields.shape,
  // an account that exists keeps its password; a new one must be given one
  password: z.string().max(512).optional(),
  userName: personFields.shape.userName.optional(),
  role: z.enum(heldRoles),
  /** unified social credit code of the organisation; one's own when left out */
  organisation: z.string().max(60).transform(plainCode).optional(),
  /** id of the expert's record, for the role `expert` */
  expert: z.string().optional(),
  /** the region a regulator sees, GB/T 2260; its organisation's when left out */
  region: z
    .string()
    .regex(/^(\d{6})?$/, '行政区划代码为六位数字。 | A region code has six digits.')
    .optional(),
});

/**
 * Gives somebody a role: a new account, or, by the platform and its administrators only, one more role of an account that exists.
 * Refuses `role-not-granted`, `login-taken`, `password-refused`.
 */
export const enrolUser = act({
  name: 'enrol-user',
  by: [...organisationKinds, 'administrator', 'system'],
  says: { zh: '登记用户', en: 'Enrol a user' },
  takes: enrolment,
  async run(call, command) {
    const organisation = await organisationOf(call, command.organisation || null, command.role);
    if (!mayEnrol(call.by, command.role, organisation)) throw roleNotGranted({ fields: [{ path: 'role', says: roleNotGranted().title }] });
    const mayAddRoles = call.by.role === 'system' || call.by.role === 'administrator';
    const standing = mayAddRoles && !command.password ? await call.em.findOne(User, { login: command.login }) : null;
    const user =
      standing ?? (await storeUser(call, { ...command, userName: command.userName ?? command.login, password: command.password ?? '' }));
    const membership = call.em.create(Membership, {
      id: newId(call.now),
      user: user.id,
      organisation: organisation?.id ?? null,
      role: command.role,
      expert: command.role === 'expert' ? (command.expert ?? null) : null,
      region: command.role === 'regulator' ? command.region || organisation?.region || null : null,
    });
    const subject = { actor: user.id, ...(organisation ? { organisation: organisation.id, party: organisation.code } : {}) };
    return {
      result: { user: user.id, login: user.login, membership: membership.id },
      facts: [fact('user.enrolled', subject, { user: user.id, role: command.role })],
    };
  },
});

async function organisationOf(call: Call, code: string | null, role: string): Promise<Organisation | null> {
  if (code !== null) {
    const found = await call.em.findOne(Organisation, { code });
    // The register is public, so saying which field is wrong tells nothing new.
    if (!found)
      throw notFound({ fields: [{ path: 'organisation', says: { zh: '没有此代码的主体。', en: 'No organisation has this code.' } }] });
    return found;
  }
  if (role === 'expert' || call.by.organisation === null) return null;
  const own = call.by.role === role || call.by.role !== 'administrator';
  return own ? call.em.findOne(Organisation, { id: call.by.organisation }) : null;
}

/** Makes the account; the caller gives it its roles. */
export async function storeUser(
  call: Call,
  wanted: {
    readonly login: string;
    readonly password: string;
    readonly userName: string;
    readonly userPhone?: string | undefined;
    readonly demonstration?: boolean | undefined;
  },
): Promise<User> {
  const demonstration = wanted.demonstration === true;
  if (demonstration) await onlyInSandbox(call);
  const refusal = refusalOfPassword({ password: wanted.password, login: wanted.login, field: 'password' });
  if (refusal) throw refusal;
  if (await call.em.findOne(User, { login: wanted.login })) throw loginTaken({ fields: [{ path: 'login', says: loginTaken().title }] });
  return call.em.create(User, {
    id: newId(call.now),
    login: wanted.login,
    name: wanted.userName,
    passwordHash: await (demonstration ? demonstrationHash(wanted.password) : hashPassword(wanted.password)),
    phone: wanted.userPhone || null,
    totpSecret: null,
    totpProposed: null,
    totpStep: null,
    blocked: false,
    demonstrationPassword: demonstration ? wanted.password : null,
    createdAt: call.now,
  });
}

const demonstrationHashes = new Map<string, Promise<string>>();

/** Demonstration passwords stand on the sign-in page for everybody, so hundreds of accounts may share one hash: seeding stays quick. */
function demonstrationHash(password: string): Promise<string> {
  const known = demonstrationHashes.get(password) ?? hashPassword(password);
  demonstrationHashes.set(password, known);
  return known;
}

async function onlyInSandbox(call: Call): Promise<void> {
  const rows = await call.em.execute<{ sandbox: boolean }[]>('select sandbox from node');
  if (call.by.role !== 'system' || rows[0]?.sandbox !== true) throw demonstrationOnly();
}
