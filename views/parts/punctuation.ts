import type { View } from '../view.ts';

/** What follows a label that stands in the same line as its value. */
export const colon = (view: View): string => view.t({ zh: '：', en: ': ' });

/** A remark in brackets behind a name. */
export const bracketed = (view: View, remark: string | number): string => view.t({ zh: '（{remark}）', en: ' ({remark})' }, { remark });
