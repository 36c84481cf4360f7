import type { Words } from '../kernel/words.ts';

/** What an organisation keeps of itself, and what each kind asks. Data: the form, the sheet, the pages and the check of a row are all made from it. */
export const entryKinds = ['licence', 'achievement', 'person', 'declaration', 'joint', 'authorisation'] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface EntryField {
  readonly key: string;
  readonly label: Words;
  /** of which kinds; those without it leave it empty */
  readonly of: readonly EntryKind[];
  readonly required: readonly EntryKind[];
  readonly long?: true;
}

const field = (key: string, zh: string, en: string, of: readonly EntryKind[], required: readonly EntryKind[] = of): EntryField => ({
  key,
  label: { zh, en },
  of,
  required,
});

export const entryFields: readonly EntryField[] = [
  field(
    'number',
    '证书、合同或文书编号',
    'Number of the certificate, contract or paper',
    ['licence', 'person', 'achievement', 'authorisation'],
    ['licence', 'person'],
  ),
  field('issuer', '颁发机构或业主', 'Issued by, or the client', ['licence', 'achievement', 'person'], ['licence', 'achievement']),
  field('specialty', '专业', 'Speciality', ['licence', 'person', 'achievement'], []),
  field('grade', '等级', 'Grade', ['licence', 'person'], []),
  field('name', '姓名', 'Name', ['person', 'authorisation']),
  field('post', '岗位或权限', 'Post, or what is authorised', ['person', 'authorisation'], ['authorisation']),
  field('amount', '金额（元）', 'Amount (yuan)', ['achievement'], []),
  field('members', '各成员', 'Members', ['joint']),
  { ...field('text', '正文', 'Text', ['declaration', 'joint', 'achievement'], ['declaration']), long: true },
];

export const kindWords: Readonly<Record<EntryKind, { readonly title: Words; readonly says: Words }>> = {
  licence: {
    title: { zh: '资质许可', en: 'Licence' },
    says: { zh: '资质证书、许可证、体系认证', en: 'licences, permits, certifications' },
  },
  achievement: { title: { zh: '业绩', en: 'Achievement' }, says: { zh: '完成的或在建的项目', en: 'projects done or under way' } },
  person: { title: { zh: '人员', en: 'Person' }, says: { zh: '项目负责人等关键人员及其证书', en: 'key staff with certificates' } },
  declaration: { title: { zh: '声明承诺', en: 'Declaration' }, says: { zh: '信用承诺、声明函', en: 'commitments and statements' } },
  joint: { title: { zh: '联合体协议', en: 'Joint-venture agreement' }, says: { zh: '共同投标协议', en: 'agreement to bid together' } },
  authorisation: { title: { zh: '授权委托书', en: 'Authorisation' }, says: { zh: '法定代表人对经办人的授权', en: 'of a representative' } },
};

/** What an organisation may show to everyone: its people and papers of a single tender stay its own. */
export const publishable: readonly EntryKind[] = ['licence', 'achievement'];

export const fieldsOf = (kind: EntryKind): readonly EntryField[] => entryFields.filter(({ of }) => of.includes(kind));
