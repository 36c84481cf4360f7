import { problem } from '../kernel/problem.ts';

export const notAMember = problem('not-a-panel-member', 'not-found', '您不是本标段评标委员会成员。', 'You are not a member of this panel.');
export const panelExists = problem('panel-exists', 'conflict', '评标委员会已组成。', 'The panel has been formed already.');
export const representativeUnknown = problem(
  'representative-unknown',
  'invalid',
  '招标人代表须为招标人单位的登记用户。',
  'The representative must be a registered user of the tenderee.',
);
export const declareFirst = problem(
  'declare-first',
  'refused',
  '全体成员须先签署回避声明。',
  'Every member must sign the recusal declaration first.',
);
export const alreadyDeclared = problem('already-declared', 'conflict', '您已签署回避声明。', 'You have signed the declaration already.');
export const nothingChanged = problem('nothing-changed', 'conflict', '没有需要保存的变化。', 'There is nothing new to save.');
export const unknownItem = problem('unknown-item', 'invalid', '没有该评审项或投标。', 'There is no such item or bid.');
export const qualificationIncomplete = problem(
  'qualification-incomplete',
  'invalid',
  '每个供应商应当有一个资格审查结论，不通过的须写明理由。',
  'Every bidder needs one verdict, and each failure its reason.',
);
export const qualifiedByPanel = problem(
  'qualified-by-panel',
  'refused',
  '本标段由评标委员会审查资格。',
  'In this lot the panel looks at the qualification.',
);
export const qualificationOpen = problem(
  'qualification-open',
  'refused',
  '资格审查尚未完成，不能开始评标。',
  'The qualification has not been looked at; the evaluation cannot start.',
);
export const lowPriceUnasked = problem(
  'low-price-unasked',
  'refused',
  '有报价达到异常低价审查标准，尚未要求说明。',
  'A price must be looked into, and its bidder has not been asked.',
);
export const reasonNeeded = problem('reason-needed', 'invalid', '不通过或更正须写明理由。', 'A failure or a correction needs a reason.');
export const scoreOutOfRange = problem(
  'score-out-of-range',
  'invalid',
  '评分超出范围或小数位过多。',
  'The score is out of range or has too many decimals.',
);
export const workIncomplete = problem(
  'evaluation-incomplete',
  'conflict',
  '尚有评审或评分未完成。',
  'Reviews or scores are still missing.',
);
export const objectiveDiffers = problem(
  'objective-scores-differ',
  'refused',
  '客观分各成员评分须一致。',
  'Objective scores must be the same from every member.',
);
export const reportSignature = problem(
  'report-signature-refused',
  'refused',
  '报告签名未通过验证。',
  'The signature on the report does not verify.',
);
export const identityNeeded = problem(
  'identity-unconfirmed',
  'refused',
  '请先用本人证书确认身份。',
  'Confirm your identity with your own certificate first.',
);
export const identityStale = problem(
  'identity-signed-otherwise',
  'refused',
  '身份确认的签名时间与当前时间相差过大，请重新签名。',
  'Your identity was confirmed too long ago; sign again.',
);
export const deskClosed = problem('desk-closed', 'conflict', '评标台未开放。', 'The desk is not open.');
export const notAtDesk = problem('not-at-desk', 'conflict', '您不在评标台。', 'You are not at the desk.');
export const unknownPlace = problem(
  'unknown-evaluation-room',
  'invalid',
  '该场地没有为本次评标预订。',
  'This room is not booked for this evaluation.',
);
export const alreadySigned = problem('already-signed', 'conflict', '您已签署报告。', 'You have signed the report already.');
export const outliersUnexplained = problem(
  'outliers-unexplained',
  'refused',
  '有评分与其他成员差异较大，尚未写明理由。',
  'Scores far from the others’ still lack their reason.',
);
export const enquiryTime = problem('enquiry-time', 'invalid', '答复时间过短或过长。', 'The time to answer is too short or too long.');
export const enquiryPending = problem(
  'enquiry-pending',
  'conflict',
  '该投标人还有未答复的澄清。',
  'This bidder still has a question to answer.',
);
export const mendingRefused = problem('mending-refused', 'refused', '不能要求补正。', 'This is not put right.');
export const correctionIncomplete = problem(
  'correction-incomplete',
  'invalid',
  '算术修正须写明依据和修正后的报价，且与唱标报价不同。',
  'A correction states its rule and the price it comes to, which differs from the one read out.',
);
export const noSuchEnquiry = problem('no-such-enquiry', 'not-found', '没有需要贵单位答复的事项。', 'There is nothing for you to answer.');
export const enquiryOver = problem(
  'enquiry-over',
  'refused',
  '答复时间已过，或已经答复。',
  'The time to answer is over, or it has been answered.',
);
export const enquirySignature = problem(
  'enquiry-signature-refused',
  'refused',
  '答复的签名未通过验证。',
  'The signature on the answer does not verify.',
);
export const explanationFirst = problem(
  'explanation-first',
  'refused',
  '以报价过低否决投标前，须先要求投标人书面说明。',
  'Before a bid is failed for a low price, its bidder must be asked to explain it.',
);
export const signingTimeRuns = problem(
  'signing-time-runs',
  'conflict',
  '签署期限未到，不能视为同意。',
  'The time for signing is still running; silence is no answer yet.',
);
export const notThisPart = problem(
  'not-this-envelope',
  'conflict',
  '本标段的信封尚未进行到这一步。',
  'The envelopes of this lot have not come to this.',
);
export const competitionUnsaid = problem(
  'competition-undecided',
  'invalid',
  '进入下一信封的投标不足，评标委员会须决定是否缺乏竞争并写明理由。',
  'Few bids go on: the panel must decide whether competition is lacking, and say why.',
);
export const sessionTooSoon = problem(
  'session-too-soon',
  'refused',
  '下一信封的开标时间未到，或公布得太晚、提前了。',
  'The session of the next envelopes is not due, was announced too late, or was moved forward.',
);
export const sheetClosed = problem(
  'sheets-closed',
  'conflict',
  '结果已计算，评分不能再改。',
  'The result has been computed; sheets are closed.',
);
export const alreadyVoted = problem('already-voted', 'conflict', '您已表示过同样的意见。', 'You have said so already.');
export const timeRuns = problem(
  'evaluation-time-runs',
  'conflict',
  '评标时间未到，或者已经提示。',
  'The time is still running, or its end was told.',
);
export const unknownGround = problem(
  'unknown-halt-ground',
  'invalid',
  '请选择停止评标的法定情形。',
  'Choose one of the grounds on which an evaluation stops.',
);
export const outsideReopening = problem(
  'outside-reassessment',
  'refused',
  '更改超出重新评审决定载明的范围。',
  'Something changed that the order of re-evaluation does not name.',
);
export const stillTheHostsSession = problem(
  'session-still-with-the-host',
  'conflict',
  '下一信封的开标时间仍由主持人公布。',
  'The next session is still the host’s to announce.',
);
export const sheetsAreSealed = problem(
  'sheets-are-sealed',
  'refused',
  '本标段评审表密封递交，全部递交后共同开启；开启前不在平台上保存明文，开启后的更正须签名。',
  'The sheets of this lot are sealed until all are in: before that nothing is kept in the clear, and changes afterwards are signed.',
);
export const sheetsAreOpen = problem(
  'sheets-are-not-sealed',
  'conflict',
  '本标段评审表不采用密封递交。',
  'The sheets of this lot are not sealed.',
);
export const sheetsComplete = problem(
  'sheets-complete',
  'conflict',
  '评审表已全部递交，不能再更换。',
  'All sheets are in; none can be replaced any more.',
);
export const sheetsStillSealed = problem(
  'sheets-still-sealed',
  'conflict',
  '评审表尚未共同开启。',
  'The sheets have not been opened together yet.',
);
export const sheetRefused = problem(
  'sheet-refused',
  'refused',
  '递交的不是为本席位、本信封密封的评审表。',
  'This is no sheet sealed for this seat and envelope.',
);
export const sheetTimeRuns = problem(
  'sheet-time-runs',
  'conflict',
  '递交评审表的期限未到，或已经递交。',
  'The time to hand in the sheet is still running, or it is in.',
);
export const stillBlind = problem(
  'blind-review-open',
  'conflict',
  '暗标尚未揭晓，不能进行此操作。',
  'The pseudonyms are not laid open yet; this cannot be done before.',
);
export const nothingToCheck = problem(
  'no-blind-files',
  'conflict',
  '目前没有待检查的暗标文件。',
  'There are no blind files to be checked now.',
);
export const notBlind = problem('no-blind-review', 'conflict', '目前没有待揭晓的暗标。', 'There are no pseudonyms to be laid open now.');
export const negotiateFirst = problem(
  'negotiate-first',
  'refused',
  '本采购包先谈判，评审在最后报价的采购包中进行。',
  'Suppliers are negotiated with here; what is judged are their last offers.',
);
