import { problem } from '../kernel/problem.ts';

export const applicationsClosed = problem(
  'applications-closed',
  'refused',
  '资格预审申请已截止。',
  'Applications for prequalification have closed.',
);
export const applicationsOpen = problem(
  'applications-still-open',
  'refused',
  '资格预审申请尚未截止。',
  'Applications for prequalification are still taken.',
);
export const noApplication = problem('no-application', 'refused', '没有可撤回的资格预审申请。', 'There is no application to withdraw.');
export const drawAsked = problem(
  'invitations-already-asked',
  'conflict',
  '已申请抽取受邀供应商，资格预审结论不能再改。',
  'The draw of those invited was asked for: the findings can no longer change.',
);
export const notInvited = problem('not-invited', 'refused', '本次采购只接受受邀供应商投标。', 'Only those invited may bid here.');
export const judgementIncomplete = problem(
  'judgement-incomplete',
  'invalid',
  '每家申请都应当有结论，不合格的应当写明理由。',
  'Every application needs a finding, and one that does not qualify a reason.',
);
export const biddingClosed = problem(
  'bidding-closed',
  'refused',
  '投标截止时间已到，不能再递交、替换或撤回。',
  'The deadline has passed: no bid can be submitted, replaced or withdrawn.',
);
export const statementRefused = problem(
  'statement-refused',
  'invalid',
  '递交声明与本次递交不一致。',
  'The statement does not fit this submission.',
);
export const signatureRefused = problem(
  'signature-refused',
  'refused',
  '递交声明的电子签名未通过验证。',
  'The signature of the statement does not verify.',
);
export const notOwnCertificate = problem(
  'not-your-certificate',
  'refused',
  '签名证书不属于贵单位，或已失效、吊销。',
  'The signing certificate is not your organisation’s, or is no longer valid.',
);
export const uploadIncomplete = problem(
  'upload-incomplete',
  'refused',
  '加密文件尚未完整上传。',
  'The sealed file has not been uploaded completely.',
);
export const bytesTooLate = problem(
  'bytes-too-late',
  'refused',
  '宽限已过，文件不再计入。',
  'The grace has ended; the bytes no longer count.',
);
export const graceRuns = problem(
  'grace-runs',
  'refused',
  '投标文件仍在宽限之内，或已按时传完。',
  'The bytes may still come, or came in time.',
);
export const uploadDiffers = problem(
  'upload-differs',
  'refused',
  '上传文件与声明的摘要或大小不一致。',
  'The uploaded file is not the one the statement names.',
);
export const uploadSpent = problem(
  'upload-spent',
  'refused',
  '该上传文件已用于另一次递交，请重新加密并上传。',
  'This uploaded file belongs to another submission; please seal and upload again.',
);
export const uploadUnreadable = problem(
  'upload-unreadable',
  'invalid',
  '上传请求须写明标段、部分和文件大小。',
  'An upload must name its lot, its part and its size.',
);
export const envelopeTooLarge = problem(
  'envelope-too-large',
  'too-large',
  '加密文件超过平台允许的大小（{gigabytes} GB）。',
  'The sealed file is larger than the platform takes ({gigabytes} GB).',
);
export const tooManyUploads = problem(
  'too-many-uploads',
  'too-many',
  '本标段未递交的上传文件过多，请使用已上传的文件，或稍后再试。',
  'There are too many uploads of yours on this lot that were never submitted; use one of them.',
);
export const wronglySealed = problem(
  'wrongly-sealed',
  'refused',
  '文件未按本标段的要求加密，请重新加密。',
  'The file is not sealed for this lot; please seal it again.',
);
export const somethingNewer = problem(
  'newer-bid-exists',
  'conflict',
  '已有更新的递交，请刷新后再试。',
  'A newer submission of yours exists; look again.',
);
export const noBid = problem('no-bid', 'not-found', '贵单位在本标段没有有效的递交。', 'Your organisation has no current bid on this lot.');
export const documentsFirst = problem('documents-first', 'refused', '请先获取招标文件。', 'Please collect the tender documents first.');
export const nothingToRecord = problem('no-stamps-to-record', 'conflict', '没有需要记录的时间戳。', 'There are no time stamps to record.');
export const clientPublished = problem(
  'client-published-before',
  'conflict',
  '该版本的投标程序已经公布。',
  'This build of the sealing client is published already.',
);
export const clientNotItself = problem(
  'client-digest-differs',
  'refused',
  '投标程序的摘要与其文件不符。',
  'The digest of the sealing client is not that of its files.',
);
export const notAskedForOffer = problem(
  'not-asked-for-an-offer',
  'refused',
  '最后报价只由继续参加谈判、磋商的供应商提交。',
  'Last offers are made by those alone who stayed in the negotiation.',
);
