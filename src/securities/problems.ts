import { problem } from '../kernel/problem.ts';

export const noCollection = problem(
  'no-collecting-account',
  'unavailable',
  '平台还没有开立保证金专户，请稍后再试。',
  'No account for securities has been opened yet; try later.',
);
export const notLodgedHere = problem(
  'security-not-lodged-here',
  'refused',
  '本标段的投标保证金不通过平台缴纳，请按招标文件办理。',
  'The security of this lot is not lodged with the platform: do as the documents say.',
);
export const securityDeadlinePassed = problem(
  'security-deadline-passed',
  'refused',
  '投标截止时间已到，不再受理保证金。',
  'The deadline has passed: no security is taken any more.',
);
export const payerFixed = problem(
  'payer-account-fixed',
  'conflict',
  '已有款项到账，付款账户不能再更改。',
  'Money has come in: the paying account can no longer be changed.',
);
export const guaranteeTooLow = problem('guarantee-too-low', 'refused', '保函金额不足。', 'The guarantee is of too little.');
export const guaranteeEndsEarly = problem(
  'guarantee-ends-early',
  'refused',
  '保函有效期短于投标有效期。',
  'The guarantee ends before the bid’s validity does.',
);
export const guaranteeDiffers = problem(
  'guarantee-differs',
  'refused',
  '保函文件由受信任的出具机构签名，但内容与填报的不一致。',
  'The guarantee is signed by an issuer of the register, but says something else than was declared.',
);
export const guaranteeUsed = problem('guarantee-used', 'refused', '该保函已经提交过。', 'This guarantee has been lodged already.');
export const statementUnreadable = problem(
  'statement-unreadable',
  'invalid',
  '银行流水不能导入，请按提示更正后重新上传；没有导入任何一行。',
  'The statement cannot be taken: correct what is named and hand it in again. None of its rows was taken.',
);
export const statementTooLarge = problem('statement-too-large', 'too-large', '银行流水文件过大。', 'The statement is too large.');
export const otherAccount = problem(
  'statement-of-other-account',
  'refused',
  '流水不属于本平台的保证金专户。',
  'The statement is not of the account for securities.',
);
export const contradictsEarlier = problem(
  'statement-contradicts',
  'conflict',
  '流水号此前已报送过，但内容不同。',
  'A reference was reported before with other content.',
);
export const issuerKnown = problem('guarantee-issuer-known', 'conflict', '该出具机构已登记。', 'This issuer is registered already.');
export const issuerUnfit = problem(
  'guarantee-issuer-unfit',
  'invalid',
  '出具机构的证书不能采用。',
  'The issuer’s certificates cannot be used.',
);
export const nothingDue = problem('nothing-to-refund', 'conflict', '目前没有应退的款项。', 'There is nothing to pay back now.');
export const noGround = problem(
  'no-ground-to-keep',
  'refused',
  '不在法定或招标文件载明的不予退还情形之内。',
  'This is no ground on which a security is kept.',
);
export const notHeld = problem(
  'security-not-held',
  'conflict',
  '该投标人的保证金不在账上：未缴纳、为保函，或者已经退还。',
  'Nothing is held of this bidder: none came, it is a guarantee, or it went back.',
);
export const alreadyKept = problem(
  'security-kept-already',
  'conflict',
  '已决定不予退还。',
  'It has been decided already that this one is kept.',
);
export const keptAlreadySettled = problem(
  'forfeiture-settled',
  'conflict',
  '该异议已处理，或者没有待处理的异议。',
  'The objection has been dealt with, or there is none.',
);
