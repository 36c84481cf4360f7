import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import type { Role } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { signedInRoles } from './membership.ts';
import { passwordMatches } from './password.ts';
import { accountBlocked, codeNeeded, codeWrong, noRoleHeld, signInRefused } from './problems.ts';
import { type Holding, rolesOf } from './reads.ts';
import { Session, User } from './schema.ts';
import { figures } from './settings.ts';
import { endOthers } from './sole-session.ts';
import { forgetTries, normalLogin, rememberAddress } from './throttle.ts';
import { digestOfToken, newToken } from './token.ts';
import { acceptedStep } from './totp.ts';

const credentials = z.object({
  // No shape is asked of what was typed: a refusal must not tell a possible login from an impossible one.
  login: z.string().max(200),
  password: z.string().max(512),
  /** the one-time code, where the account uses them */
  totp: z.string().max(20).optional(),
  /** id of the membership to act under; the first when left out */
  membership: z.string().optional(),
});

export interface OpenedSession {
  readonly token: string;
  readonly csrf: string;
  readonly expiresAt: Instant;
  readonly seconds: number;
  readonly role: Role;
  readonly name: string;
  readonly roles: readonly Holding[];
}

/**
 * Opens a session with login name, password and, where enrolled, a one-time code. An unknown login and a wrong password get the same answer
 * after the same work. Who performs this counts the try first (`countTry`); success takes the count back.
 */
export const openSession = act({
  name: 'open-session',
  by: ['public', ...signedInRoles],
  says: { zh: '登录', en: 'Sign in' },
  takes: credentials,
  async run(call, command) {
    const user = await call.em.findOne(User, { login: normalLogin(command.login) });
    const right = await passwordMatches(command.password, user?.passwordHash ?? null);
    if (user === null || !right) throw signInRefused();
    if (user.blocked) throw accountBlocked();
    await spendCode(call, user, command.totp || null);
    const roles = await rolesOf(call.em, user.id);
    const held = roles.find((role) => role.membership === command.membership) ?? roles[0];
    if (held === undefined) throw noRoleHeld();
    const session = await storeSession(call, user, held);
    await forgetTries(call.em, user.login, call.by.address);
    await rememberAddress(call.em, user.id, call.by.address);
    const result: OpenedSession = { ...session, role: held.role, name: user.name, roles };
    const opened = fact('session.opened', { actor: user.id }, { address: call.by.address });
    const ended = await endOthers(call, user.id, digestOf(session.token));
    const superseded = fact('session.superseded', { actor: user.id }, { address: call.by.address, sessions: ended });
    return { result, facts: ended > 0 ? [opened, superseded] : [opened] };
  },
});

/** One code opens one session: the step is spent by the same statement that compares it, so two at once cannot both have it. */
async function spendCode(call: Call, user: User, code: string | null): Promise<void> {
  if (!user.totpSecret) return;
  if (code === null) throw codeNeeded({ fields: [{ path: 'totp', says: codeNeeded().title }] });
  const wrong = codeWrong({ fields: [{ path: 'totp', says: codeWrong().title }] });
  const step = await acceptedStep(code, user.totpSecret, await machineSeconds(call), null);
  if (step === null) throw wrong;
  const spent = await call.em.execute<{ id: string }[]>(
    'update platform_user set totp_step = ? where id = ? and (totp_step is null or totp_step < ?) returning id',
    [step, user.id, step],
  );
  if (spent.length === 0) throw wrong;
}

/** Authenticators show the time of the world, so codes are compared with the machine's clock, not with a sandbox's. */
export async function machineSeconds(call: Call): Promise<number> {
  const rows = await call.em.execute<{ seconds: string }[]>('select floor(extract(epoch from clock_timestamp())) as seconds');
  return Number(rows[0]?.seconds);
}

function digestOf(token: string): Uint8Array {
  const id = digestOfToken(token);
  if (id === null) throw new Error('a new token has the wrong shape');
  return new Uint8Array(id);
}

async function storeSession(
  call: Call,
  user: User,
  held: Holding,
): Promise<{ token: string; csrf: string; expiresAt: Instant; seconds: number }> {
  const token = newToken();
  const id = digestOf(token);
  const csrf = newToken();
  const rows = await call.em.execute<{ opened: string; expires: string }[]>(
    'select clock_timestamp() as opened, clock_timestamp() + make_interval(hours => ?) as expires',
    [figures().sessionHours],
  );
  const times = rows[0];
  if (times === undefined) throw new Error('the database did not tell the time');
  const expiresAt = instantOf(new Date(times.expires));
  await call.em.execute('delete from session where "user" = ? and expires_at < clock_timestamp()', [user.id]);
  call.em.create(Session, {
    id,
    user: user.id,
    membership: held.membership,
    csrf,
    openedAt: instantOf(new Date(times.opened)),
    seenAt: instantOf(new Date(times.opened)),
    expiresAt,
    address: call.by.address,
    endedFor: null,
  });
  return { token, csrf, expiresAt, seconds: figures().sessionHours * 3600 };
}
