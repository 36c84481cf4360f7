import { systemClock } from '../../src/kernel/clock.ts';
import { type Authority, makeAuthority, readAuthority, useAuthority } from '../../src/parties/authority.ts';
import { suites } from '../../src/sealing/scheme.ts';

let made: Promise<readonly Authority[]> | null = null;

/** The node's certificate authorities for a test file, made once in each (RSA-3072, about a second; SM2) and given to the process. */
export async function giveAuthority(): Promise<Authority> {
  const now = systemClock();
  made ??= Promise.all(suites.map(async (suite) => readAuthority(await makeAuthority({ now, sandbox: true, suite }))));
  const [international, ...others] = await made;
  if (international === undefined) throw new Error('a node has an authority of the international suite');
  for (const authority of [international, ...others]) useAuthority(authority);
  return international;
}
