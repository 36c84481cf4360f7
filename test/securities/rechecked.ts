import { expect } from '@jest/globals';
import { verification } from '../../src/evidence/checks.ts';
import { History } from '../../src/evidence/history.ts';
import { checkSecurities } from '../../src/evidence/securities.ts';
import { eventsOfLot, eventsOfType } from '../../src/journal/reads.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import type { TestHouse } from '../support/house.ts';

type Row = Record<string, unknown>;
type Change = (type: string, data: Row) => void;
const all = (rows: unknown, change: object): void => {
  for (const row of rows as Row[]) Object.assign(row, change);
};

/** What a verifier says of the securities of a lot, told its events as `change` would have them: the check that failed, null where all hold. */
async function rechecked(house: TestHouse, lot: string, change: Change = () => {}): Promise<string | null> {
  const em = house.em();
  const stored = [...(await eventsOfType(em, 'statement.taken')), ...(await eventsOfLot(em, lot))];
  const events = stored.map(({ event, index, salt }) => {
    const { type, at, subject, data } = structuredClone(event);
    change(type, data as Row);
    return { event: { type, at, subject, data }, index: index ?? 0, salt: base64url(salt), proof: [] };
  });
  const verdict = await verification((list) => checkSecurities(new History(events, list), list, lot));
  const failed = verdict.checks.find(({ ok }) => !ok)?.says.en;
  // a check that never ran would find nothing wrong
  if (!failed && verdict.checks.length < 5) throw new Error('the securities were not rechecked');
  return failed ?? null;
}

/** All holds as the journal has it; and whatever is told otherwise, of any of the events on which it rests, is found. */
export async function expectRechecked(house: TestHouse, lot: string): Promise<void> {
  const on =
    (type: string, change: (data: Row) => void): Change =>
    (each, data) => {
      if (each === type) change(data);
    };
  const stated = (change: (entry: Row) => void): Change =>
    on('securities.stated', ({ list }) => {
      for (const entry of list as Row[]) change(entry);
    });
  const found = (change: Change): Promise<string | null> => rechecked(house, lot, change);
  expect(await rechecked(house, lot)).toBeNull();
  for (const change of [{ amount: '300000.01' }, { counts: true }, { misfits: [] }])
    expect(await found(stated((entry) => entry.form === 'guarantee' || Object.assign(entry, change)))).toContain('sum of what counts');
  for (const change of [{ bookedOn: '2031-11-02' }, { amount: '300000.01' }, { payer: 'A'.repeat(43) }, { salt: 'A'.repeat(43) }])
    expect(await found(stated(({ credits }) => all(credits, change)))).toContain('committed');
  const earlier = on('deadline.reached', (data) => Object.assign(data, { deadline: '2031-11-02T01:00:00.000Z' }));
  expect(await found(earlier)).toContain('before the deadline');
  expect(await found(on('account.given', (data) => Object.assign(data, { payer: 'x' })))).toContain('one paying account');
  expect(await found(on('guarantee.lodged', (data) => Object.assign(data, { validUntil: '2031-12-01' })))).toContain('guarantee');
  expect(await found(on('security.returned', ({ list }) => all(list, { amount: '300000.01' })))).toContain('no more than');
}
