import { type Instant, later } from '../kernel/clock.ts';
import type { Language, Words } from '../kernel/words.ts';
import { wordsOf } from './refusal-words.ts';
import type { Standing } from './status.ts';

const say = {
  title: { zh: '托管程序', en: 'Custodian' },
  trustee: { zh: '托管人', en: 'Trustee' },
  council: { zh: '开标委员会', en: 'Opening council' },
  platform: { zh: '平台', en: 'Platform' },
  contact: { zh: '最近一次联系', en: 'Last contact' },
  trouble: { zh: '当前故障', en: 'Trouble now' },
  newest: { zh: '已核对并联署的日志', en: 'Journal checked and cosigned' },
  leaves: { zh: '条', en: 'entries' },
  answered: { zh: '已给出份额', en: 'Shares given' },
  refused: { zh: '已拒绝', en: 'Refused' },
  orders: { zh: '执行中的暂停令', en: 'Orders in force' },
  holds: { zh: '本机构停用的标段', en: 'Lots held by this institution' },
  clock: { zh: '本机时钟', en: 'Own clock' },
  others: { zh: '其他见证方时钟（最近一次核查）', en: 'Other witnesses’ clocks, at the last evaluation' },
  log: { zh: '核查日志', en: 'Log of evaluations' },
  version: { zh: '版本', en: 'Version' },
  since: { zh: '启动于', en: 'Running since' },
  memory: { zh: '记忆', en: 'Memory' },
  recent: { zh: '最近', en: 'Latest' },
  none: { zh: '无', en: 'none' },
  nothingYet: { zh: '尚未核查任何任务。', en: 'No task has been evaluated yet.' },
} as const satisfies Readonly<Record<string, Words>>;

const findings: Readonly<Record<string, Words>> = {
  'first-start': { zh: '首次启动', en: 'first start' },
  'state-recalled': { zh: '状态文件缺失，已由核查日志恢复', en: 'the state file was missing; recalled from the log' },
  'state-older-than-log': { zh: '状态文件比核查日志旧，已由日志补全', en: 'the state file was older than the log; completed from it' },
  'log-shorter-than-state': {
    zh: '核查日志比状态文件短：有记录丢失',
    en: 'the log is shorter than the state file says: entries were lost',
  },
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

/** A moment as the clock on the wall of the institution shows it. */
const told = (at: Instant): string =>
  `${later(at, 8 * 3_600_000)
    .slice(0, 19)
    .replace('T', ' ')} (UTC+8)`;

/** One plain page in the reader's language; needs neither script nor network. */
export function statusPage(standing: Standing, lang: Language): string {
  const t = (words: Words): string => escaped(words[lang]);
  const { newest, clock, log } = standing;
  const refused = [...standing.refused].map(([reason, count]) => `${wordsOf(reason)[lang]} (${reason}) ${count}`).join(', ');
  const finding = standing.finding === null ? null : findings[standing.finding];
  const rows: readonly (readonly [Words, string])[] = [
    [say.trustee, `${standing.trustee.index} · ${standing.trustee.name}`],
    [say.council, standing.council],
    [say.platform, standing.platform],
    [say.contact, standing.lastContact ? told(standing.lastContact) : say.none[lang]],
    [say.trouble, standing.trouble ?? say.none[lang]],
    [say.newest, newest ? `${newest.size} ${say.leaves[lang]} · ${newest.root} · ${told(newest.at)}` : say.none[lang]],
    [say.answered, String(standing.answered)],
    [say.refused, refused || '0'],
    [say.orders, String(standing.orders)],
    [say.holds, String(standing.holds)],
    [say.clock, clock ? told(clock.own) : say.none[lang]],
    [say.others, clock?.others ? told(clock.others) : say.none[lang]],
    [say.log, `${log.entries} · ${log.head}`],
    [say.memory, finding ? finding[lang] : say.none[lang]],
    [say.version, standing.version],
    [say.since, told(standing.startedAt)],
  ];
  const facts = rows.map(([label, value]) => `<tr><th>${t(label)}</th><td>${escaped(value)}</td></tr>`).join('\n');
  const recent = standing.recent
    .map(
      ({ at, what, about, detail }) =>
        `<tr><td>${told(at)}</td><td>${escaped(what)}</td><td>${escaped(about)}</td><td>${escaped(detail)}</td></tr>`,
    )
    .join('\n');
  const other = lang === 'zh' ? '<a href="/?lang=en">English</a>' : '<a href="/">中文</a>';
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${t(say.title)} ${standing.trustee.index}</title>
<link rel="stylesheet" href="/fonts/400.css">
<style>body{font:15px/1.6 "Noto Sans SC",system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#17212e;background:#faf8f3}a{color:#1c4e80}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #e4dfd3;overflow-wrap:anywhere}th{font-weight:600;width:16rem}
@media(max-width:40rem){th,td{display:block;width:auto;border:0;padding:.1rem 0}tr{display:block;border-bottom:1px solid #e4dfd3;padding:.3rem 0}}</style></head>
<body><p style="float:right">${other} · <a href="/metrics">metrics</a></p><h1>${t(say.title)} · ${escaped(standing.trustee.name)}</h1>
<table>${facts}</table>
<h2>${t(say.recent)}</h2>
${recent === '' ? `<p>${t(say.nothingYet)}</p>` : `<table>${recent}</table>`}
</body></html>
`;
}
