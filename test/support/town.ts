import { importExperts } from '../../src/experts/import-experts.ts';
import { noteKeyTypes, noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import type { Actor, Role } from '../../src/kernel/actor.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { type Instant, later, systemClock } from '../../src/kernel/clock.ts';
import { type Id, newId } from '../../src/kernel/ids.ts';
import { formCouncil } from '../../src/openings/form-council.ts';
import { makeAuthority, readAuthority, useAuthority } from '../../src/parties/authority.ts';
import { makeCode } from '../../src/parties/code.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import { issueCertificateAct } from '../../src/parties/issue-certificate.ts';
import { registerOrganisation } from '../../src/parties/register-organisation.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { readCertificates } from '../../src/sealing/certificate.ts';
import type { Council, TrusteeShare } from '../../src/sealing/council.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { suites } from '../../src/sealing/scheme.ts';
import { type KeyPair, type Signer, signerFromKey } from '../../src/sealing/signer.ts';
import { newSm2KeyPair } from '../../src/sealing/sm2.ts';
import { password, signIn } from '../parties/people.ts';
import type { Api, TestHouse } from './house.ts';

/**
 * The people of a small town with everything a tender needs: organisations with users, a certificate authority, an opening council whose shares
 * the test holds, and a pool of experts. All of it is made through acts.
 */
export interface Town {
  readonly house: TestHouse;
  readonly agent: Person;
  readonly tenderee: Person;
  /** a second agent, who has nothing to do with the tenders of the first */
  readonly stranger: Person;
  readonly bidders: readonly Person[];
  readonly regulator: Person;
  readonly centre: Person;
  readonly administrator: Person;
  readonly experts: readonly Person[];
  readonly council: Council;
  readonly shares: readonly TrusteeShare[];
}

export interface Person {
  readonly login: string;
  readonly actor: Actor;
  /** JSON requests in this person's session (signed in once) */
  api(): Promise<Api>;
  token(): Promise<string>;
  /** a signer with a certificate of the platform, issued once: the organisation's, or the person's own where the role signs by name */
  signer(): Promise<Signer>;
}

export interface TownOptions {
  readonly bidders?: number;
  /** how many of them, from the first on, sign with SM2 keys */
  readonly sm2Bidders?: number;
  /** whether the experts do */
  readonly sm2Experts?: boolean;
  /** the pool; each expert has an employer of its own. Half of them are of A08, a quarter each of A06 and A04 */
  readonly experts?: number;
  /** changes one expert of the pool before it is admitted */
  readonly expert?: (index: number, parties: Parties) => Record<string, unknown>;
}
export interface Parties {
  readonly agent: string;
  readonly tenderee: string;
  readonly regulator: string;
  readonly bidders: readonly string[];
}

/** A moment a little ahead of the real time at which a house may stand still (`openHouse({ at: soon() })`). */
export const soon = (): Instant => later(systemClock(), 3_600_000);

const wholeName = (at: number): string =>
  `${'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'.charAt(at % 16)}${'建国明华志强晓红丽娟'.charAt(at % 10)}${'松柏梅兰竹菊江河湖海'.charAt(Math.floor(at / 16) % 10)}`;

export async function makeTown(house: TestHouse, options: TownOptions = {}): Promise<Town> {
  const now = systemClock();
  for (const suite of suites) useAuthority(await readAuthority(await makeAuthority({ now, sandbox: true, suite })));
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  const found = (n: number, name: string, kind: Role, own: KeyPair = pair) => organisation(house, own, n, name, kind);
  const agent = await found(1, '宜昌明衡招标代理有限公司', 'agent');
  const tenderee = await found(2, '夷陵区水利局', 'tenderee');
  const stranger = await found(3, '当阳诚信招标代理有限公司', 'agent');
  const regulator = await found(4, '宜昌市公共资源交易监督管理局', 'regulator');
  const centre = await found(5, '宜昌市公共资源交易中心', 'centre');
  const bidders: Person[] = [];
  for (let n = 0; n < (options.bidders ?? 4); n += 1) {
    const name = `宜昌${['楚江', '清岚', '长坂', '百里', '西陵', '夷水', '猇亭', '点军'][n % 8]}建设有限公司`;
    bidders.push(await found(100 + n, name, 'bidder', n < (options.sm2Bidders ?? 0) ? newSm2KeyPair() : pair));
  }
  const codes = (list: readonly Person[]): string[] => list.map((each) => each.actor.code ?? '');
  const parties = {
    agent: agent.actor.code ?? '',
    tenderee: tenderee.actor.code ?? '',
    regulator: regulator.actor.code ?? '',
    bidders: codes(bidders),
  };
  const experts = await pool(
    house,
    options.sm2Experts ? newSm2KeyPair() : pair,
    options.experts ?? 32,
    (index) => options.expert?.(index, parties) ?? {},
  );
  return {
    house,
    agent,
    tenderee,
    stranger,
    bidders,
    regulator,
    centre,
    administrator: await administrator(house, pair),
    experts,
    ...(await council(house)),
  };
}

/** One more organisation with one user of this role; `n` makes its code and login its own. */
export async function organisation(house: TestHouse, pair: KeyPair, n: number, name: string, kind: Role): Promise<Person> {
  const login = `${kind}-${n}`;
  const { result } = await house.perform(registerOrganisation, theSystem, {
    code: makeCode('420502', n),
    name,
    kinds: [kind],
    region: '420500',
    legalRepresentative: '张伟',
    login,
    userName: `经办人${n}`,
    password,
    demonstration: true,
  });
  const { organisation: id, code, user } = result;
  return person(house, pair, login, {
    user,
    name: `经办人${n}`,
    role: kind,
    organisation: id,
    code,
    organisationName: name,
    expert: null,
    address: null,
  });
}

const nobody = { organisation: null, code: null, organisationName: null, expert: null, address: null } as const;

async function administrator(house: TestHouse, pair: CryptoKeyPair): Promise<Person> {
  const { result } = await house.perform(enrolUser, theSystem, {
    login: 'root-admin',
    password,
    userName: '管理员',
    role: 'administrator',
    demonstration: true,
  });
  return person(house, pair, 'root-admin', { ...nobody, user: result.user, name: '管理员', role: 'administrator' });
}

async function pool(house: TestHouse, pair: KeyPair, size: number, change: (index: number) => Record<string, unknown>): Promise<Person[]> {
  const experts = Array.from({ length: size }, (_, at) => ({
    name: wholeName(at),
    employer: makeCode('420102', 500 + at),
    employerName: `武汉第${at + 1}设计院`,
    specialties: [['A080301', 'A0805', 'A06', 'A0401'][at % 4] ?? 'A08'],
    memberships: ['construction'],
    region: '420100',
    title: '高级工程师',
    phone: `138000${String(10_000 + at)}`,
    login: `expert-${at + 1}`,
    password,
    demonstration: true,
    ...change(at),
  }));
  const people: Person[] = [];
  for (let from = 0; from < size; from += 200) {
    const part = experts.slice(from, from + 200);
    const { result } = await house.perform(importExperts, theSystem, { experts: part });
    for (const [at, { expert, user }] of result.experts.entries()) {
      const { login, name } = part[at] ?? { login: '', name: '' };
      people.push(person(house, pair, login, { ...nobody, user, name, role: 'expert', expert }));
    }
  }
  return people;
}

const names = ['宜昌市公共资源交易中心', '宜昌市公共资源交易监督管理局', '宜昌市公证处'];
/** Held once a worker, for all the towns of its files: a ceremony is arithmetic alone and knows no house. */
let held: ReturnType<typeof holdCeremony> | undefined;

async function council(house: TestHouse): Promise<{ council: Council; shares: readonly TrusteeShare[] }> {
  held ??= holdCeremony(newId(), '宜昌市开标委员会', names, 2);
  const witnesses = names.map((_, at) =>
    printVerifierKey(noteSigner(`witness-${at + 1}.example`, crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature)),
  );
  await house.perform(formCouncil, theSystem, { council: held.council, witnesses });
  return held;
}

export function person(house: TestHouse, pair: KeyPair, login: string, actor: Actor): Person {
  let token: Promise<string> | undefined;
  let signer: Promise<Signer> | undefined;
  const session = (): Promise<string> => (token ??= signIn(house, login).then((signedIn) => signedIn.token));
  const certified = async (): Promise<Signer> => {
    const csr = signingRequestPem(await createSigningRequest({ commonName: 'applicant' }, pair));
    const { result } = await house.perform(issueCertificateAct, actor, { csr });
    const [certificate, ...chain] = readCertificates(`${result.certificate}${result.chain}`);
    if (!certificate) throw new Error('no certificate came back');
    return signerFromKey(pair.privateKey, certificate, chain);
  };
  return {
    login,
    actor,
    token: session,
    api: async () => house.api(await session()),
    signer: () => (signer ??= certified()),
  };
}

/** An id of the town's calendar: test data that needs one takes it from the present. */
export const freshId = (): Id => newId(systemClock());
