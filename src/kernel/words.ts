/** A text in both languages of the platform; Chinese is the first and the legally effective one. */
export type Words = { readonly zh: string; readonly en: string };

/** The languages pages and papers can be shown in. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** Fills `{name}` places of both languages with the given values. */
export function fill(words: Words, values: Readonly<Record<string, string | number>>): Words {
  const put = (text: string): string => text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  return { zh: put(words.zh), en: put(words.en) };
}
