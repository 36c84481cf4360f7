import type { Words } from '../kernel/words.ts';

/** What binds an expert to an organisation (XP-6; grounds XR-1, XR-3): as it declares itself. */
export const relationKinds = ['interest', 'directorship', 'shareholding', 'relative'] as const;
export type RelationKind = (typeof relationKinds)[number];

export const relationNames: Readonly<Record<RelationKind, Words>> = {
  interest: { zh: '其他经济利益', en: 'another economic interest' },
  directorship: { zh: '担任董事、监事', en: 'director or supervisor' },
  shareholding: { zh: '持有股份', en: 'shareholder' },
  relative: { zh: '近亲属任职或负责', en: 'a close relative works there or heads it' },
};

/** The codes that exclusion looks at, from the relations that stand. */
export function relationCodes(relations: readonly { readonly kind: RelationKind; readonly code: string }[]): {
  readonly interests: string[];
  readonly relatives: string[];
} {
  const codes = (wanted: (kind: RelationKind) => boolean): string[] => [
    ...new Set(relations.filter(({ kind }) => wanted(kind)).map(({ code }) => code)),
  ];
  return { interests: codes((kind) => kind !== 'relative'), relatives: codes((kind) => kind === 'relative') };
}
