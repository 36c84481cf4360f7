import type { Words } from '../kernel/words.ts';
import type { Mark, MarkKind, MarkPlace } from './file-marks.ts';

/** How marks are told: to a bidder with what was found, to a panel by their kind and place alone. */

export const markTitles: Readonly<Record<MarkKind, Words>> = {
  name: { zh: '投标人名称或简称', en: 'the bidder’s name or a short form of it' },
  person: { zh: '人员姓名或注册编号', en: 'a person’s name or registration number' },
  code: { zh: '统一社会信用代码', en: 'a unified social credit code' },
  phone: { zh: '电话号码', en: 'a telephone number' },
  mail: { zh: '电子邮箱', en: 'an e-mail address' },
  domain: { zh: '网址', en: 'a web address' },
  properties: { zh: '文件属性中有内容', en: 'its properties hold something' },
  metadata: { zh: '含有元数据', en: 'it holds metadata' },
  notes: { zh: '有批注、图章或表单', en: 'notes, stamps or form fields' },
  attachments: { zh: '带有附件', en: 'it carries attachments' },
  bookmarks: { zh: '带有书签，请核对其文字', en: 'it has bookmarks: check their words' },
  pictures: { zh: '有图片，招标文件不允许', en: 'pictures, which the documents do not allow' },
  pages: { zh: '页数多于规定', en: 'more pages than allowed' },
  fonts: { zh: '使用了规定以外的字体', en: 'other typefaces than allowed' },
  locked: {
    zh: '文件已加密，不能检查，评标委员会也可能打不开',
    en: 'it is encrypted: it cannot be checked, nor perhaps opened by the panel',
  },
  cut: { zh: '内容过多或嵌套过深，只检查了一部分', en: 'it holds too much or is nested too deep: only a part of it was checked' },
  unread: { zh: '有的字体没有文字对照，文字不能读出', en: 'typefaces that do not say which characters they show: their text is not read' },
  unknown: { zh: '不是能检查的文件类型，未检查', en: 'no kind of file that is checked' },
  large: { zh: '文件过大，未检查', en: 'too large, not checked' },
};

/** What was found, for its own bidder. */
export function markWords({ kind, found }: Mark): Words {
  const title = markTitles[kind];
  return found === '' ? { zh: `${title.zh}。`, en: `${title.en}.` } : { zh: `${title.zh}（${found}）。`, en: `${title.en} (${found}).` };
}

export function markPlace(place: MarkPlace): Words {
  if (place === 'name') return { zh: '文件名', en: 'in its name' };
  return place === 'file' ? { zh: '页面以外', en: 'outside its pages' } : { zh: `第 ${place} 页`, en: `page ${place}` };
}
