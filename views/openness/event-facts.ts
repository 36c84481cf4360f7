import { each, type Html, html } from '../html.ts';
import { type Fact, figure, hash, time } from '../parts/index.ts';
import type { Instant, View, Words } from '../view.ts';

/** What the members of an event's data are called by people. A member without a name here shows its own. */
const members: Readonly<Record<string, Words>> = {
  number: { zh: '编号', en: 'Number' },
  name: { zh: '名称', en: 'Name' },
  line: { zh: '交易门类', en: 'Line of trade' },
  edition: { zh: '规则版本', en: 'Edition of the rules' },
  region: { zh: '行政区划', en: 'Region' },
  tenderee: { zh: '招标人代码', en: 'Tenderee’s code' },
  agent: { zh: '代理机构代码', en: 'Agent’s code' },
  code: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  bidder: { zh: '投标人代码', en: 'Bidder’s code' },
  winner: { zh: '中标人', en: 'Winner' },
  price: { zh: '金额（元）', en: 'Amount (yuan)' },
  ceiling: { zh: '最高限价（元）', en: 'Ceiling (yuan)' },
  security: { zh: '投标保证金（元）', en: 'Bid security (yuan)' },
  estimate: { zh: '估算价（元）', en: 'Estimate (yuan)' },
  deadline: { zh: '投标截止', en: 'Deadline' },
  previousDeadline: { zh: '原投标截止', en: 'Deadline before' },
  documentsFrom: { zh: '文件获取开始', en: 'Documents from' },
  documentsUntil: { zh: '文件获取截止', en: 'Documents until' },
  from: { zh: '起', en: 'From' },
  until: { zh: '止', en: 'Until' },
  contractUntil: { zh: '合同订立期限', en: 'Contract by' },
  treeSize: { zh: '截标时日志条数', en: 'Journal entries at the closing' },
  root: { zh: '日志根', en: 'Root of the journal' },
  order: { zh: '顺序', en: 'Order' },
  rank: { zh: '名次', en: 'Rank' },
  reason: { zh: '理由', en: 'Reason' },
  ground: { zh: '理由', en: 'Ground' },
  matter: { zh: '查阅事项', en: 'Matter' },
  text: { zh: '正文', en: 'Text' },
  answer: { zh: '答复', en: 'Answer' },
  sha256: { zh: '内容摘要 SHA-256', en: 'SHA-256 of the content' },
  packageSha256: { zh: '投标文件包摘要', en: 'SHA-256 of the bid package' },
  dataHash: { zh: '数据摘要', en: 'Hash of the data' },
  digest: { zh: '申请摘要', en: 'Digest of the request' },
  signature: { zh: '签名', en: 'Signature' },
  signer: { zh: '签名证书序列号', en: 'Serial of the certificate' },
  serial: { zh: '证书序列号', en: 'Serial' },
  fingerprint: { zh: '证书指纹', en: 'Fingerprint' },
  holder: { zh: '持有人', en: 'Holder' },
  notBefore: { zh: '生效', en: 'Valid from' },
  notAfter: { zh: '失效', en: 'Valid until' },
  outcome: { zh: '结果', en: 'Outcome' },
  counted: { zh: '有效投标数', en: 'Bids counted' },
  items: { zh: '份数', en: 'Items' },
  part: { zh: '部分', en: 'Part' },
  trustee: { zh: '托管人序号', en: 'Trustee' },
  kind: { zh: '种类', en: 'Kind' },
  bytes: { zh: '字节', en: 'Bytes' },
  rate: { zh: '时钟速度', en: 'Rate of the clock' },
  virtualAt: { zh: '演示时间', en: 'Sandbox time' },
  realAt: { zh: '实际时间', en: 'Real time' },
  act: { zh: '操作', en: 'Act' },
  problem: { zh: '拒绝代号', en: 'Problem' },
  rule: { zh: '规则', en: 'Rule' },
  origin: { zh: '节点名称', en: 'Name of the node' },
  sandbox: { zh: '演示环境', en: 'Sandbox' },
  purpose: { zh: '用途', en: 'Purpose' },
  readingOrder: { zh: '唱标顺序', en: 'Order of reading' },
  round: { zh: '轮次', en: 'Round' },
  opened: { zh: '开启', en: 'Opened' },
  flawed: { zh: '无效', en: 'Void' },
  all: { zh: '全部开启', en: 'All open' },
};

const amounts = new Set(['price', 'ceiling', 'security', 'estimate']);

/** The single facts of an event's data; what has more inside is left to `whole`. */
export function eventFacts(view: View, data: unknown): readonly Fact[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([member, value]): Fact[] => {
    if (value === null || typeof value === 'object' || value === '') return [];
    return [{ label: members[member] ?? member, value: shown(view, member, value as string | number | boolean) }];
  });
}

function shown(view: View, member: string, value: string | number | boolean): Html {
  if (typeof value === 'boolean') return html`${view.t(value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })}`;
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return time(view, text as Instant, 'full');
  if (amounts.has(member) && /^\d+\.\d{2}$/.test(text)) return html`${figure(text)}`;
  if (/^[A-Za-z0-9_+/=-]{40,}$/.test(text)) return hash(view, text);
  return html`${text}`;
}

/** The event exactly as it was hashed, folded away. */
export function eventWhole(view: View, event: unknown): Html {
  const lines = JSON.stringify(event, null, 2).split('\n');
  return html`<details class="whole"><summary>${view.t({ zh: '逐字内容（JSON）', en: 'The exact content (JSON)' })}</summary><pre><code>${each(lines, (line) => html`${line}\n`)}</code></pre></details>`;
}
