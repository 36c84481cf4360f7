import { fill } from '../kernel/words.ts';
import { regionName } from '../parties/region.ts';
import { valueInWords } from '../rulebook/parameter.ts';
import { parameterInForce } from '../rulebook/parameters.ts';
import { isCut, partTitle } from '../tenders/envelopes.ts';
import type { LotTerms } from '../tenders/lot.ts';
import type { Addendum } from './addendum.ts';
import { commonOf, contactsOf, councilOf, lawOf, noticeOf, objectionWords, sourceOf, termsOf } from './compose-facts.ts';
import type { History } from './history.ts';
import { methodWords } from './method-words.ts';
import type { Names } from './names.ts';
import type { TenderNotice } from './tender-notice.ts';

type Held = { document: string; name: string; version: number; sha256: string; bytes: number };
const held = ({ name, version, sha256, bytes }: Held) => ({ name, version, sha256, bytes });

/** 招标公告: everything it says is in the event that published it, and in the project's registration. */
export function composeTenderNotice(history: History, names: Names): TenderNotice {
  const { data, subject } = history.must('notice.published');
  const project = history.must('project.registered').data;
  const terms = termsOf(history);
  const council = councilOf(history);
  const region = regionName(data.region);
  return {
    ...commonOf(history, names, 'tender-notice'),
    approval: { number: project.approvalNumber, by: project.approvedBy, funds: project.funds },
    place: terms.place,
    region: { zh: `${region.zh}（${data.region}）`, en: `${region.en} (${data.region})` },
    scale: terms.description,
    scope: terms.scope,
    periodDays: terms.periodDays,
    quality: terms.quality,
    ceiling: data.ceiling,
    estimate: terms.estimate,
    qualifications: terms.qualification,
    consortium: terms.joint
      ? fill(
          {
            zh: '接受不超过 {max} 家的联合体投标，联合体各方须签订共同投标协议，全体成员签名。',
            en: 'of at most {max} members are accepted with a written agreement, signed by all of them.',
          },
          terms.joint,
        )
      : terms.consortium
        ? { zh: '接受联合体投标，联合体各方须签订共同投标协议。', en: 'are accepted with a written agreement of their members.' }
        : { zh: '不接受联合体投标。', en: 'are not accepted.' },
    documentsFrom: data.documentsFrom,
    documentsUntil: data.documentsUntil,
    documentsAt: `${names.address}/lots/${subject.lot}`,
    documents: data.documents.map(held),
    deadline: data.deadline,
    openingAt: `${names.address}/lots/${subject.lot}/hall`,
    sealing: data.sealPolicy === 'council' ? 'council' : 'bidder+council',
    ...(data.remedy === undefined ? {} : { remedy: { minutes: data.remedy.minutes, documents: data.remedy.basis === 'documents' } }),
    ...(isCut(terms.parts) ? { envelopes: terms.parts.map(partTitle) } : {}),
    ...(data.readingOrder === undefined ? {} : { readingOrder: data.readingOrder }),
    ...(data.sheets === undefined ? {} : { sheets: data.sheets }),
    trustees: council.trustees.map((each) => each.name),
    threshold: council.threshold,
    ...(data.grace === undefined ? {} : { grace: data.grace }),
    ...(data.outage === undefined ? {} : { outage: data.outage }),
    security: securityOf(terms, data.security),
    validityDays: terms.bidValidityDays,
    method: methodWords(terms),
    drawn: data.parameters,
    media: [{ zh: `${names.platform.zh}（${names.address}）`, en: `${names.platform.en} (${names.address})` }],
    objections: objectionWords(history, names, 'documents'),
    contacts: contactsOf(history),
  };
}

function securityOf(terms: LotTerms, amount: string | null): TenderNotice['security'] {
  if (amount === null) return null;
  const field = terms.bidForm.find((each) => each.key === 'security');
  return {
    amount,
    forms: field?.rule?.says ?? { zh: '转账或者保函，同等效力', en: 'transfer or guarantee, which count the same' },
    note: {
      zh: '投标保证金有效期与投标有效期一致；合同签订后依法退还，并付银行同期存款利息。',
      en: 'Valid as long as the bid; returned after the contract is signed, with deposit interest.',
    },
  };
}

/** 补遗公告: the addendum, the questions answered since the one before it, and what becomes of the deadline. */
export function composeAddendum(history: History, names: Names): Addendum {
  const { data } = sourceOf<'addendum.published'>(history);
  const before = history.all('notice.published', 'addendum.published').at(-2)?.index ?? 0;
  const answered = history.all('question.answered').filter(({ index }) => index > before);
  const { agent, supervisor } = contactsOf(history);
  const clearance = parameterInForce(names.edition.parameters.addendumAhead, lawOf(history));
  return {
    ...commonOf(history, names, 'addendum', data.number),
    addendum: data.number,
    notice: noticeOf(history),
    reason: data.text,
    changes: [],
    answers: answered.map((each) => ({ question: each.data.text, answer: each.data.answer })),
    documents: data.documents.map(held),
    affectsPreparation: data.affectsPreparation,
    previousDeadline: data.previousDeadline,
    deadline: data.deadline,
    clearDays: Number(clearance.value),
    clearance: { value: valueInWords(clearance), source: clearance.source },
    contacts: { agent, supervisor },
  };
}
