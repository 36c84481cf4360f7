import type { DeskAnswer } from '../../src/evaluation/answers.ts';
import { type Html, html, type Piece } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  save: { zh: '保存', en: 'Save' },
  saveNote: {
    zh: '保存后即写入日志；未选择的项可以以后再填。',
    en: 'What is saved is journalled at once; what is left open can be done later.',
  },
  sealing: { zh: '加密保存', en: 'Save encrypted' },
  sealingNote: {
    zh: '在本浏览器内用您自己的密钥加密后保存，平台和他人都读不到；全部填完后到“我的评审表”密封递交。',
    en: 'Encrypted in this browser under your own key before it is kept: neither the platform nor anybody else reads it. When all is done, seal it under “My sheets”.',
  },
  changing: { zh: '签名更正', en: 'Sign the change' },
  changingNote: {
    zh: '评审表已共同开启：更正须写明理由并签名，与密封时的差异会公开给能看到结果的人。',
    en: 'The sheets are open: a change needs a reason and your signature, and how far it moves from what you had sealed stays visible.',
  },
  waiting: {
    zh: '评审表已全部递交，不能再改；共同开启后可以签名更正。',
    en: 'Your sheet is in and can no longer be replaced; once all are open you may change it under your signature.',
  },
  closed: { zh: '结果已计算，评审和评分不能再改。', en: 'The result is computed: reviews and scores stand.' },
} satisfies Texts;

/**
 * How a member's sheet is filled in: saved on the server as it is typed, or, where sheets are sealed, encrypted by its author until all are in
 * (`sealing`), then out of reach (`waiting`), then changed under signature (`changing`); `closed` once the result is computed.
 */
export type SheetWay = 'saved' | 'sealing' | 'waiting' | 'changing' | 'closed';
export function sheetWay({ concludedAt, turn, sheets }: Pick<DeskAnswer, 'concludedAt' | 'turn' | 'sheets'>): SheetWay {
  if (concludedAt || turn?.result) return 'closed';
  if (sheets === null) return 'saved';
  if (sheets.state === 'open') return 'changing';
  return sheets.own?.closed ? 'waiting' : 'sealing';
}

interface SheetForm {
  readonly id: string;
  readonly action: string;
  /** under which name unsaved input is kept in the browser (desk-drafts.ts) */
  readonly keep: string;
  readonly fields: Piece;
  readonly also: readonly { readonly name: string; readonly value: string; readonly label: Words }[];
  readonly save?: Words;
}

/** The form of a sheet, or of one item across the bids, in the way that this lot has it. */
export function sheetForm(view: View, data: DeskAnswer, { id, action, keep, fields, also, save = say.save }: SheetForm): Html {
  const way = sheetWay(data);
  const common = { action, id, icon: 'check', also } as const;
  if (way === 'sealing')
    // nothing can be typed before the draft is there: the script opens it
    return html`<div data-sheet-form>${part.form(view, { ...common, fields: html`<fieldset class="fields" disabled>${fields}</fieldset>`, submit: say.sealing, note: say.sealingNote })}</div>`;
  if (way === 'changing') {
    const signed = html`${fields}${part.signerPart(view, { holder: data.sheets?.holder ?? '' })}<p class="field-wrong" role="alert" data-change-wrong hidden></p>`;
    return html`<div data-change-form>${part.form(view, { action, id, fields: signed, submit: say.changing, icon: 'writing-sign', note: say.changingNote })}</div>`;
  }
  return html`<div data-keep="${keep}">${part.form(view, { ...common, fields, submit: save, note: say.saveNote })}</div>`;
}

/** Why nothing can be entered now; null while something can. */
export function whyClosed(view: View, data: DeskAnswer): Html | null {
  const way = sheetWay(data);
  return way === 'closed' ? part.notice(view, 'plain', say.closed) : way === 'waiting' ? part.notice(view, 'now', say.waiting) : null;
}
