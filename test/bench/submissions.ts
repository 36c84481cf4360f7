import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { type SubmissionStatement, submissionBytes } from '../../src/sealing/statement.ts';
import { envelopeOf, houseNow, submitSealed } from '../support/opened-lot.ts';
import type { Person, Town } from '../support/town.ts';
import { bareTable } from './bare-table.ts';
import { type Comparison, rate } from './measure.ts';

/**
 * Bids arriving at one lot from several bidders at once: resumable upload, signed statement, every check, receipt's event; each one replaces
 * the bidder's last. Against writing the same bytes durably to a file, and one INSERT.
 */
export async function submissions(town: Town, lot: string): Promise<Comparison[]> {
  const { house } = town;
  const ready = await Promise.all(town.bidders.map((bidder) => readyBidder(town, lot, bidder)));
  const size = ready[0]?.envelope.length ?? 0;

  await bareTable(house.database, 'bare_bid', 'name');
  let written = 0;
  const bareRate = await rate(
    async () => {
      const file = await open(join(house.uploads, `bare-${++written}`), 'wx');
      await file.writeFile(ready[0]?.envelope ?? '');
      await file.sync();
      await file.close();
      await house.em().execute('insert into bare_bid (name) values (?)', [`bare-${written}`]);
    },
    { hands: ready.length },
  );
  let turn = 0;
  const waiting = [...ready];
  const ours = await rate(
    async () => {
      turn++;
      const bidder = waiting.shift();
      if (!bidder) throw new Error('more hands than bidders');
      await bidder.replace();
      waiting.push(bidder);
    },
    { hands: ready.length },
  );
  if (turn === 0) throw new Error('no bid was submitted');
  return [
    {
      what: `submissions of ${Math.round(size / 1024)} kB, ${ready.length} bidders`,
      ours,
      bare: 'a durable file and one INSERT',
      bareRate,
      limit: 0.03,
    },
  ];
}

interface Ready {
  readonly envelope: Uint8Array;
  replace(): Promise<void>;
}

async function readyBidder(town: Town, lot: string, bidder: Person): Promise<Ready> {
  const { house } = town;
  let standing = await submitSealed(town, lot, bidder, { price: '9800000.00' });
  const { sha256, fileKey, bytes } = await envelopeOf(house, standing);
  const envelope = await buffer(house.files.read(fileKey ?? ''));
  const signer = await bidder.signer();
  const token = await bidder.token();
  const api = await bidder.api();
  return {
    envelope,
    replace: async () => {
      const upload = await uploaded(town, token, lot, envelope);
      const at = await houseNow(house);
      const statement: SubmissionStatement = {
        format: 'yangguang/submission/v1',
        id: newId(at),
        lot,
        bidder: bidder.actor.code ?? '',
        parts: [{ part: 'whole', sha256, bytes: Number(bytes) }],
        supersedes: standing,
        at,
      };
      const signature = Buffer.from(await signDetached(submissionBytes(statement), signer, at)).toString('base64');
      const { status, text } = await api.post(`/lots/${lot}/bids`, { statement, signature, uploads: { whole: upload } });
      if (status !== 201) throw new Error(`the bid was refused: ${status} ${text}`);
      standing = statement.id;
    },
  };
}

async function uploaded({ house }: Town, token: string, lot: string, envelope: Uint8Array): Promise<string> {
  const text = (value: string): string => Buffer.from(value).toString('base64');
  const bearer = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' };
  const created = await request(house.app)
    .post('/uploads')
    .set({ ...bearer, 'upload-length': String(envelope.length), 'upload-metadata': `lot ${text(lot)},part ${text('whole')}` });
  const id = created.headers.location?.split('/').at(-1) ?? '';
  const sent = await request(house.app)
    .patch(`/uploads/${id}`)
    .set({ ...bearer, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' })
    .send(Buffer.from(envelope));
  if (sent.status !== 204) throw new Error(`the upload was not taken: ${created.status} ${sent.status} ${sent.text}`);
  return id;
}
