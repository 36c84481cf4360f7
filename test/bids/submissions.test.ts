import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Envelope, Submission } from '../../src/bids/schema.ts';
import { noteKeyTypes, noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { formCouncil } from '../../src/openings/form-council.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { submissionBytes } from '../../src/sealing/statement.ts';
import { testAuthority } from '../sealing/pki.ts';
import { giveAuthority } from '../support/authority.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { at, type Cast, cast, publishedLot, withCouncil } from '../tenders/scene.ts';
import {
  aBidder,
  aBidderOf,
  type Bidder,
  bids,
  certified,
  envelope,
  idIn,
  signedBy,
  statementFor,
  submitted,
  tus,
  uploadedWhole,
  withdraws,
} from './scene.ts';

let house: TestHouse;
let people: Cast;
let lot: string;
let other: string;
let count = 30;
const nextNumber = (): number => {
  count += 1;
  return count;
};
const oneMore = () => aBidderOf(house, nextNumber(), lot, other);
beforeAll(async () => {
  house = await openHouse({ at: at('2031-11-01T09:00') });
  await giveAuthority();
  people = await cast(house);
  await withCouncil(house);
  lot = await publishedLot(house, people);
  other = await publishedLot(house, people);
}, 60_000);
afterAll(() => house.close());

const rows = async (bidder: Bidder): Promise<{ submissions: number; envelopes: number; events: number }> => {
  const em = house.em();
  const submissions = await em.find(Submission, { bidder: bidder.code });
  const envelopes = await em.count(Envelope, { submission: { $in: submissions.map((each) => each.id) } });
  const [events] = await em.execute<{ count: string }[]>(
    "select count(*) from journal_event where party = ? and type in ('bid.received', 'bid.replaced', 'bid.withdrawn')",
    [bidder.code],
  );
  return { submissions: submissions.length, envelopes, events: Number(events?.count) };
};
const none = { submissions: 0, envelopes: 0, events: 0 };
const desk = async (bidder: Bidder, of = lot) => (await house.api(bidder.token).get(`/lots/${of}/bids`)).body;

/** A bidder with an uploaded envelope, ready to submit. */
async function ready(change: Parameters<typeof envelope>[2] = {}) {
  const bidder = await oneMore();
  const bytes = await envelope(lot, bidder, change);
  return { bidder, bytes, upload: await uploadedWhole(house, bidder.token, lot, bytes), statement: statementFor(lot, bidder, bytes) };
}

describe('A bid is submitted, replaced, withdrawn and submitted again', () => {
  it('each step is one event that the bidder alone sees, and the desk tells where it stands', async () => {
    const bidder = await oneMore();
    const first = await bids(house, bidder, lot);
    expect(first.response.status).toBe(201);
    expect(first.response.body).toMatchObject({ submission: first.statement.id, receivedAt: at('2031-11-01T09:00') });
    const second = await bids(house, bidder, lot, first.statement.id);
    expect(second.response.status).toBe(201);
    expect((await withdraws(house, bidder, lot, second.statement.id)).status).toBe(201);
    expect((await desk(bidder)).submissions.map((each: { status: string }) => each.status)).toEqual(['withdrawn', 'replaced']);
    const third = await bids(house, bidder, lot);
    expect(third.response.status).toBe(201);
    const { submissions, uploads, collected, maySubmit } = await desk(bidder);
    expect(submissions.map((each: { id: string; status: string }) => [each.id, each.status])).toEqual([
      [third.statement.id, 'current'],
      [second.statement.id, 'withdrawn'],
      [first.statement.id, 'replaced'],
    ]);
    expect(submissions[0].event).toBe(third.response.body.event);
    expect(submissions[1].withdrawalEvent).toMatch(/^[0-9a-f-]{36}$/);
    expect([uploads, collected, maySubmit]).toEqual([[], true, true]);
    expect(await rows(bidder)).toEqual({ submissions: 3, envelopes: 3, events: 4 });
  });

  it('the bidder fetches its own sealed file, the same bytes; nobody else does', async () => {
    const [bidder, rival] = [await oneMore(), await oneMore()];
    const { bytes, statement } = await bids(house, bidder, lot);
    const path = `/lots/${lot}/bids/${statement.id}/envelopes/whole`;
    const fetched = await house
      .api(bidder.token)
      .get(path)
      .buffer(true)
      .parse((response, done) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => done(null, Buffer.concat(pieces)));
      });
    expect(Buffer.from(bytes).equals(fetched.body)).toBe(true);
    for (const token of [rival.token, people.agent, people.tenderee, people.centre, people.regulator, people.administrator, undefined]) {
      expect([401, 403, 404]).toContain((await house.api(token).get(path)).status);
    }
    expect((await house.api(rival.token).get(path)).status).toBe(404);
  });

  it('a file that was uploaded and not submitted is shown as that, to its owner alone', async () => {
    const { bidder, bytes } = await ready();
    expect((await desk(bidder)).uploads).toMatchObject([{ part: 'whole', bytes: bytes.length }]);
    expect((await desk(bidder)).submissions).toEqual([]);
    expect((await desk(await oneMore())).uploads).toEqual([]);
  });
});

describe('A refused submission leaves nothing behind', () => {
  const refusals: readonly (readonly [
    string,
    string,
    (given: Awaited<ReturnType<typeof ready>>) => Promise<{ status: number; body: Record<string, unknown> }>,
  ])[] = [
    [
      'a statement for another lot',
      'statement-refused',
      ({ bidder, statement, upload }) => submitted(house, bidder, { ...statement, lot: other }, upload, { lot }),
    ],
    [
      'a statement in another bidder’s name',
      'statement-refused',
      async ({ bidder, statement, upload }) => submitted(house, bidder, { ...statement, bidder: (await oneMore()).code }, upload),
    ],
    [
      'a part that the lot does not ask for',
      'statement-refused',
      ({ bidder, statement, upload }) =>
        submitted(house, bidder, { ...statement, parts: statement.parts.map((part) => ({ ...part, part: 'price' as const })) }, upload),
    ],
    [
      'a replacement of nothing',
      'newer-bid-exists',
      ({ bidder, statement, upload }) => submitted(house, bidder, { ...statement, supersedes: newId() }, upload),
    ],
    [
      'a signature over another statement',
      'signature-refused',
      async ({ bidder, statement, upload }) =>
        submitted(house, bidder, statement, upload, {
          signature: await signedBy(bidder.signer, submissionBytes({ ...statement, id: newId() })),
        }),
    ],
    [
      'no signature at all',
      'signature-refused',
      ({ bidder, statement, upload }) => submitted(house, bidder, statement, upload, { signature: btoa('nothing') }),
    ],
    [
      'another bidder’s certificate',
      'not-your-certificate',
      async ({ bidder, statement, upload }) => submitted(house, bidder, statement, upload, { signer: (await oneMore()).signer }),
    ],
    [
      'a certificate of an authority nobody knows',
      'signature-refused',
      async ({ bidder, statement, upload }) => {
        const { signer } = await (await testAuthority()).certify({ commonName: '冒名公司', code: bidder.code });
        return submitted(house, bidder, statement, upload, { signer });
      },
    ],
    [
      'a certificate that was revoked',
      'certificate-not-standing',
      async ({ bidder, statement, upload }) => {
        const revoked = await certified(house, bidder.token);
        const { status } = await house
          .api(bidder.token)
          .post(`/certificates/${revoked.certificate.serial}/revocation`, { reason: 'key-lost' });
        expect(status).toBe(201);
        return submitted(house, bidder, statement, upload, { signer: revoked });
      },
    ],
    [
      'an upload that is not complete',
      'upload-incomplete',
      async ({ bidder, statement, bytes }) => {
        const id = idIn(await tus(house, bidder.token).create(lot, bytes.length));
        await tus(house, bidder.token).patch(id, 0, bytes.slice(0, -1));
        return submitted(house, bidder, statement, id);
      },
    ],
    [
      'an upload that nobody made',
      'upload-incomplete',
      ({ bidder, statement }) => submitted(house, bidder, statement, crypto.randomUUID()),
    ],
    [
      'an upload of another bidder',
      'upload-incomplete',
      async ({ bidder, statement }) => submitted(house, bidder, statement, (await ready()).upload),
    ],
    [
      'an upload for another lot',
      'upload-incomplete',
      async ({ bidder, statement, bytes }) => submitted(house, bidder, statement, await uploadedWhole(house, bidder.token, other, bytes)),
    ],
    [
      'a file that is not the one in the statement',
      'upload-differs',
      async ({ bidder, statement }) =>
        submitted(house, bidder, statement, await uploadedWhole(house, bidder.token, lot, await envelope(lot, bidder))),
    ],
    [
      'a size that is not the file’s',
      'upload-differs',
      ({ bidder, statement, upload }) =>
        submitted(house, bidder, { ...statement, parts: statement.parts.map((part) => ({ ...part, bytes: part.bytes + 1 })) }, upload),
    ],
  ];
  it.each(refusals)('%s: %s', async (_what, problem, act) => {
    const given = await ready();
    const { status, body } = await act(given);
    expect([body.type, Math.floor(status / 100)]).toEqual([`/problems/${problem}`, 4]);
    expect(await rows(given.bidder)).toEqual(none);
    // and the bidder can still submit what it had uploaded
    expect((await submitted(house, given.bidder, given.statement, given.upload)).status).toBe(201);
  });

  const wrongSeals: readonly (readonly [string, () => Promise<Uint8Array | { bidder: Bidder; bytes: Uint8Array }>])[] = [
    ['not an envelope at all', async () => new TextEncoder().encode('%PDF-1.7 投标文件')],
    ['a plain age file for the bidder alone', async () => new TextEncoder().encode('age-encryption.org/v1\n-> X25519 abc\n')],
  ];
  it.each(wrongSeals)('%s: wrongly-sealed', async (_what, make) => {
    const bidder = await oneMore();
    const bytes = (await make()) as Uint8Array;
    const upload = await uploadedWhole(house, bidder.token, lot, bytes);
    const response = await submitted(house, bidder, statementFor(lot, bidder, bytes), upload);
    expect(response.body.type).toBe('/problems/wrongly-sealed');
    expect(await rows(bidder)).toEqual(none);
  });

  it('an envelope sealed for another lot, another bidder or another council: wrongly-sealed', async () => {
    const stranger = await oneMore();
    const strange = holdCeremony(newId(), '别的委员会', ['一', '二', '三'], 2).council;
    for (const change of [{ lot: other }, { bidder: stranger.code }, { council: strange }]) {
      const { bidder, statement, upload } = await ready(change);
      const { body } = await submitted(house, bidder, statement, upload);
      expect([Object.keys(change), body.type]).toEqual([Object.keys(change), '/problems/wrongly-sealed']);
      expect(await rows(bidder)).toEqual(none);
    }
  });

  it('an envelope copied from another bidder: wrongly-sealed, even when the copier uploads and signs it', async () => {
    const { bytes } = await ready();
    const copier = await oneMore();
    const upload = await uploadedWhole(house, copier.token, lot, bytes);
    expect((await submitted(house, copier, statementFor(lot, copier, bytes), upload)).body.type).toBe('/problems/wrongly-sealed');
  });

  it('BID-DOCUMENTS: one who did not collect the documents', async () => {
    const bidder = await aBidder(house, nextNumber());
    const bytes = await envelope(lot, bidder);
    const { status, body } = await submitted(house, bidder, statementFor(lot, bidder, bytes), crypto.randomUUID());
    expect([status, body.type, body.rule]).toEqual([409, '/problems/documents-first', 'BID-DOCUMENTS']);
    expect(await rows(bidder)).toEqual(none);
  });

  it('any role but a bidder’s', async () => {
    const { statement, upload, bidder } = await ready();
    for (const token of [people.agent, people.tenderee, people.centre, people.regulator, people.administrator]) {
      const { status } = await submitted(house, { ...bidder, token }, statement, upload);
      expect(status).toBe(403);
    }
    const { status } = await house.api().post(`/lots/${lot}/bids`, { statement, signature: '', uploads: {} });
    expect(status).toBe(401);
  });
});

describe('Nothing counts twice', () => {
  it('one upload in two submissions: upload-spent', async () => {
    const { bidder, bytes, upload, statement } = await ready();
    expect((await submitted(house, bidder, statement, upload)).status).toBe(201);
    const again = await submitted(house, bidder, statementFor(lot, bidder, bytes, { supersedes: statement.id }), upload);
    expect([again.status, again.body.type]).toEqual([409, '/problems/upload-spent']);
    expect(await rows(bidder)).toEqual({ submissions: 1, envelopes: 1, events: 1 });
  });

  it('a statement played back after it was withdrawn or replaced: newer-bid-exists', async () => {
    const { bidder, bytes, upload, statement } = await ready();
    expect((await submitted(house, bidder, statement, upload)).status).toBe(201);
    expect((await submitted(house, bidder, statement, upload)).body.type).toBe('/problems/newer-bid-exists');
    await withdraws(house, bidder, lot, statement.id);
    const again = await uploadedWhole(house, bidder.token, lot, bytes);
    expect((await submitted(house, bidder, statement, again)).body.type).toBe('/problems/newer-bid-exists');
    expect((await desk(bidder)).submissions.map((each: { status: string }) => each.status)).toEqual(['withdrawn']);
  });

  it('two submissions at once: one counts, the other hears that something newer is there', async () => {
    const bidder = await oneMore();
    const [one, two] = await Promise.all([
      (async () => {
        const bytes = await envelope(lot, bidder);
        return { bytes, upload: await uploadedWhole(house, bidder.token, lot, bytes) };
      })(),
      (async () => {
        const bytes = await envelope(lot, bidder);
        return { bytes, upload: await uploadedWhole(house, bidder.token, lot, bytes) };
      })(),
    ]);
    const answers = await Promise.all(
      [one, two].map(({ bytes, upload }) => submitted(house, bidder, statementFor(lot, bidder, bytes), upload)),
    );
    expect(answers.map((each) => each.status).sort()).toEqual([201, 409]);
    expect(answers.find((each) => each.status === 409)?.body.type).toBe('/problems/newer-bid-exists');
    expect(await rows(bidder)).toEqual({ submissions: 1, envelopes: 1, events: 1 });
  });

  it('two replacements of the same bid at once: one counts', async () => {
    const bidder = await oneMore();
    const first = await bids(house, bidder, lot);
    const both = await Promise.all([bids(house, bidder, lot, first.statement.id), bids(house, bidder, lot, first.statement.id)]);
    expect(both.map(({ response }) => response.status).sort()).toEqual([201, 409]);
    expect((await desk(bidder)).submissions.filter((each: { status: string }) => each.status === 'current')).toHaveLength(1);
  });

  it('five bidders at once all get in', async () => {
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => ready()));
    const answers = await Promise.all(all.map(({ bidder, statement, upload }) => submitted(house, bidder, statement, upload)));
    expect(answers.map((each) => each.status)).toEqual([201, 201, 201, 201, 201]);
  });
});

describe('A withdrawal', () => {
  it('of a bid that is not one’s own, not current, or under a wrong signature is refused', async () => {
    const [bidder, rival] = [await oneMore(), await oneMore()];
    const { statement } = await bids(house, bidder, lot);
    expect((await withdraws(house, rival, lot, statement.id)).body.type).toBe('/problems/no-bid');
    expect((await withdraws(house, bidder, other, statement.id)).body.type).toBe('/problems/no-bid');
    expect((await withdraws(house, bidder, lot, newId())).body.type).toBe('/problems/no-bid');
    expect((await withdraws(house, bidder, lot, statement.id, rival.signer)).body.type).toBe('/problems/not-your-certificate');
    expect((await desk(bidder)).submissions[0].status).toBe('current');
    expect((await withdraws(house, bidder, lot, statement.id)).status).toBe(201);
    expect((await withdraws(house, bidder, lot, statement.id)).body.type).toBe('/problems/no-bid');
  });

  it('with a statement for another lot or in another name is refused', async () => {
    const [bidder, rival] = [await oneMore(), await oneMore()];
    const { statement } = await bids(house, bidder, lot);
    const said = { format: 'yangguang/withdrawal/v1' as const, submission: statement.id, lot, bidder: bidder.code, at: statement.at };
    for (const bent of [
      { ...said, lot: other },
      { ...said, bidder: rival.code },
    ]) {
      const signature = await signedBy(bidder.signer, new TextEncoder().encode(JSON.stringify(bent)));
      const { body } = await house.api(bidder.token).post(`/lots/${lot}/bids/withdrawal`, { statement: bent, signature });
      expect(body.type).toBe('/problems/statement-refused');
    }
  });
});

describe('BID-DEADLINE: bids close at the deadline', () => {
  let ends: string;
  let before: Instant;
  let deadline: Instant;
  beforeAll(async () => {
    ends = await publishedLot(house, people, { deadline: '2031-11-22T09:30' });
    deadline = at('2031-11-22T09:30');
    before = '2031-11-22T01:29:59.999Z' as Instant;
  });

  it('one millisecond before it a bid is taken, replaced and withdrawn; at the deadline itself none of it, and nothing is stored', async () => {
    const [early, late, leaver] = [await aBidderOf(house, 91, ends), await aBidderOf(house, 92, ends), await aBidderOf(house, 93, ends)];
    const prepared = async (bidder: Bidder, supersedes: string | null = null) => {
      const bytes = await envelope(ends, bidder);
      return {
        statement: statementFor(ends, bidder, bytes, { supersedes }),
        upload: await uploadedWhole(house, bidder.token, ends, bytes),
      };
    };
    const left = await bids(house, leaver, ends);
    const [one, two] = [await prepared(early), await prepared(late)];
    await house.clock.to(before);
    const taken = await submitted(house, early, one.statement, one.upload);
    expect([taken.status, taken.body.receivedAt]).toEqual([201, before]);
    const replacement = await prepared(early, one.statement.id);
    const unready = await prepared(leaver, left.statement.id);
    await house.clock.to(deadline);
    for (const [bidder, { statement, upload }] of [
      [late, two],
      [early, replacement],
      [leaver, unready],
    ] as const) {
      const { status, body } = await submitted(house, bidder, statement, upload);
      expect([status, body.type, body.rule]).toEqual([409, '/problems/bidding-closed', 'BID-DEADLINE']);
    }
    expect((await withdraws(house, leaver, ends, left.statement.id)).body.type).toBe('/problems/bidding-closed');
    expect(await rows(late)).toEqual(none);
    expect(await rows(early)).toEqual({ submissions: 1, envelopes: 1, events: 1 });
    expect((await desk(early, ends)).maySubmit).toBe(false);
    expect((await desk(leaver, ends)).submissions[0].status).toBe('current');
  });

  it('a lot keeps the council it was published under', async () => {
    const fresh = await publishedLot(house, people, { deadline: '2031-12-30T09:30', documentsUntil: '2031-12-01T17:00' });
    const next = holdCeremony(newId(), '新委员会', ['一', '二', '三'], 2).council;
    const witness = noteSigner('witness-2.example', crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature);
    await house.perform(formCouncil, theSystem, { council: next, witnesses: [printVerifierKey(witness)] });
    const bidder = await aBidderOf(house, 94, fresh);
    expect((await bids(house, bidder, fresh)).response.status).toBe(201);
  });
});
