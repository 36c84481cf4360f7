import type { Call } from '../kernel/act.ts';

type Asked = (em: Call['em'], user: string) => Promise<boolean>;
let asked: Asked = async () => false;

/** A later room says whose work bears one session at a time. Until it has, nobody's does. */
export function provideSoleSession(answer: Asked): void {
  asked = answer;
}

/** Ends the user's other sessions where its work bears only one; answers how many. They stay as what they were, so that they can say why they ended. */
export async function endOthers(call: Call, user: string, kept: Uint8Array): Promise<number> {
  if (!(await asked(call.em, user))) return 0;
  const ended = await call.em.execute<{ id: unknown }[]>(
    `update session set ended_for = 'elsewhere' where "user" = ? and id <> ? and ended_for is null and expires_at > clock_timestamp() returning id`,
    [user, Buffer.from(kept)],
  );
  return ended.length;
}
