import type request from 'supertest';
import { thePublic, theSystem } from '../../src/kernel/actor.ts';
import { makeCode } from '../../src/parties/code.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import type { OrganisationKind } from '../../src/parties/membership.ts';
import { registerOrganisation } from '../../src/parties/register-organisation.ts';
import type { TestHouse } from '../support/house.ts';

export const password = 'sunlit-harbour-7';

export interface Person {
  readonly login: string;
  readonly code: string;
  readonly organisation: string;
  readonly user: string;
}

/** An organisation with its first user, registered through the act; `n` tells them apart. */
export async function registered(house: TestHouse, n: number, kinds: readonly OrganisationKind[] = ['bidder']): Promise<Person> {
  const code = makeCode('420502', n);
  const selfMade = kinds.every((kind) => kind === 'bidder' || kind === 'agent' || kind === 'tenderee');
  const { result } = await house.perform(registerOrganisation, selfMade ? thePublic : theSystem, {
    code,
    name: `宜昌第${n}建设有限公司`,
    kinds: [...kinds],
    region: '420502',
    legalRepresentative: '张三',
    login: `user-${n}`,
    userName: `用户${n}`,
    password,
  });
  return { login: `user-${n}`, code, organisation: result.organisation, user: result.user };
}

/** An administrator without an organisation. */
export async function administrator(house: TestHouse, login = 'root-admin'): Promise<string> {
  await house.perform(enrolUser, theSystem, { login, password, userName: '管理员', role: 'administrator' });
  return login;
}

export interface SignedIn {
  readonly token: string;
  readonly csrf: string;
  readonly roles: readonly { readonly membership: string; readonly role: string }[];
}

export const trySignIn = (house: TestHouse, login: string, given = password, more: object = {}): request.Test =>
  house.api().post('/session', { login, password: given, ...more });

export async function signIn(house: TestHouse, login: string, more: object = {}): Promise<SignedIn> {
  const response = await trySignIn(house, login, password, more);
  if (response.status !== 201) throw new Error(`sign-in of ${login} was refused: ${JSON.stringify(response.body)}`);
  return response.body as SignedIn;
}
