import { problem } from '../kernel/problem.ts';

export const draftIncomplete = problem(
  'draft-incomplete',
  'invalid',
  '还有必填内容没有填写，不能发布。',
  'Something required is still missing; the notice cannot be published.',
);
export const noEntryAsked = problem(
  'no-prequalification-asked',
  'refused',
  '本采购方式不发布资格预审公告。',
  'This procedure has no notice of prequalification.',
);
export const conditionsChanged = problem(
  'conditions-changed',
  'refused',
  '资格条件与资格预审公告不一致。',
  'The conditions of qualification are not those of the notice of prequalification.',
);
export const noDocuments = problem(
  'no-tender-documents',
  'refused',
  '尚未上传招标文件，不能发布公告。',
  'No tender document has been uploaded; the notice cannot be published.',
);
export const noCouncil = problem(
  'no-council-in-use',
  'unavailable',
  '尚未组成开标委员会，投标无法密封，暂不能发布公告。',
  'No opening council has been formed: bids could not be sealed, so no notice can be published yet.',
);
export const noSuchProcedure = problem(
  'no-such-procedure',
  'invalid',
  '所选交易类别没有这种方式。',
  'The chosen line of trade has no such procedure.',
);
export const alreadyAnswered = problem('already-answered', 'conflict', '该疑问已经答复。', 'This question has already been answered.');
export const windowClosed = problem(
  'documents-window-closed',
  'refused',
  '招标文件获取时间已过。',
  'The time for collecting the tender documents is over.',
);
export const biddingOver = problem(
  'bidding-over',
  'refused',
  '投标已截止，不能再进行此操作。',
  'Bidding is over; this can no longer be done.',
);
export const notCollected = problem(
  'documents-not-collected',
  'refused',
  '请先登记获取招标文件，再下载。',
  'Please collect the tender documents first, then download them.',
);
export const noSuchOrganisation = problem(
  'no-such-organisation',
  'invalid',
  '没有登记此统一社会信用代码的主体。',
  'No organisation with this code is registered.',
);
export const documentSuperseded = problem(
  'document-superseded',
  'conflict',
  '该文件已有更新的版本。',
  'There is already a newer version of this document.',
);
export const deadlineOnlyLater = problem(
  'deadline-only-later',
  'refused',
  '投标截止时间只能推迟，不能提前。',
  'The deadline can be moved later only, never earlier.',
);
export const needsAddendum = problem(
  'documents-need-an-addendum',
  'refused',
  '公告已发布，招标文件只能通过补遗修改，以便同时告知所有潜在投标人。',
  'The notice is out: tender documents change by an addendum only, so that everyone learns of it at once.',
);
export const behindClosedDoors = problem(
  'behind-closed-doors',
  'refused',
  '本采购包不公开开启：成交结果公告前，参加的供应商及其响应内容除小组、采购人和监督部门外任何人不得知悉。',
  'This lot is not opened in public: until the result is out, only the group, the buyer and the supervisor know who takes part and with what.',
);
export const requirementFixed = problem(
  'requirement-fixed',
  'refused',
  '最后报价按谈判、磋商确定的采购需求提交，采购文件不再变动。',
  'Last offers are made on the requirement that the negotiation has fixed; the documents change no more.',
);
