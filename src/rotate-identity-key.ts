import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { useIdentityKeys } from './experts/identity.ts';
import { resealIdentity } from './experts/reseal-identity.ts';
import { frameOf } from './frame.ts';
import { type Frame, perform } from './kernel/act.ts';
import { theSystem } from './kernel/actor.ts';
import { Problem } from './kernel/problem.ts';
import { addIdentityKey, openIdentityKeys } from './store/identity-keys.ts';
import { openStore } from './store/orm.ts';
import { complain, exits, print } from './terminal.ts';

const options = { database: { type: 'string' }, folder: { type: 'string' } } as const;

/**
 * `yangguang rotate-identity-key`: adds the next key of experts' identity data and seals every record under it, some hundred at a time, while the
 * platform goes on. Run again after a break it makes another key: what the older ones still hold is sealed anew too.
 */
export async function rotateIdentityKeyCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const config = readConfig();
  const url = values.database ?? config.databaseUrl;
  if (url === null) {
    complain({ zh: '请用 --database 指明数据库', en: 'which database? --database URL' });
    return exits.unreadable;
  }
  const folder = values.folder === undefined ? config.identityDir : resolve(values.folder);
  const store = await openStore({ url, poolMax: 2 });
  try {
    // the old keys are opened first: where they are missing, a new one must not be made
    const keys = await openIdentityKeys(folder, store.em());
    useIdentityKeys(keys);
    const key = await addIdentityKey(folder);
    // no nudge after a commit: it would reach for the store when that is closed already, and the sequencer looks by itself
    const frame: Frame = { ...frameOf(store), announce: () => undefined };
    let records = 0;
    for (;;) {
      const sealed = await sealSome(frame);
      if (sealed === 0) break;
      records += sealed;
    }
    print(
      `${records} 份身份信息已换用 identity-${key}.key；旧密钥在旧备份销毁前请另行保管，之后删除 · ${records} records lie under identity-${key}.key; keep the older keys elsewhere as long as an older backup exists, then destroy them`,
    );
    return exits.verified;
  } finally {
    await store.close();
  }
}

async function sealSome(frame: Frame): Promise<number> {
  try {
    return (await perform(frame, resealIdentity, theSystem, {})).result.records;
  } catch (error) {
    if (error instanceof Problem && error.problem === 'nothing-to-change') return 0;
    throw error;
  }
}
