import { Client } from 'pg';
import { type NoteSigner, noteSigner, printVerifierKey, signCheckpoint } from '../../src/journal/checkpoint.ts';
import { append, compactRoot, emptyTree, leafHash } from '../../src/journal/merkle.ts';
import { startSequencer } from '../../src/journal/sequencer.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { sequenced } from '../support/sequenced.ts';
import { addressOf, serve } from '../support/serve.ts';

/** A node whose journal key the test holds, as an operator with root does, reached over HTTP as witnesses reach it. */
export interface SmallNode {
  readonly house: TestHouse;
  readonly key: NoteSigner;
  readonly vkey: string;
  readonly address: string;
  /** so many entries, numbered and signed when this resolves */
  write(entries: number): Promise<void>;
  /** the operator's worst: another history in the tables, whole in itself and signed with the true key; what runs next goes on from there */
  rewriteFrom(index: number): Promise<void>;
  close(): Promise<void>;
}

export async function smallNode(): Promise<SmallNode> {
  const key = noteSigner('test.yangguang.example/sandbox', crypto.getRandomValues(new Uint8Array(32)));
  const house = await openHouse({ key });
  const server = await serve(house.app);
  let sequencer = startSequencer(house.database.url, key, { pollMilliseconds: 50 });
  const write = async (entries: number): Promise<void> => {
    const facts = Array.from({ length: entries }, () => ({ type: 'session.closed', subject: {}, data: {} }));
    await house.em().transactional(async (em) => {
      const [row] = await em.execute<{ now: string }[]>(
        `select to_char(yangguang_now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
      );
      return house.frame.append(em as never, facts, theSystem, (row?.now ?? '') as never);
    });
    await sequenced(house);
  };
  return {
    house,
    key,
    vkey: printVerifierKey(key),
    address: addressOf(server),
    write,
    rewriteFrom: async (index) => {
      await house.stopSequencer();
      await sequencer.stop();
      await rewrite(house.database.ownerUrl, index, key);
      sequencer = startSequencer(house.database.url, key, { pollMilliseconds: 50 });
    },
    close: async () => {
      await sequencer.stop();
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
      await house.close();
    },
  };
}

async function rewrite(url: string, from: number, key: NoteSigner): Promise<void> {
  const owner = new Client(url);
  await owner.connect();
  try {
    for (const table of ['journal_event', 'journal_leaf', 'journal_node', 'journal_checkpoint', 'journal_cosignature'])
      await owner.query(`alter table ${table} disable trigger all`);
    await owner.query(
      `update journal_event set salt = sha256(salt), commitment = sha256(sha256(salt) || convert_to(body, 'utf8')) where id in (select event from journal_leaf where index = $1)`,
      [from],
    );
    await owner.query('update journal_leaf l set commitment = e.commitment from journal_event e where e.id = l.event');
    await owner.query('delete from journal_cosignature where size > $1', [from]);
    const { rows } = await owner.query<{ commitment: Buffer }>('select commitment from journal_leaf order by index');
    let tree = emptyTree;
    for (const { commitment } of rows) {
      const grown = append(tree, leafHash(new Uint8Array(commitment)));
      for (const { level, index, hash } of grown.completed)
        await owner.query('update journal_node set hash = $3 where level = $1 and number = $2', [level, index, Buffer.from(hash)]);
      tree = grown.tree;
      const root = compactRoot(tree);
      const text = signCheckpoint({ origin: key.name, size: tree.size, root }, key);
      await owner.query('update journal_checkpoint set root = $2, text = $3 where size = $1', [tree.size, Buffer.from(root), text]);
    }
  } finally {
    await owner.end();
  }
}
