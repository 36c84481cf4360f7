import { parseArgs } from 'node:util';
import { runMember } from '../processes.ts';
import { useNative } from '../sealing/native-node.ts';
import { startCustodian } from './custodian.ts';
import { custodianFiles, readCustodian } from './files.ts';

/**
 * `yangguang custodian --folder FOLDER --platform URL`: runs one trustee's custodian until it is told to end. The folder holds the sealed key,
 * its passphrase file, the witness key, whom it trusts, its state and its log.
 */
export async function custodianCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { folder: { type: 'string' }, platform: { type: 'string' }, poll: { type: 'string' } },
  });
  if (!values.folder || !values.platform) {
    console.error('yangguang custodian --folder FOLDER --platform URL');
    return 2;
  }
  const { folder, platform } = values;
  await runMember(async () => {
    await useNative();
    const { share, witness, trust } = await readCustodian(folder);
    const files = custodianFiles(folder);
    return startCustodian({
      platform: platform.replace(/\/$/, ''),
      trust,
      share,
      witness,
      stateFile: files.state,
      logFile: files.log,
      pollMilliseconds: Number(values.poll ?? 500),
      log: (line) => console.log(line),
    });
  });
  return 0;
}
