import type { Words } from '../kernel/words.ts';

/** A seat's mask in both languages; it is stored as the Chinese papers print it. */
export const maskWords = (mask: string): Words => ({
  zh: mask,
  en: mask.replace('专家', 'Expert ').replace('招标人代表', 'Representative of the tenderee ').trim(),
});

/** Why a bid is out, in the words of the notice's review items. */
export function outWords(reason: string, items: readonly { readonly id: string; readonly title: Words }[]): Words {
  if (reason === 'above-ceiling') return { zh: '报价高于最高投标限价', en: 'The price is above the ceiling' };
  if (reason === 'same-brand') return { zh: '同品牌中报价不是最低', en: 'Another bid of the same brand is cheaper' };
  const id = reason.slice('review:'.length);
  const title = items.find((item) => item.id === id)?.title ?? { zh: id, en: id };
  return { zh: `评审不合格：${title.zh}`, en: `Failed the review: ${title.en}` };
}

/** Why a bid does not go on to the next envelope. */
export function failedWords(reason: string, items: readonly { readonly id: string; readonly title: Words }[]): Words {
  if (!reason.startsWith('invalid:')) return outWords(reason, items);
  return { zh: '本信封无效', en: 'The envelope was invalid' };
}
