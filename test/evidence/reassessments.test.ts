import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ReassessmentStatement, reassessmentBytes, reassessmentStatement } from '../../src/evaluation/reassessment-statement.ts';
import { verification } from '../../src/evidence/checks.ts';
import { History } from '../../src/evidence/history.ts';
import { checkReassessments } from '../../src/evidence/reassessments.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { Signer } from '../../src/sealing/signer.ts';
import { moment, type TestAuthority, testAuthority } from '../sealing/pki.ts';
import { codes, lot, notice } from './a-tender.ts';

/** An order to evaluate again, rechecked from the journal alone: what a platform without the supervisor's key might write. */

const at = '2026-11-20T02:00:00.000Z';
const official = '01a20305-5a48-7fd4-a51f-0000000000aa';
const bid = '01a20305-5a48-7fd4-a51f-00000000000b';
let authority: TestAuthority;
let signer: Signer;
let stranger: Signer;
let host: Signer;
beforeAll(async () => {
  authority = await testAuthority();
  ({ signer } = await authority.certify({ commonName: '经办人', person: official }));
  ({ signer: stranger } = await authority.certify({ commonName: '他人', person: official.replace('aa', 'bb') }));
  ({ signer: host } = await authority.certify({ commonName: '代理', organization: '代理', code: codes.alpha }));
});

const order: Omit<ReassessmentStatement, 'format'> = {
  lot,
  version: 2,
  was: 'digest-of-the-first',
  ground: 'regulator-decision',
  reference: '7号',
  explanation: '投诉查实：\n业绩证明系伪造。',
  bids: [bid],
  items: ['资质'],
  criteria: [],
  by: codes.delta,
  signer: official,
  at,
};
const signed = async (statement: ReassessmentStatement, by: Signer): Promise<string> =>
  Buffer.from(await signDetached(reassessmentBytes(statement), by, moment(statement.at))).toString('base64');

interface Told {
  readonly said?: Partial<typeof order>;
  readonly by?: Signer;
  /** what the journal then says otherwise */
  readonly reopened?: object;
  readonly ordered?: object;
  readonly notice?: object;
  readonly more?: readonly { readonly type: string; readonly at: string; readonly data: object }[];
}
async function verdictOf({ said, by = signer, reopened, ordered, notice: terms, more = [] }: Told = {}): Promise<string> {
  const statement = reassessmentStatement({ ...order, ...said });
  const { version, was, ground, reference, explanation, bids, items, criteria } = statement;
  const events = [
    {
      type: 'notice.published',
      at: '2026-10-01T02:00:00.000Z',
      data: { ...notice(), agent: codes.alpha, reassessments: 'signed', ...terms },
    },
    ...more,
    { type: 'evaluation.reopened', at, data: { version, ground, reference, was, by: statement.by, ...reopened } },
    {
      type: 'reassessment.ordered',
      at,
      data: { version, explanation, bids, items, criteria, statement, signature: await signed(statement, by), ...ordered },
    },
  ];
  const verdict = await verification(async (list) => {
    const proven = events.map((event, index) => ({ index, event: { ...event, subject: { lot } }, salt: '', proof: [] }));
    await checkReassessments(new History(proven, list), list, lot, [authority.root.certificate]);
  });
  return verdict.result === 'verified' ? verdict.notes.map(({ en }) => en).join() || 'nothing' : verdict.why.en;
}

describe('An order to evaluate again, in evidence', () => {
  it('holds when who gave it signed exactly what the journal says, and names the signer', async () => {
    expect(await verdictOf()).toBe('经办人 signed the order for version 2 of the evaluation.');
    const own = { ground: 'sum-error', reference: null, by: codes.alpha, signer: codes.alpha } as const;
    expect(await verdictOf({ said: own, by: host })).toContain('代理 signed');
  });
  it('is refused unsigned, altered after it was signed, or signed by another', async () => {
    expect(await verdictOf({ ordered: { statement: undefined, signature: undefined } })).toContain('signed by who gave it');
    expect(await verdictOf({ ordered: { signature: undefined } })).toBe('This is not a detached CMS signature.');
    const wider = { bids: [bid, bid.replace('0b', '0c')] };
    expect(await verdictOf({ ordered: wider })).toBe('what was signed is not what the journal says');
    expect(await verdictOf({ ordered: { ...wider, statement: reassessmentStatement({ ...order, ...wider }) } })).not.toContain(
      'signed the order',
    );
    expect(await verdictOf({ reopened: { was: 'another' } })).toBe('what was signed is not what the journal says');
    expect(await verdictOf({ by: stranger })).toBe('the certificate is somebody else’s');
    expect(await verdictOf({ said: { lot: bid } })).toBe('what was signed is not what the journal says');
  });
  it('is refused when signed long before, with a certificate that had fallen, or by who may not order on that ground', async () => {
    expect(await verdictOf({ said: { at: '2026-11-20T01:44:59.999Z' } })).toBe('signed at another time');
    expect(await verdictOf({ said: { at: '2026-11-20T01:45:00.000Z' } })).toContain('signed the order');
    const revoked = { type: 'certificate.revoked', at: '2026-11-20T01:00:00.000Z', data: { serial: signer.certificate.serial } };
    expect(await verdictOf({ more: [revoked] })).toContain('did not stand any more');
    expect(await verdictOf({ said: { by: codes.alpha, signer: codes.alpha }, by: host })).toBe('not theirs to order on this ground');
    expect(await verdictOf({ said: { ground: 'sum-error', reference: null } })).toBe('not theirs to order on this ground');
  });
  it('may be unsigned under a notice from before orders were signed, and says so; what it bears must hold all the same', async () => {
    const before = { notice: { reassessments: undefined } };
    expect(await verdictOf({ ...before, ordered: { statement: undefined, signature: undefined } })).toContain('bears no signature');
    expect(await verdictOf({ ...before, by: stranger })).toBe('the certificate is somebody else’s');
  });
});
