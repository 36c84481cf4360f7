import type { Client } from 'pg';
import { journalLock } from './append.ts';
import { type NoteSigner, signCheckpoint } from './checkpoint.ts';
import { append, type CompactTree, compactRoot, compactTreeAt, emptyTree, leafHash, nodesForRoot } from './merkle.ts';

const batch = 2000;

/** What the sequencer remembers between two passes; all of it can be read back from the tables. */
export interface SequencerState {
  readonly tree: CompactTree;
  /** `journal_event.position` of the newest sequenced event */
  readonly position: string;
}

/** Reads the state of a journal (a sequencer that starts, or takes over). */
export async function readState(db: Client): Promise<SequencerState> {
  const { rows } = await db.query<{ size: string; position: string }>(
    'select count(*) as size, coalesce(max(position), 0) as position from journal_leaf',
  );
  const size = Number(rows[0]?.size ?? 0);
  const position = rows[0]?.position ?? '0';
  if (size === 0) return { tree: emptyTree, position };
  const wanted = nodesForRoot(size);
  const found = await db.query<{ level: number; number: string; hash: Buffer }>(
    'select level, number, hash from journal_node where (level, number) in (select * from unnest($1::int[], $2::bigint[]))',
    [wanted.map((node) => node.level), wanted.map((node) => node.index)],
  );
  const hashes = new Map(found.rows.map((row) => [`${row.level}/${row.number}`, new Uint8Array(row.hash)]));
  const tree = compactTreeAt(size, ({ level, index }) => {
    const hash = hashes.get(`${level}/${index}`);
    if (!hash) throw new Error(`the journal lacks node ${level}/${index}`);
    return hash;
  });
  return { tree, position };
}

interface NewEvent {
  readonly position: string;
  readonly id: string;
  readonly commitment: Buffer;
}

/** The events behind a position, none of which can be preceded by one that is still to come. */
async function newEvents(db: Client, position: string): Promise<readonly NewEvent[]> {
  const { rows } = await db.query<{ there: boolean }>('select exists (select from journal_event where position > $1) as there', [position]);
  if (!rows[0]?.there) return [];
  // waits for those who are about to commit; those who come now wait for this one look
  await db.query('select pg_advisory_lock($1)', [journalLock]);
  try {
    const found = await db.query<NewEvent>(
      'select position, id, commitment from journal_event where position > $1 order by position limit $2',
      [position, batch],
    );
    return found.rows;
  } finally {
    await db.query('select pg_advisory_unlock($1)', [journalLock]);
  }
}

/**
 * One pass: gives every new event its index, in commit order, extends the tree and signs a checkpoint, all in one transaction.
 * It looks while nobody else holds the journal lock, so an event with a smaller position than a visible one is visible too: none is passed over.
 * Answers the new state, or the same one when there was nothing to do.
 */
export async function sequenceEvents(db: Client, state: SequencerState, key: NoteSigner): Promise<SequencerState> {
  const rows = await newEvents(db, state.position);
  const newest = rows.at(-1);
  if (!newest) return state;
  let tree = state.tree;
  const leaves: { index: number; event: string; position: string; commitment: Buffer }[] = [];
  const nodes: { level: number; index: number; hash: Uint8Array }[] = [];
  for (const { id, position, commitment } of rows) {
    leaves.push({ index: tree.size, event: id, position, commitment });
    const grown = append(tree, leafHash(new Uint8Array(commitment)));
    nodes.push(...grown.completed);
    tree = grown.tree;
  }
  const root = compactRoot(tree);
  const text = signCheckpoint({ origin: key.name, size: tree.size, root }, key);
  await db.query('begin');
  try {
    await db.query(
      'insert into journal_leaf (index, event, position, commitment) select * from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::bytea[])',
      [
        leaves.map((leaf) => leaf.index),
        leaves.map((leaf) => leaf.event),
        leaves.map((leaf) => leaf.position),
        leaves.map((leaf) => leaf.commitment),
      ],
    );
    await db.query('insert into journal_node (level, number, hash) select * from unnest($1::int[], $2::bigint[], $3::bytea[])', [
      nodes.map((node) => node.level),
      nodes.map((node) => node.index),
      nodes.map((node) => Buffer.from(node.hash)),
    ]);
    await db.query('insert into journal_checkpoint (size, root, text, issued_at) values ($1, $2, $3, yangguang_now())', [
      tree.size,
      Buffer.from(root),
      text,
    ]);
    await db.query(`select pg_notify('checkpoint', $1)`, [String(tree.size)]);
    await db.query('commit');
  } catch (error) {
    await db.query('rollback');
    throw error;
  }
  return { tree, position: newest.position };
}
