import { problem } from '../kernel/problem.ts';

export const signedInElsewhere = problem(
  'signed-in-elsewhere',
  'not-signed-in',
  '您的账户已在另一台设备登录。评标期间每名成员只保留一个登录会话，本设备已退出；如非本人操作，请立即修改密码并报告监管部门。',
  'Your account has signed in on another device. While a panel evaluates, a member has one session at a time, and this one has ended. If that was not you, change your password at once and tell the supervisor.',
);
export const organisationTaken = problem(
  'organisation-already-registered',
  'conflict',
  '该统一社会信用代码已经登记。',
  'An organisation with this unified social credit code is already registered.',
);
export const controlDeclared = problem(
  'control-already-declared',
  'conflict',
  '已申报与该单位的关系，或者填写的是本单位。',
  'The relation to this organisation is declared already, or it is your own.',
);
export const tooManyDeclared = problem(
  'too-many-declared',
  'conflict',
  '申报的单位已达上限，请先撤销不再成立的。',
  'As many organisations are declared as may be; withdraw those that no longer hold.',
);
export const loginTaken = problem('login-taken', 'conflict', '该登录名已被使用。', 'This login name is already in use.');
export const passwordRefused = problem('password-refused', 'invalid', '密码不符合要求。', 'The password does not meet the requirements.');
export const signInRefused = problem(
  'sign-in-refused',
  'not-signed-in',
  '登录名或密码不正确。',
  'The login name or the password is not right.',
);
export const codeNeeded = problem(
  'one-time-code-needed',
  'not-signed-in',
  '该账号已启用动态口令，请输入验证器显示的六位数字。',
  'This account uses one-time codes: enter the six digits your authenticator shows.',
);
export const codeWrong = problem(
  'one-time-code-wrong',
  'not-signed-in',
  '动态口令不正确，或已使用过；请等待下一个。',
  'The one-time code is wrong or has been used; wait for the next one.',
);
export const tooManyTries = problem(
  'too-many-tries',
  'too-many',
  '尝试次数过多：{minutes} 分钟内失败 {tries} 次，请稍后再试。',
  'Too many tries: {tries} failures within {minutes} minutes. Please wait a little.',
);
export const accountBlocked = problem('account-blocked', 'not-permitted', '该账号已停用。', 'This account has been blocked.');
export const noRoleHeld = problem('no-role-held', 'not-permitted', '该账号没有任何角色。', 'This account holds no role.');
export const sharedAccount = problem(
  'shared-demonstration-account',
  'refused',
  '演示账号供所有人使用，不能修改密码或启用动态口令；请自行登记一个主体试用。',
  'Demonstration accounts are shared by everybody: their password and one-time codes stay as they are. Register an organisation of your own to try it.',
);
export const wrongPassword = problem('wrong-password', 'refused', '当前密码不正确。', 'The present password is not right.');
export const nothingProposed = problem('no-secret-proposed', 'conflict', '请先生成动态口令密钥。', 'Create a one-time-code secret first.');
export const roleNotGranted = problem(
  'role-not-granted',
  'refused',
  '您不能为该主体登记此角色的用户。',
  'You cannot enrol a user in this role for this organisation.',
);
export const demonstrationOnly = problem(
  'demonstration-only',
  'refused',
  '只有演示环境可以有演示账号。',
  'Only a sandbox can have demonstration accounts.',
);
export const requestRefused = problem(
  'certificate-request-refused',
  'invalid',
  '证书申请不能接受。',
  'The certificate request cannot be accepted.',
);
export const alreadyRevoked = problem(
  'certificate-already-revoked',
  'conflict',
  '该证书已经吊销。',
  'This certificate has already been revoked.',
);
export const noAuthority = problem(
  'no-certificate-authority',
  'unavailable',
  '本节点未配置证书签发机构。',
  'This node has no certificate authority.',
);
export const certificateFallen = problem(
  'certificate-not-standing',
  'refused',
  '该证书现在不能用于签名。',
  'This certificate may not sign now.',
);
export const notOnHold = problem('certificate-not-on-hold', 'conflict', '该证书没有被挂起。', 'This certificate is not on hold.');
export const heldByAdministrator = problem(
  'certificate-held-by-administrator',
  'not-permitted',
  '该证书由管理员挂起，只能由管理员恢复。',
  'The administrator put this certificate on hold; only the administrator can lift it.',
);
export const noTimestamps = problem(
  'no-timestamp-authority',
  'unavailable',
  '本节点未配置时间戳服务。',
  'This node has no time-stamping authority.',
);
export const alreadyRenewed = problem(
  'certificate-already-renewed',
  'conflict',
  '该证书已经更新过。',
  'This certificate has been renewed already.',
);
