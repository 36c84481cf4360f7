import { type Html, html } from '../html.ts';
import type { View } from '../view.ts';
import { at } from './gallery-forms.ts';
import * as part from './index.ts';

const digest = '7Q2fK1m0sXvB5yT8wLrZ4cNdHgJeAoPiUuVtRbQxMk0';

interface Row {
  readonly name: string;
  readonly yuan: string | null;
  readonly days: number | null;
  readonly state: part.SealState;
}

const rows: readonly Row[] = [
  { name: '宜昌楚江建工有限公司', yuan: '18905000.00', days: 260, state: 'opened' },
  { name: '当阳长坂市政建设有限公司', yuan: null, days: null, state: 'invalid' },
  { name: '湖北清岚水利建设有限公司', yuan: '18462700.00', days: 240, state: 'opened' },
  { name: '枝江百里洲建筑有限公司', yuan: null, days: null, state: 'withdrawn' },
];

export function tables(view: View): Html {
  const columns: readonly part.Column<Row>[] = [
    { label: { zh: '序', en: 'No.' }, cell: (_row, index) => index + 1, phone: 'hide' },
    { label: { zh: '投标人', en: 'Bidder' }, cell: (row) => row.name, phone: 'head' },
    { label: { zh: '密封与签名', en: 'Seal and signature' }, cell: (row) => part.seal(view, row.state) },
    {
      label: { zh: '报价（元）', en: 'Price (yuan)' },
      cell: (row) => (row.yuan === null ? '—' : part.figure(row.yuan)),
      numeric: true,
      phone: 'figure',
    },
    { label: { zh: '工期（天）', en: 'Period (days)' }, cell: (row) => row.days ?? '—', numeric: true },
  ];
  const caption = { zh: '唱标一览', en: 'Prices read' };
  return html`<div class="stack">${part.card(view, {
    flush: true,
    body: part.table(view, {
      caption,
      columns,
      rows,
      tone: (row) => (row.yuan === '18462700.00' ? 'now' : row.state === 'withdrawn' ? 'faded' : null),
      foot: part.pagination(view, { page: 1, pages: 3, total: 9, href: (page) => `?page=${page}` }),
    }),
  })}${part.card(view, {
    flush: true,
    body: part.table(view, {
      caption: { zh: '没有行的表格', en: 'A table without rows' },
      columns,
      rows: [],
      empty: part.empty(view, {
        title: { zh: '还没有唱读任何报价', en: 'No price has been read yet' },
        says: { zh: '委员会解密后开始。', en: 'Reading starts when the council has opened.' },
      }),
    }),
  })}</div>`;
}

export function timelines(view: View): Html {
  const entries: readonly part.TimelineEntry[] = [
    { index: null, at: view.now, says: { zh: '唱读第 4 家报价', en: 'Price no. 4 was read' }, proof: '#main' },
    {
      index: 48251,
      at: at(view, -0.5),
      kind: 'look',
      actor: '交易中心 王磊',
      says: { zh: '打开投标文件目录，理由“设备故障排查”', en: 'opened the list of bids: "looking for a fault"' },
      proof: '#main',
      beside: part.pill(view, 'now', { zh: '已通知投标人', en: 'Bidders told' }),
    },
    {
      index: 48240,
      at: at(view, -1.4),
      kind: 'refused',
      actor: '宜都市南津路桥',
      says: { zh: '截止后递交', en: 'a submission after the deadline' },
      proof: '#main',
    },
    {
      index: 48226,
      at: at(view, -26),
      kind: 'draw',
      says: { zh: '抽取下浮率：4%（候选 3%–7%）', en: 'Discount drawn: 4 % (from 3 % to 7 %)' },
      proof: '#main',
    },
    {
      index: 48211,
      at: at(view, -27),
      says: { zh: '截标，快照由 2 家监督节点联署', en: 'Bidding closed; 2 witnesses co-signed' },
      proof: '#main',
    },
    {
      index: 47002,
      at: at(view, -140),
      kind: 'order',
      actor: '夷陵区综合监管局',
      says: { zh: '暂停招标活动 2 日', en: 'suspended the tender for 2 days' },
      proof: '#main',
    },
  ];
  return part.grid(
    part.card(view, {
      title: { zh: '现场记录', en: 'The record' },
      body: part.timeline(view, { label: { zh: '现场记录', en: 'The record' }, entries: entries.slice(0, 3) }),
    }),
    part.card(view, {
      title: { zh: '全过程', en: 'The whole process' },
      body: part.timeline(view, { label: { zh: '全过程', en: 'The whole process' }, entries, show: 'dates' }),
    }),
  );
}

export function files(view: View): Html {
  return part.card(view, {
    body: part.fileList(view, [
      {
        name: '招标文件.pdf',
        bytes: 2_482_176,
        sha256: digest,
        href: '#main',
        at: at(view, -200),
        version: { zh: '第 2 版', en: 'version 2' },
        mark: { verdict: 'verified', says: { zh: '与公告所载摘要一致', en: 'Agrees with the notice' } },
      },
      { name: '工程量清单.xlsx', bytes: 88_064, sha256: digest, href: '#main', mark: { verdict: 'unchecked' } },
      {
        name: 'bid-2026-0142.asice',
        bytes: 209_715_200,
        sha256: digest,
        mark: { verdict: 'refuted', says: { zh: '摘要不符，请勿使用', en: 'The digest differs: do not use it' } },
      },
    ]),
  });
}

export function progresses(view: View): Html {
  return part.grid(
    part.card(view, {
      body: html`<div class="stack">${part.progress(view, { label: { zh: '上传', en: 'Upload' }, value: 96_468_992, max: 209_715_200, unit: 'bytes', note: { zh: '断线后自动续传。', en: 'Goes on by itself after a lost connection.' } })}${part.progress(view, { label: { zh: '解密', en: 'Opening' }, value: 2, max: 9, unit: 'steps' })}${part.progress(view, { label: { zh: '打包', en: 'Packing' }, value: null, max: 1 })}${part.progress(view, { label: { zh: '上传已停止', en: 'Upload stopped' }, value: 40, max: 100, state: 'stopped' })}</div>`,
    }),
    part.card(view, {
      body: part.steps(
        view,
        [
          { label: { zh: '打包', en: 'Pack' }, state: 'done', says: '12.4 MB' },
          { label: { zh: '签名', en: 'Sign' }, state: 'done' },
          {
            label: { zh: '密封', en: 'Seal' },
            state: 'now',
            says: { zh: '在您的电脑上进行，密钥不离开本机', en: 'On your own computer; the key never leaves it' },
          },
          { label: { zh: '上传', en: 'Upload' }, state: 'next' },
          {
            label: { zh: '核验回执', en: 'Verify the receipt' },
            state: 'failed',
            says: { zh: '回执签名不符，请勿关闭页面', en: 'The receipt does not verify; keep this page open' },
          },
        ],
        { zh: '递交步骤', en: 'Steps of submission' },
      ),
    }),
  );
}
