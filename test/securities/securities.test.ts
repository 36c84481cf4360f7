import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { journalFromDatabase } from '../../src/audit-sources.ts';
import { determineAward } from '../../src/awards/determine-award.ts';
import { notifyAward } from '../../src/awards/notify-award.ts';
import { publishCandidates } from '../../src/awards/publish-candidates.ts';
import { registerContract } from '../../src/awards/register-contract.ts';
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { audit } from '../../src/evidence/audit.ts';
import { commit, leafHash, verifyInclusion } from '../../src/journal/merkle.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { base64, canonical, fromBase64url } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { later } from '../../src/kernel/clock.ts';
import { allEndpoints } from '../../src/kernel/endpoint.ts';
import { dayOf } from '../../src/kernel/working-days.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { makeCode } from '../../src/parties/code.ts';
import { registerOrganisation } from '../../src/parties/register-organisation.ts';
import { askAccount } from '../../src/securities/ask-account.ts';
import { orderRefunds } from '../../src/securities/order-refunds.ts';
import { LotSecurity } from '../../src/securities/schema.ts';
import { wholeBook } from '../../src/securities/sealed-book.ts';
import { takeStatement } from '../../src/securities/take-statement.ts';
import { writeCover } from '../../src/securities/write-cover.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { refusal, shown, today } from '../awards/scene.ts';
import { password, signIn } from '../parties/people.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { sequenced } from '../support/sequenced.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';
import { expectToldNothing } from './copied-tables.ts';
import { expectGuardedBooks } from './guarded-books.ts';
import { expectRechecked } from './rechecked.ts';
import { type Moved, statementTable } from './statement-table.ts';
import { expectOnRecord, expectToldLate } from './told-late.ts';

/**
 * One tender whose securities are lodged with the platform, through the public API, from the first number to the last refund: who pays is as secret as who bids, and the
 * books balance whatever happens.
 */
const account = '17001234567890';
let house: TestHouse;
let town: Town;
let bank: Person;
let lot: string;
const numbers: string[] = [];
let won: { readonly at: number; readonly price: string };

const payerOf = (at: number): string => `4200100${at}`;
const bidder = (at: number): Person => {
  const found = town.bidders[at];
  if (!found) throw new Error(`no bidder ${at}`);
  return found;
};
const name = (at: number): string => bidder(at).actor.organisationName ?? '';

const place = (code: string): number => town.bidders.findIndex((person) => person.actor.code === code);
const byBidder = (a: { bidder: string }, b: { bidder: string }): number => place(a.bidder) - place(b.bidder);

const csv = (...rows: readonly Moved[]): Buffer => statementTable(account, { name: name(0), payer: payerOf(0) }, rows);
const sends = async (file: Buffer, name = 'statement.csv'): Promise<request.Response> =>
  request(house.app)
    .post('/api/securities/statements')
    .set('authorization', `Bearer ${(await signIn(house, bank.login)).token}`)
    .attach('statement', file, name);

const balanced = async (): Promise<void> => {
  const sums = [...(await wholeBook(house.em())).values()];
  expect(sums.reduce((total, each) => total + each, 0n)).toBe(0n);
};

beforeAll(async () => {
  house = await openHouse({ at: '2031-11-01T01:00:00.000Z' as Instant });
  town = await makeTown(house, { bidders: 6 });
  const { result } = await house.perform(registerOrganisation, theSystem, {
    code: makeCode('420502', 990),
    name: '宜昌银行',
    kinds: ['bank'],
    region: '420500',
    legalRepresentative: '钱多',
    login: 'keeper',
    userName: '钱多',
    password,
    demonstration: true,
  });
  const { organisation, code, user } = result;
  const nobody = { expert: null, address: null } as const;
  bank = {
    ...town.centre,
    login: 'keeper',
    actor: { user, name: '钱多', role: 'bank', organisation, code, organisationName: '宜昌银行', ...nobody },
  };
  lot = (await publishedLot(town, { securityWay: 'platform' })).lot;
  // opened twice is refused; nobody but the administrator opens one
  const admin = await town.administrator.api();
  const fields = { bank: code, holder: '宜昌市公共资源交易中心', number: account, prefix: '620588' };
  expect((await admin.post('/securities/accounts', { ...fields, bank: bidder(0).actor.code ?? '' })).body.type).toBe(
    '/problems/not-a-bank',
  );
  expect((await admin.post('/securities/accounts', fields)).status).toBe(201);
  expect((await admin.post('/securities/accounts', fields)).body.type).toBe('/problems/collecting-account-open');
}, 120_000);
afterAll(() => house.close());

describe('before the opening', () => {
  it('each bidder has its own number, which tells nothing, and may mend its paying account until money came', async () => {
    for (const at of [0, 1, 2, 3]) {
      const api = await bidder(at).api();
      const first = await api.post(`/lots/${lot}/security/account`, { payerAccount: '9 9999 999', payerBank: '某银行' });
      const again = await api.post(`/lots/${lot}/security/account`, { payerAccount: payerOf(at), payerBank: '工商银行' });
      expect([first.status, again.status, again.body.number]).toEqual([201, 201, first.body.number]);
      numbers.push(again.body.number);
    }
    expect(new Set(numbers).size).toBe(4);
    const rows = await house.em().execute<{ row: string }[]>('select security_account::text as row from security_account');
    for (const { row } of rows)
      for (const secret of [lot, ...numbers, payerOf(0), bidder(0).actor.code ?? '-']) expect(row).not.toContain(secret);
  });

  it('a statement that says that somebody paid changes nothing that anybody else reads, and is one event like one on which nothing moved', async () => {
    const readers: readonly (Person | null)[] = [
      null,
      town.agent,
      town.tenderee,
      town.centre,
      town.regulator,
      town.administrator,
      bidder(5),
    ];
    const pages = allEndpoints().filter(
      ({ method, path }) => method === 'get' && /^\/(lots\/:lot|securities|supervision|work|bids)/.test(path),
    );
    const look = async (): Promise<string[]> => {
      await sequenced(house);
      const seen: string[] = [];
      for (const who of readers)
        for (const { path } of pages) {
          const answer = await shown(house, who, path.replace(':lot', lot).replace(/:\w+/g, lot));
          seen.push(`${who?.actor.role} ${path} ${answer.status} ${answer.text.replace(/urn:uuid:[0-9a-f-]{36}/g, '')}`);
        }
      return seen;
    };
    const events = async () =>
      house
        .em()
        .execute<{ type: string; body: string }[]>(
          `select type, body from journal_event where type not like 'session.%' order by position`,
        );
    expect((await sends(csv())).body).toMatchObject({ taken: 0 });
    const before = await look();
    const length = (await events()).length;
    const paid = await sends(
      csv(
        { ref: 'B1', amount: '300000.00', number: numbers[0] ?? '' },
        { ref: 'B2', amount: '100000.00', number: numbers[1] ?? '', name: name(1), payer: payerOf(1) },
        { ref: 'B3', amount: '300000.00', number: numbers[2] ?? '', name: '别的公司', payer: '77777777' },
        {
          ref: 'B4',
          amount: '300000.00',
          number: `${numbers[3]?.slice(0, -1)}${(Number(numbers[3]?.at(-1)) + 1) % 10}`,
          name: name(3),
          payer: payerOf(3),
        },
      ),
    );
    expect(paid.body).toMatchObject({ taken: 4, known: 0, unmatched: 1 });
    const after = await events();
    expect(after.length).toBe(length + 1);
    expect(after.at(-1)?.body).not.toContain(numbers[0]);
    expect(JSON.parse(after.at(-1)?.body ?? '{}').data.size).toBe(JSON.parse(after.at(-2)?.body ?? '{}').data.size);
    const later = await look();
    // the page of the whole node's journal is longer by one blinded leaf, as by anything anywhere
    expect(later.filter((each, at) => each !== before[at]).map((each) => each.slice(0, 80))).toEqual([]);
    await balanced();
  }, 120_000);

  it('the bidder itself sees how it stands; the bank sees no lot', async () => {
    const own = async (at: number) => (await shown(house, bidder(at), `/lots/${lot}/security`)).body.own;
    expect(await own(0)).toMatchObject({ state: 'full', counted: '300000.00', mayChangePayer: false });
    expect(await own(1)).toMatchObject({ state: 'partial', counted: '100000.00' });
    expect(await own(2)).toMatchObject({ state: 'none', movements: [{ why: 'wrong-payer', amount: '300000.00' }] });
    expect((await shown(house, town.agent, `/lots/${lot}/security`)).body).toMatchObject({ own: null, stated: [], opened: false });
    const desk = (await house.api((await signIn(house, bank.login)).token).get('/securities')).body;
    expect(JSON.stringify(desk)).not.toContain(lot);
    expect(
      desk.due.map(({ principal, payeeAccount }: { principal: string; payeeAccount: string }) => [principal, payeeAccount]).sort(),
    ).toEqual(
      [
        ['300000.00', payerOf(3)],
        ['300000.00', '77777777'],
      ].sort(),
    );
    expect(await refusal(house.perform(askAccount, bidder(0).actor, { lot, payerAccount: '88888888', payerBank: '某银行' }))).toBe(
      'payer-account-fixed',
    );
  });

  it('a statement handed in twice, or one that overlaps, takes nothing twice; one that contradicts itself takes nothing at all', async () => {
    const overlap = csv(
      { ref: 'B1', amount: '300000.00', number: numbers[0] ?? '' },
      { ref: 'B5', amount: '200000.00', number: numbers[1] ?? '', name: name(1), payer: payerOf(1) },
    );
    expect((await sends(overlap)).body).toMatchObject({ taken: 1, known: 1 });
    expect((await sends(overlap)).body).toMatchObject({ taken: 0, known: 2 });
    const contradicts = await sends(csv({ ref: 'B1', amount: '299999.99', number: numbers[0] ?? '' }, { ref: 'B6', amount: '1.00' }));
    expect([contradicts.status, contradicts.body.type]).toEqual([409, '/problems/statement-contradicts']);
    const faulty = await sends(csv({ ref: 'B7', amount: '1.00' }, { ref: 'B8', amount: '1.005' }));
    expect([faulty.body.type, faulty.body.errors?.[0]?.detail ?? JSON.stringify(faulty.body)]).toEqual([
      '/problems/statement-unreadable',
      expect.stringContaining('3'),
    ]);
    expect((await sends(csv({ ref: 'B9', amount: '1.00' }, { ref: 'B9b', amount: '1.00' }).subarray(0, 0))).status).toBeGreaterThanOrEqual(
      400,
    );
    const entries = [
      {
        ref: 'X',
        amount: '1.00',
        credit: true,
        reversal: false,
        bookedOn: '2031-11-03',
        bookedAt: null,
        number: '',
        payerName: 'x',
        payerAccount: 'x',
        endToEnd: '',
        text: '',
      },
    ];
    expect(await refusal(house.perform(takeStatement, bank.actor, { account: '99999999', sha256: 'a'.repeat(43), entries }))).toBe(
      'statement-of-other-account',
    );
    expect((await shown(house, bidder(1), `/lots/${lot}/security`)).body.own).toMatchObject({ state: 'full', counted: '300000.00' });
    await balanced();
  });

  it('SEC-G1, SEC-G2 a guarantee is of enough and lasts as long as the bid, to the fen and the day', async () => {
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    const ends = dayOf(later(deadline as Instant, 90 * 86_400_000));
    const shortBy = dayOf(later(deadline as Instant, 89 * 86_400_000));
    const given = async (amount: string, validUntil: string) =>
      request(house.app)
        .post(`/api/lots/${lot}/security/guarantees`)
        .set('authorization', `Bearer ${await bidder(3).token()}`)
        .field({ issuer: '某担保公司', number: 'BH-1', amount, validUntil })
        .attach('file', Buffer.from('%PDF-1.7 保函'), 'guarantee.pdf');
    // what it must keep stands in the form before anything is refused
    const told = await shown(house, bidder(3), `/lots/${lot}/security`);
    expect(told.body).toMatchObject({ amount: '300000.00', guaranteeRules: { lastsUntil: ends } });
    expect((await given('299999.99', ends)).body).toMatchObject({ rule: 'SEC-G1' });
    expect((await given('300000.00', shortBy)).body).toMatchObject({ rule: 'SEC-G2' });
    expect((await given('300000.00', ends)).body).toMatchObject({ verified: false });
    expect((await given('300000.00', ends)).body.type).toBe('/problems/guarantee-used');
    const [row] = await house.em().execute<{ row: string }[]>('select guarantee::text as row from guarantee');
    expect(row?.row).not.toContain(base64(Buffer.from('%PDF-1.7 保函')));
  });

  it('whoever copies all tables finds no bidder beside the lot, and neither sizes nor numbers of rows that tell of any', async () => {
    await house.perform(writeCover, theSystem, {});
    expect(await refusal(house.perform(writeCover, theSystem, {}))).toBe('state-moved-on');
    await sequenced(house);
    const whose = [0, 1, 2, 3].flatMap((at) => [bidder(at).actor.code ?? '', bidder(at).actor.user ?? '', name(at)]);
    const acts = ['ask-account', 'guarantee-too-low', 'account.given', 'guarantee.lodged'];
    await expectToldNothing(house, { lot, whose, secrets: [...numbers, ...[0, 1, 2, 3].map(payerOf), '77777777', ...acts] });
    // with the key each still finds its own, and an audit reads them all
    const own = await shown(house, bidder(3), `/lots/${lot}/timeline`);
    expect(own.text).toContain('guarantee.lodged');
    expect((await shown(house, bidder(2), `/lots/${lot}/timeline`)).text).not.toContain('guarantee.lodged');
    expect(audit(await journalFromDatabase(house.database.url))).toMatchObject({ findings: [], unread: 0 });
  });
});

describe('after the opening', () => {
  it('SEC-DEADLINE everybody sees whose security was there in time, each movement as the journal had been told before the deadline', async () => {
    for (const at of [0, 1, 2, 3]) await submitSealed(town, lot, bidder(at), { price: `${17_800_000 + at * 100_000}.00` });
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    const last = { lot, payerAccount: payerOf(4), payerBank: '某银行' };
    await house.clock.to(later(deadline as Instant, -1));
    await house.perform(collectDocuments, bidder(4).actor, { lot }).catch(() => undefined);
    const { result } = await house.perform(askAccount, bidder(4).actor, last);
    numbers.push(result.number);
    await house.clock.to(deadline as Instant);
    expect(await refusal(house.perform(askAccount, bidder(5).actor, { ...last, payerAccount: payerOf(5) }))).toBe(
      'security-deadline-passed SEC-DEADLINE',
    );
    await until(
      town,
      async () => (await phaseOf(house, lot)) === 'opening' && (await house.em().count(OpeningItem, { lot, state: 'sealed' })) === 0,
    );
    const stated = async () =>
      (await shown(house, null, `/lots/${lot}/security`)).body.stated
        .sort(byBidder)
        .map((row: Record<string, unknown>) => [row.form, row.amount, row.counts, row.reason]);
    await until(town, async () => (await stated()).length === 4);
    expect(await stated()).toEqual([
      ['transfer', '300000.00', true, 'full'],
      ['transfer', '300000.00', true, 'full'],
      ['transfer', '0.00', false, 'wrong-payer'],
      ['guarantee', '300000.00', true, 'guarantee-unchecked'],
    ]);
    const events = await house
      .em()
      .execute<{ type: string; body: string }[]>(
        `select type, body from journal_event where type in ('statement.taken', 'securities.stated') order by position`,
      );
    const read = events.map(({ type, body }) => ({ type, ...JSON.parse(body) }));
    const roots = new Map(read.filter(({ type }) => type === 'statement.taken').map(({ data }) => [data.statement, data]));
    const list = read.at(-1)?.data.list ?? [];
    const credits = list.flatMap((row: { bidder: string; credits: Record<string, never>[] }) =>
      row.credits.map((credit) => ({ bidder: row.bidder, ...credit })),
    );
    expect(credits).toHaveLength(3);
    for (const { bidder: code, statement, place, salt, amount, bookedOn, bookedAt, payer, proof } of credits) {
      const leaf = { format: 'yangguang/credit/v2', lot, bidder: code, amount, bookedOn, bookedAt, payer };
      const bytes = (text: string): Uint8Array => fromBase64url(text) ?? new Uint8Array(0);
      const { root, size } = roots.get(statement);
      const held = (value: unknown): boolean =>
        verifyInclusion(place, size, leafHash(commit(value, bytes(salt)).commitment), proof.map(bytes), bytes(root));
      expect([held(leaf), held({ ...leaf, amount: '300000.01' })]).toEqual([true, false]);
    }
    expect(canonical(list)).not.toContain(payerOf(0));
    await balanced();
  }, 120_000);

  it('money that comes late does not count and goes back; a timely payment that the bank tells of late counts still', async () => {
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    const day = dayOf(deadline as Instant);
    await sends(csv({ ref: 'L1', amount: '300000.00', number: numbers[2] ?? '', name: name(2), payer: payerOf(2), at: `${day} 23:59:59` }));
    const row = async () =>
      (await shown(house, null, `/lots/${lot}/security`)).body.stated.find(
        (row: { bidder: string }) => row.bidder === bidder(2).actor.code,
      );
    expect(await row()).toMatchObject({ counts: false });
    await sends(
      csv({ ref: 'L2', amount: '300000.00', number: numbers[2] ?? '', name: name(2), payer: payerOf(2), at: '2031-11-05 10:00:00' }),
    );
    expect(await row()).toMatchObject({ counts: true, amount: '300000.00', reason: 'full' });
    await balanced();
  });
});

describe('afterwards', () => {
  const desk = async () => (await house.api((await signIn(house, bank.login)).token).get('/securities')).body;
  const dueOf = async (at: number) => (await desk()).due.filter((row: { payeeAccount: string }) => row.payeeAccount === payerOf(at));

  it('SEC-KEEP a security is kept on a listed ground alone; the bidder objects, and is answered', async () => {
    await expectOnRecord(town, lot);
    const [seat] = await panelAtWork(town, lot);
    const items = await house.em().find(LotSecurity, { lot });
    const verdict = (at: number) => ({
      bid: items.find((row) => row.bidder === bidder(at).actor.code)?.submission,
      item: 'security',
      pass: false,
      reason: '保函期限有疑问',
    });
    const judges = (at: number) => refusal(house.perform(reviewBid, seat?.person.actor ?? theSystem, { lot, verdicts: [verdict(at)] }));
    expect([await judges(0), await judges(2)]).toEqual(['verdict-computed SEC-ITEM', 'verdict-computed SEC-ITEM']);
    // a guarantee that no program could check is for the panel, one way and the other
    expect(await judges(3)).toBe('done');
    await panelSigns(town, lot);
    await house.perform(publishCandidates, town.agent.actor, { lot });
    const { publicityUntil } = await house.em().findOneOrFail(Lot, { id: lot });
    await house.clock.to(publicityUntil as Instant);
    town = today(town);
    const { body: published } = await shown(house, null, `/lots/${lot}/candidates`);
    const [first] = published.candidates;
    await house.perform(determineAward, town.tenderee.actor, { lot, winner: first.submission });
    await house.perform(notifyAward, town.agent.actor, { lot });
    won = { at: [0, 1, 2, 3].find((at) => bidder(at).actor.code === first.bidder) ?? -1, price: first.price };
    const loser = bidder(won.at === 1 ? 0 : 1);
    const keeps = async (ground: string) =>
      request(house.app)
        .post(`/api/lots/${lot}/security/forfeitures`)
        .set('authorization', `Bearer ${await town.tenderee.token()}`)
        .field({
          bidder: loser.actor.code ?? '',
          ground,
          reason: '投标截止后书面声明撤销投标文件。',
          payeeAccount: '11112222',
          payeeBank: '农业银行',
        })
        .attach('evidence', Buffer.from('声明'), 'evidence.pdf');
    for (const ground of ['whatever', 'no-contract']) expect((await keeps(ground)).body).toMatchObject({ rule: 'SEC-KEEP' });
    const { body } = await keeps('revoked');
    expect((await keeps('revoked')).body.type).toBe('/problems/security-kept-already');
    const at = `/lots/${lot}/security/forfeitures/${body.forfeiture}`;
    expect((await (await bidder(2).api()).post(`${at}/objection`, { text: '与我无关的决定，不应如此。' })).status).toBe(404);
    expect((await (await loser.api()).post(`${at}/objection`, { text: '我单位从未撤销投标文件，请查明。' })).status).toBe(201);
    expect((await (await loser.api()).post(`${at}/objection`, { text: '我单位从未撤销投标文件，请查明。' })).status).toBe(409);
    expect((await (await town.tenderee.api()).post(`${at}/answer`, { upheld: 'no', answer: '经核实，声明系他人伪造。' })).status).toBe(201);
    expect((await shown(house, loser, `/lots/${lot}/security`)).body.kept[0]).toMatchObject({ lifted: true, mayContest: false });
  }, 120_000);

  it('everything goes back in its time with interest, once, and the books end where they began', async () => {
    expect(await dueOf(0)).toEqual([]);
    const { result } = await house.perform(orderRefunds, bank.actor, {});
    // wrong payer, wrong check digit, and the late one
    expect(result.payments).toBe(3);
    expect(await refusal(house.perform(orderRefunds, bank.actor, {}))).toBe('nothing-to-refund');
    const document = { key: 'none', name: '合同.pdf', type: 'application/pdf', bytes: 3, sha256: 'a'.repeat(43) };
    const now = await houseNow(house);
    await house.perform(registerContract, town.agent.actor, { lot, number: 'HT-1', price: won.price, signedOn: dayOf(now), document });
    const [back] = await dueOf(0);
    expect(back).toMatchObject({ principal: '300000.00', state: 'due' });
    expect(Number(back.interest)).toBeGreaterThan(0);
    await expectToldLate(town, lot, now);
    const second = await house.perform(orderRefunds, bank.actor, {});
    const { refunds } = await desk();
    expect(second.result.payments).toBe(3);
    const xml = await house.api((await signIn(house, bank.login)).token).get(`/securities/orders/${second.result.order}`);
    expect(xml.text ?? Buffer.from(xml.body).toString()).toContain('<NbOfTxs>3</NbOfTxs>');
    const paid = (refunds as { reference: string; principal: string; interest: string }[]).map(
      ({ reference, principal, interest }, at) => ({
        ref: `P${at}`,
        way: '付',
        amount: (Number(principal) + Number(interest)).toFixed(2),
        order: reference,
        at: dayOf(now),
      }),
    );
    expect((await sends(csv(...paid))).body).toMatchObject({ taken: 6, unmatched: 0 });
    expect((await shown(house, bidder(0), `/lots/${lot}/security`)).body.own).toMatchObject({
      state: 'none',
      refunds: [{ state: 'paid', paidOn: dayOf(now) }],
    });
    const left = await wholeBook(house.em());
    await balanced();
    // nothing is left of anybody's: at the bank and in the books only the interest that was borne
    expect([...left].filter(([name, amount]) => amount !== 0n && name !== 'bank' && name !== 'interest')).toEqual([]);
    expect(left.get('bank')).toBe(-(left.get('interest') ?? 0n));
  });

  it('interest that the bank credits in its own name makes up for what was paid on; in a payer’s name the same words make it none', async () => {
    const borne = (await wholeBook(house.em())).get('interest') ?? 0n;
    const on = { at: dayOf(await houseNow(house)), amount: (Number(borne) / 100).toFixed(2), text: '结息', payer: account };
    expect((await sends(csv({ ...on, ref: 'I0', name: '某某有限公司' }))).body).toMatchObject({ taken: 1, unmatched: 1 });
    expect((await sends(csv({ ...on, ref: 'I1', name: '宜昌银行' }))).body).toMatchObject({ taken: 1, unmatched: 0 });
    const after = await wholeBook(house.em());
    expect([borne > 0n, after.get('interest') ?? 0n, after.get('bank')]).toEqual([true, 0n, borne]);
  });
  it('anyone reckons again who was in time, with enough, from one account, and what went back', async () => {
    await sequenced(house);
    await expectRechecked(house, lot);
  });
  it('a booking that does not balance is refused by the database itself, and none is ever changed', () => expectGuardedBooks(house));
});
