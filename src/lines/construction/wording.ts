import type { LineWording } from '../../tenders/line.ts';

/** What papers say of objections, complaints and the award, by the law of tendering. */
export const wording: LineWording = {
  vocabulary: null,
  documentsObjection: {
    zh: '潜在投标人或者其他利害关系人对招标文件有异议的，应当在投标截止时间 {ahead} 日前通过本平台提出，招标人自收到异议之日起 {answer} 日内答复，答复前暂停招标投标活动。',
    en: 'Objections to the tender documents are raised on this platform at least {ahead} days before the deadline and answered within {answer} days, until when the tender stands still. ',
  },
  resultObjection: {
    zh: '投标人或者其他利害关系人对评标结果有异议的，应当在公示期间通过本平台提出，招标人自收到异议之日起 {answer} 日内答复，答复前暂停招标投标活动。',
    en: 'Objections to the result are raised on this platform during the publicity and answered within {answer} days, until when the tender stands still. ',
  },
  complaint: {
    zh: '认为招标投标活动不符合法律、行政法规规定的，可自知道或者应当知道之日起 {days} 日内向行政监督部门投诉（招标投标法实施条例第六十条）。',
    en: 'Complaints go to the supervisor within {days} days of knowing (Implementing Regulation, Art. 60).',
  },
  award: { zh: '经评标委员会依法评审、中标候选人公示', en: 'After evaluation by the panel and publication of the candidates' },
  awardGround: { zh: '招标投标法实施条例第五十五条', en: 'Implementing Regulation, Art. 55' },
  sameTerms: { zh: '招标投标法实施条例第五十七条', en: 'Implementing Regulation, Art. 57' },
};
