import { readFileSync } from 'node:fs';
import { checkLog, readLog } from './evaluations.ts';
import { custodianFiles } from './files.ts';
import { checkHeeds, ordersAnswer } from './heeds.ts';
import { readState } from './state.ts';
import { trustShape } from './trust.ts';

/** Reads a log through and says whether it is whole, and whether the state file knows more of it; 0 or 1, or 2 when nothing was named. */
export async function checkLogFile(given: {
  readonly folder?: string | undefined;
  readonly log?: string | undefined;
  readonly state?: string | undefined;
}): Promise<0 | 1 | 2> {
  const files = given.folder === undefined ? null : custodianFiles(given.folder);
  const log = given.log ?? files?.log;
  if (log === undefined) return 2;
  const check = checkLog(await readLog(log));
  if (!check.ok) {
    console.log(
      `✗ 第 ${check.line} 行与前一行不相接（${check.why}） · line ${check.line} does not follow from the one before (${check.why})`,
    );
    return 1;
  }
  const { entries, head } = check.head;
  const stateFile = given.state ?? files?.state;
  const state = stateFile === undefined ? null : await readState(stateFile);
  if (state && state.log.entries > entries) {
    const known = state.log.entries;
    console.log(`✗ 日志只有 ${entries} 条，状态文件记得 ${known} 条 · the log has ${entries} entries, the state file knows of ${known}`);
    return 1;
  }
  console.log(`✓ ${entries} 条，首尾相接，末条 ${head} · ${entries} entries, an unbroken chain; the newest is ${head}`);
  return 0;
}

/** Asks the platform who keeps to the orders of a lot, and believes the signatures only: 0 when every order in force binds, else 1. */
export async function checkOrders(given: { readonly platform: string; readonly lot: string; readonly trust: string }): Promise<0 | 1> {
  const trust = trustShape.parse(JSON.parse(readFileSync(given.trust, 'utf8')));
  const answer = await fetch(`${given.platform.replace(/\/$/, '')}/api/lots/${encodeURIComponent(given.lot)}/orders`, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`${given.platform}: ${answer.status}`);
  const standing = ordersAnswer.parse(await answer.json()).orders.filter((order) => order.liftedAt === null);
  if (standing.length === 0) {
    console.log('✗ 平台没有给出在执行的暂停令 · the platform tells of no order in force');
    return 1;
  }
  const checks = standing.map((order) => ({ order, check: checkHeeds(order, trust) }));
  for (const { order, check } of checks) {
    const all = trust.council.trustees.length;
    const [zh, en] = check.binds
      ? ['已有约束力', 'it binds']
      : [`还不够，至少需要 ${check.enough} 位`, `not enough, ${check.enough} are needed`];
    console.log(`${check.binds ? '✓' : '✗'} ${order.order} ${order.reason}`);
    console.log(
      `  ${check.heeded.length}/${all} 位托管人已签名遵守，${zh} · ${check.heeded.length} of ${all} custodians have signed that they keep to it; ${en}`,
    );
    for (const name of check.heeded) console.log(`  ${name}`);
  }
  return checks.every(({ check }) => check.binds) ? 0 : 1;
}
