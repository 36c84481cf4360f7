import { systemClock } from '../../src/kernel/clock.ts';
import { type Authority, makeAuthority, readAuthority, useAuthority } from '../../src/parties/authority.ts';

let made: Promise<Authority> | null = null;

/** The node's certificate authority for a test file, made once in each (RSA-3072, about a second) and given to the process. */
export async function giveAuthority(): Promise<Authority> {
  made ??= makeAuthority({ now: systemClock(), sandbox: true }).then(readAuthority);
  const authority = await made;
  useAuthority(authority);
  return authority;
}
