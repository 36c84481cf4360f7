import { exits, print, verifyUsage } from './terminal.ts';
import { verifyCommand } from './verify.ts';

/** The verifier as a program of its own, in one file: `node yangguang-verify.mjs FILE --key VKEY`. */
const program = 'node yangguang-verify.mjs';
const args = process.argv.slice(2);

async function run(): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    print(`${program} ${verifyUsage}`);
    print(
      '离线核验证据包、回执、开标记录、抽取记录、评标数据 · rechecks evidence bundles, receipts, openings, draws and evaluations, offline',
    );
    print('退出码 · exit codes: 0 已核验 verified · 1 不成立 refuted · 2 无法读取 unreadable');
    return exits.verified;
  }
  try {
    return await verifyCommand(args, program);
  } catch (error) {
    // Node would answer 1, which here means that a lie was found.
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exits.unreadable;
  }
}

void run().then((code) => {
  process.exitCode = code;
});
