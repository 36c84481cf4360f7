import { Client } from 'pg';
import { jsonOf, reachPlatform } from './custody/platform.ts';
import type { BidCopy, EventCopy, JournalCopy } from './evidence/journal-copy.ts';
import { noteKeyTypes, noteSigner, parseCheckpoint, parseNote } from './journal/checkpoint.ts';
import { parseEntryBundle, tilePath, tilesAt } from './journal/tiles.ts';
import { holdsVeils, unveil, veiledType } from './journal/veil.ts';
import { canonical } from './kernel/bytes.ts';
import { dateOf, type Instant, instantOf } from './kernel/clock.ts';

const bytes = (buffer: Buffer): Uint8Array => new Uint8Array(buffer);
const moment = (at: string | Date): string => instantOf(at instanceof Date ? at : dateOf(at as Instant));

/**
 * The journal as its tables hold it, read in one snapshot by any role that may read them. Nothing is written. Veiled rows are read by whoever was given their key (`useVeils`);
 * without it they stay unread.
 */
export async function journalFromDatabase(url: string): Promise<JournalCopy> {
  const db = new Client(url);
  await db.connect();
  try {
    await db.query('begin transaction isolation level repeatable read read only');
    const rows = async <T extends object>(text: string): Promise<T[]> => (await db.query<T>(text)).rows;
    const [node] = await rows<{ sandbox: boolean }>('select sandbox from node');
    const keys = await rows<{ vkey: string }>('select vkey from journal_key order by since desc');
    const witnesses = await rows<{ vkey: string }>('select vkey from journal_witness order by name');
    const leaves = await rows<{ index: string; event: string; position: string; commitment: Buffer }>(
      'select index, event, position, commitment from journal_leaf order by index',
    );
    const events = await rows<{
      position: string;
      id: string;
      type: string;
      at: Date;
      lot: string | null;
      party: string | null;
      body: string;
      salt: Buffer;
      commitment: Buffer;
    }>('select position, id, type, at, lot, party, body, salt, commitment from journal_event order by position');
    const nodes = await rows<{ level: number; number: string; hash: Buffer }>('select level, number, hash from journal_node');
    const checkpoints = await rows<{ size: string; root: Buffer; text: string; lines: string[] | null }>(
      `select c.size, c.root, c.text, (select array_agg(line order by witness) from journal_cosignature s where s.size = c.size) as lines
       from journal_checkpoint c order by c.size`,
    );
    return {
      platformKeys: keys.map(({ vkey }) => vkey),
      witnessKeys: witnesses.map(({ vkey }) => vkey),
      sandbox: node?.sandbox ?? false,
      leaves: leaves.map((leaf) => ({
        index: Number(leaf.index),
        event: leaf.event,
        position: Number(leaf.position),
        commitment: bytes(leaf.commitment),
      })),
      events: events.map((event) => {
        const row = {
          ...event,
          position: Number(event.position),
          at: moment(event.at),
          salt: bytes(event.salt),
          commitment: bytes(event.commitment),
          unread: false,
        };
        return event.type === veiledType ? unveiled(row) : row;
      }),
      nodes: nodes.map(({ level, number, hash }) => ({ level, index: Number(number), hash: bytes(hash) })),
      checkpoints: checkpoints.map(({ size, root, text, lines }) => ({
        size: Number(size),
        root: bytes(root),
        text,
        cosignatures: lines ?? [],
      })),
      held: [],
      bids: await bidsIn(rows),
    };
  } finally {
    await db.end();
  }
}

function unveiled(row: EventCopy): EventCopy {
  if (!holdsVeils()) return { ...row, unread: true };
  const opened = unveil(row.id, row.body);
  // one that no key opens stands as it is, and is found as rewritten
  if (!opened) return row;
  const { event, salt } = opened;
  return { ...row, type: event.type, lot: event.subject.lot ?? null, party: event.subject.party ?? null, body: canonical(event), salt };
}

async function bidsIn(rows: <T extends object>(text: string) => Promise<T[]>): Promise<BidCopy[]> {
  const bids = await rows<{
    id: string;
    lot: string;
    bidder: string;
    statement: unknown;
    signature: string;
    received_at: Date;
    envelopes: BidCopy['envelopes'] | null;
  }>(
    `select s.id, s.lot, s.bidder, s.statement, s.signature, s.received_at,
       (select json_agg(json_build_object('part', part, 'sha256', sha256, 'bytes', bytes, 'ephemeral', ephemeral)) from envelope e where e.submission = s.id) as envelopes
     from submission s order by s.id`,
  );
  return bids.map(({ received_at: at, envelopes, ...bid }) => ({ ...bid, receivedAt: moment(at), envelopes: envelopes ?? [] }));
}

/** The journal as anyone can read it: the newest checkpoint and its tiles. What the events say is not in it. */
export async function journalFromPlatform(address: string): Promise<JournalCopy> {
  const stranger = noteSigner('audit', new Uint8Array(32).fill(1), noteKeyTypes.cosignature);
  const platform = reachPlatform(address.replace(/\/$/, ''), stranger, {}, new AbortController().signal);
  try {
    const text = await platform.journal.checkpoint();
    const note = parseNote(text);
    const checkpoint = note && parseCheckpoint(note);
    if (!note || !checkpoint) throw new Error('the platform gave no checkpoint');
    const answer = await platform.get('/api/keys');
    if (answer.status !== 200) throw new Error(`/api/keys: ${answer.status}`);
    const keys = jsonOf(answer) as { platform: string | null; earlier: string[]; witnesses: string[]; sandbox: boolean };
    const leaves: Uint8Array[] = [];
    const nodes: { level: number; index: number; hash: Uint8Array }[] = [];
    for (const tile of tilesAt(checkpoint.size)) {
      const content = await platform.journal.tile(tilePath(tile));
      if (tile.level === 'entries') leaves.push(...(parseEntryBundle(content) ?? []));
      else
        for (let at = 0; at * 32 < content.length; at++)
          nodes.push({ level: tile.level * 8, index: tile.index * 256 + at, hash: content.slice(at * 32, at * 32 + 32) });
    }
    return {
      platformKeys: [keys.platform ?? '', ...keys.earlier],
      witnessKeys: keys.witnesses,
      sandbox: keys.sandbox,
      leaves: leaves.map((commitment, index) => ({ index, event: '', position: index, commitment })),
      events: null,
      nodes,
      checkpoints: [{ size: checkpoint.size, root: checkpoint.root, text, cosignatures: [] }],
      held: [],
      bids: [],
    };
  } finally {
    platform.close();
  }
}
