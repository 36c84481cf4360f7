import type { Words } from '../kernel/words.ts';

/** Words for what the journal names in one word: why a bid does not count, and why a tender came to nothing. */

const invalid: Readonly<Record<string, Words>> = {
  'layer-not-removed': { zh: '未在解密时限内解除自己的加密层。', en: 'Its own layer was not removed within the limit.' },
  'layer-altered': { zh: '外层加密文件与密钥不符。', en: 'The layer around the envelope does not open with its key.' },
  'layer-holds-another': {
    zh: '外层之内不是截标前签名承诺的加密文件。',
    en: 'What lies under the layer is not the envelope that was signed for.',
  },
  'stored-bytes-differ': {
    zh: '平台存储的文件与签收时的摘要不符。',
    en: 'The stored file is not the one that was receipted.',
  },
  'envelope-does-not-unwrap': { zh: '加密文件的密钥无法解开。', en: 'The key inside the envelope does not unwrap.' },
  'envelope-altered': { zh: '加密内容已损坏，不能完整解密。', en: 'The sealed content is damaged and does not decrypt.' },
  'package-malformed': { zh: '投标文件包格式不符合规定。', en: 'The package is not in the prescribed format.' },
  'package-unsigned': { zh: '投标文件未签名。', en: 'The package is not signed.' },
  'package-wrong-signature': { zh: '投标文件的电子签名不成立。', en: 'The signature of the package does not hold.' },
  'package-untrusted-signer': { zh: '签名证书不受信任。', en: 'The signing certificate is not trusted.' },
  'package-altered': { zh: '投标文件内容与签名时不符。', en: 'The content is not what was signed.' },
  'package-member-unsigned': { zh: '联合体投标未经全体成员签名。', en: 'Not every member of the joint venture signed.' },
  'bid-joint-refused': { zh: '本标段不接受联合体投标。', en: 'This lot accepts no joint bids.' },
  'bid-joint-members': { zh: '签名的成员与联合体成员表不符。', en: 'Those who signed are not the members named.' },
  'bid-joint-many': { zh: '联合体成员多于公告的规定。', en: 'More members than the notice allows.' },
  'bid-joint-agreement': { zh: '联合体未附共同投标协议。', en: 'The agreement of the joint venture is missing.' },
  'package-wrong-bidder': { zh: '投标文件的签名人与投标人不符。', en: 'The package is signed by somebody else.' },
  'package-not-for-this-lot': { zh: '投标文件不是为本标段编制的。', en: 'The package was not made for this lot.' },
  'certificate-revoked': {
    zh: '签名证书在投标截止前已被吊销。',
    en: 'The signing certificate had been revoked before the deadline.',
  },
  'certificate-suspended': {
    zh: '签名证书在投标截止时处于挂起状态。',
    en: 'The signing certificate was on hold when the deadline came.',
  },
  'certificate-superseded': {
    zh: '签收时签名证书已被新证书替换，过渡期已过。',
    en: 'The signing certificate had been replaced by a newer one when the bid was received.',
  },
  'certificate-unknown': {
    zh: '签名证书不是该投标人在本平台登记的证书。',
    en: 'The signing certificate is not one that this bidder has here.',
  },
  'bid-form': { zh: '投标数据格式不符，不能读出。', en: 'The form data cannot be read.' },
  'bid-other-lot': { zh: '投标数据不属于本标段。', en: 'The form data is for another lot.' },
  'bid-other-bidder': { zh: '投标数据不属于该投标人。', en: 'The form data is of another bidder.' },
  'bid-price': { zh: '投标函未填写有效报价。', en: 'There is no valid price.' },
  'bid-missing': { zh: '投标数据缺少必填内容。', en: 'Required content is missing.' },
};
/** What is noted of a bid that stays valid. */
export const noteWords = {
  'certificate-revoked': {
    zh: '签名证书在投标截止后被吊销，不影响投标有效。',
    en: 'The signing certificate was revoked after the deadline; the bid is valid.',
  },
  'certificate-suspended': {
    zh: '签名证书在投标截止后被挂起，不影响投标有效。',
    en: 'The signing certificate was put on hold after the deadline; the bid is valid.',
  },
} as const satisfies Record<string, Words>;

/** A reason without words shows its name: nothing is hidden. */
export const invalidWords = (reason: string): Words => invalid[reason] ?? { zh: reason, en: reason };

export const attributions: Readonly<Record<string, { readonly to: Words; readonly consequence: Words }>> = {
  open: {
    to: { zh: '待认定', en: 'to be ruled' },
    consequence: {
      zh: '证据不足或有争议，由监管部门或交易中心认定后，再确定视为撤销或撤回（电子招标投标办法第三十一条）。',
      en: 'Disputed or without evidence: a ruling says whether it counts as revoked or withdrawn (E-tendering Measures, Art. 31).',
    },
  },
  settling: {
    to: { zh: '待归因', en: 'not attributed yet' },
    consequence: {
      zh: '待独立探测方对解密时段的陈述齐备后，按公告规则归因，再确定视为撤销或撤回（电子招标投标办法第三十一条）。',
      en: 'When the independent probes have spoken about the time, the rule of the notice says whether it counts as revoked or withdrawn (E-tendering Measures, Art. 31).',
    },
  },
  bidder: {
    to: { zh: '投标人', en: 'bidder' },
    consequence: {
      zh: '视为撤销其投标文件（电子招标投标办法第三十一条）。',
      en: 'Deemed revoked (E-tendering Measures, Art. 31).',
    },
  },
  platform: {
    to: { zh: '非投标人', en: 'not the bidder' },
    consequence: {
      zh: '视为撤回其投标文件，投标人有权要求责任方赔偿因此遭受的直接损失（电子招标投标办法第三十一条）。',
      en: 'Deemed withdrawn; whoever is responsible answers for the direct loss (E-tendering Measures, Art. 31).',
    },
  },
};

/** Why a bid was rejected in the evaluation: `review:<item>` or `above-ceiling`. */
export function rejectionWords(reason: string, items: readonly { readonly id: string; readonly title: Words; readonly says: Words }[]) {
  if (reason === 'above-ceiling')
    return {
      item: { zh: '最高投标限价', en: 'Ceiling price' },
      says: { zh: '投标报价高于最高投标限价。', en: 'The price is above the ceiling.' },
    };
  const id = reason.replace(/^review:/, '');
  const found = items.find((each) => each.id === id);
  return { item: found?.title ?? { zh: id, en: id }, says: found?.says ?? { zh: id, en: id } };
}

export const failures = {
  'none-decrypted': {
    basis: {
      zh: '《电子招标投标办法》第三十一条、《招标投标法》第四十二条',
      en: 'E-tendering Measures, Art. 31; Bidding Law, Art. 42',
    },
    explanation: {
      zh: '解密时限届满，没有一份投标文件完成解密，开标无法继续，招标人应当重新招标。',
      en: 'When the time to decrypt ended no bid had been decrypted; the opening could not go on and the lot is tendered again.',
    },
    bids: {
      zh: '未解密的投标文件保持密封，任何人（含平台）不能打开。',
      en: 'The bids stay sealed, and nobody, the platform included, can open them.',
    },
  },
  'too-few-bids': {
    basis: {
      zh: '《招标投标法》第二十八条、《招标投标法实施条例》第四十四条',
      en: 'Bidding Law, Art. 28; Implementing Regulation, Art. 44',
    },
    explanation: {
      zh: '投标截止时，递交投标文件的投标人少于规定的最少数，依法不得开标，招标人应当重新招标。',
      en: 'Fewer bids than the law asks for were handed in by the deadline; there is no opening and the lot is tendered again.',
    },
    bids: {
      zh: '已递交的投标文件不予解密，保持密封，任何人（含平台）不能打开。',
      en: 'The bids are not opened; they stay sealed, and nobody, the platform included, can open them.',
    },
  },
  'too-few-qualified': {
    basis: {
      zh: '《政府采购货物和服务招标投标管理办法》第四十四条',
      en: 'Measures for tendering in procurement, Art. 44',
    },
    explanation: {
      zh: '经资格审查，合格投标人不足法定家数，不得评标，招标人应当重新招标。',
      en: 'After the check of qualification fewer bidders were left than the law asks for; nothing is evaluated and the lot is tendered again.',
    },
    bids: {
      zh: '投标文件已依法开启，由平台按档案管理规定保存。',
      en: 'The bids were opened as the law says, and are kept as its records.',
    },
  },
  'too-few-valid': {
    basis: {
      zh: '《招标投标法》第四十二条、《评标委员会和评标方法暂行规定》第二十七条',
      en: 'Bidding Law, Art. 42; Provisions on evaluation, Art. 27',
    },
    explanation: {
      zh: '经评标委员会评审，有效投标不足，投标明显缺乏竞争，评标委员会否决全部投标，招标人应当重新招标。',
      en: 'After the review too few valid bids were left for competition; the panel rejected all of them and the lot is tendered again.',
    },
    bids: {
      zh: '投标文件已依法开启并评审，由平台按档案管理规定保存。',
      en: 'The bids were opened and reviewed as the law says, and are kept as its records.',
    },
  },
  'envelope-result': {
    basis: {
      zh: '《招标投标法》第四十二条、《评标委员会和评标方法暂行规定》第二十七条',
      en: 'Bidding Law, Art. 42; Provisions on evaluation, Art. 27',
    },
    explanation: {
      zh: '经评标委员会评审前一信封，通过者不足，投标明显缺乏竞争，评标委员会否决全部投标，招标人应当重新招标。',
      en: 'After the review of an earlier envelope too few were left for competition; the panel rejected all bids and the lot is tendered again.',
    },
    bids: {
      zh: '尚未开启的信封不再开启，保持密封退回，任何人（含平台）不能打开。',
      en: 'The envelopes that were not opened go back as they are, sealed; nobody, the platform included, can open them.',
    },
  },
  'documents-flawed': {
    basis: {
      zh: '《招标投标法实施条例》第二十三条；参照《政府采购货物和服务招标投标管理办法》第六十五条',
      en: 'Regulation on the Bidding Law, Art. 23; after Measures for procurement, Art. 65',
    },
    explanation: {
      zh: '评标委员会过半数成员认为招标文件存在歧义、重大缺陷或者违反强制性规定，无法据以评审，停止评标；招标人确认，修改招标文件后重新招标。',
      en: 'More than half of the panel found that nobody could evaluate by the documents, and stopped; the tenderee confirmed it, mends the documents and tenders again.',
    },
    bids: {
      zh: '尚未开启的信封不再开启，保持密封退回，任何人（含平台）不能打开。',
      en: 'The envelopes that were not opened go back as they are, sealed; nobody, the platform included, can open them.',
    },
  },
} as const satisfies Record<string, { basis: Words; explanation: Words; bids: Words }>;

/** Which of them an event `tender.failed` means. */
export function failureKind(reason: string): keyof typeof failures {
  if (reason === 'too-few-bids' || reason === 'none-decrypted' || reason === 'documents-flawed' || reason === 'too-few-qualified')
    return reason;
  return reason === 'none-left' || reason === 'competition-lacking' ? 'envelope-result' : 'too-few-valid';
}
