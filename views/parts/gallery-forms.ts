import { type Html, html } from '../html.ts';
import type { Instant, View } from '../view.ts';
import * as part from './index.ts';

/** A moment some hours from the page's now. */
export const at = (view: View, hours: number): Instant =>
  new Date(new Date(view.now).getTime() + hours * 3_600_000).toISOString() as Instant;

/** A form with every kind of field; `key` keeps the names of two forms on one page apart. */
export function sampleForm(view: View, key: string): Html {
  return part.form(view, {
    id: `form-${key}`,
    action: '/parts',
    submit: { zh: '保存并继续', en: 'Save and go on' },
    also: [{ name: 'draft', value: 'true', label: { zh: '存为草稿', en: 'Save as a draft' } }],
    cancel: { href: '#main', label: { zh: '返回列表', en: 'Back to the list' } },
    note: { zh: '保存后可随时继续填写。', en: 'You can go on at any time after saving.' },
    fields: html`${[
      part.field(view, {
        kind: 'text',
        name: key === 'plain' ? 'plain.name' : 'name',
        label: { zh: '项目名称', en: 'Project name' },
        required: true,
        value: '',
        hint: { zh: '与批复文件一致。', en: 'As in the approval.' },
      }),
      part.field(view, {
        kind: 'select',
        name: `${key}.region`,
        label: { zh: '行政区划', en: 'Region' },
        half: true,
        value: '420506',
        choices: [
          { value: '420506', label: '夷陵区' },
          { value: '420502', label: '西陵区' },
        ],
      }),
      part.field(view, {
        kind: 'checks',
        name: `${key}.trades`,
        label: { zh: '专业', en: 'Specialties' },
        half: true,
        value: ['A08'],
        choices: [
          { value: 'A04', label: { zh: '设计', en: 'Design' } },
          { value: 'A08', label: { zh: '工程施工', en: 'Construction works' } },
        ],
      }),
      part.field(view, {
        kind: 'number',
        name: `${key}.days`,
        label: { zh: '工期', en: 'Period' },
        half: true,
        min: 1,
        value: 240,
        unit: { zh: '天', en: 'days' },
      }),
      part.field(view, {
        kind: 'money',
        name: key === 'plain' ? 'plain.deposit' : 'deposit',
        label: { zh: '投标保证金', en: 'Bid deposit' },
        half: true,
        value: '396000.00',
        ground: {
          says: { zh: '不超过估算价的 2%。', en: 'At most 2 % of the estimate.' },
          rule: 'R-3.9',
          source: { zh: '实施条例第二十六条', en: 'Regulations, art. 26' },
        },
      }),
      part.field(view, {
        kind: 'datetime',
        name: key === 'plain' ? 'plain.deadline' : 'deadline',
        label: { zh: '投标截止时间', en: 'Deadline' },
        half: true,
        required: true,
        value: part.beijingInput(at(view, 480)),
        ground: {
          says: { zh: '自招标文件发出之日起不少于 20 日。', en: 'At least 20 days after the documents are issued.' },
          rule: 'R-3.2',
          source: { zh: '招标投标法第二十四条', en: 'Bidding Law, art. 24' },
        },
      }),
      part.field(view, {
        kind: 'radio',
        name: `${key}.method`,
        label: { zh: '评标办法', en: 'Evaluation method' },
        value: 'comprehensive',
        choices: [
          {
            value: 'comprehensive',
            label: { zh: '综合评估法', en: 'Comprehensive scoring' },
            hint: { zh: '技术、商务与报价分别计分。', en: 'Technical, commercial and price scores.' },
          },
          { value: 'lowest', label: { zh: '经评审的最低投标价法', en: 'Lowest evaluated price' } },
        ],
      }),
      part.field(view, { kind: 'textarea', name: `${key}.scope`, label: { zh: '招标范围', en: 'Scope' }, rows: 3 }),
      part.field(view, {
        kind: 'file',
        name: `${key}.documents`,
        label: { zh: '招标文件', en: 'Tender documents' },
        accept: '.pdf',
        hint: { zh: 'PDF，单个不超过 200 MB。', en: 'PDF, each at most 200 MB.' },
      }),
      part.field(view, {
        kind: 'checkbox',
        name: `${key}.open`,
        label: { zh: '公开', en: 'Open' },
        says: { zh: '对所有潜在投标人公开', en: 'Open to all bidders' },
        value: true,
      }),
    ]}`,
  });
}

/** Acts that cannot be undone, folded. */
export function confirmations(view: View): Html {
  const withdraw = {
    action: '/parts',
    submit: { zh: '撤回投标', en: 'Withdraw the bid' },
    tone: 'danger' as const,
    icon: 'trash' as const,
    confirm: {
      title: { zh: '撤回本次投标', en: 'Withdraw this bid' },
      says: {
        zh: '撤回后本次投标不再参加开标；截止前可以重新递交。撤回记入日志，不能抹去。',
        en: 'It will not be opened. You may submit again until the deadline. The withdrawal stays in the journal.',
      },
      ground: { rule: 'R-4.6', source: { zh: '招标投标法第二十九条', en: 'Bidding Law, art. 29' } },
    },
    quiet: true,
  };
  return html`<div class="stack">${part.form(view, { ...withdraw, id: 'withdraw' })}${part.form(view, {
    action: '/parts',
    id: 'publish',
    submit: { zh: '发布公告', en: 'Publish the notice' },
    quiet: true,
    confirm: {
      title: { zh: '发布招标公告', en: 'Publish the notice' },
      says: { zh: '发布后内容不能更改，只能以补遗更正。', en: 'It cannot be changed after that, only corrected by an addendum.' },
    },
  })}</div>`;
}
