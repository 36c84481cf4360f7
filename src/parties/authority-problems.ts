import { problem } from '../kernel/problem.ts';

export const authorityUnfit = problem(
  'authority-unfit',
  'invalid',
  '该证书不能作为受信任的签发机构。',
  'These certificates cannot be trusted as an authority.',
);
export const authorityKnown = problem(
  'authority-already-trusted',
  'conflict',
  '该签发机构已在名录中。',
  'This authority is in the register already.',
);
export const authorityRetired = problem(
  'authority-retired',
  'refused',
  '该签发机构已停用，其证书不再接受；此前的签名不受影响。',
  'This authority has been retired: its certificates sign nothing new here; what was signed before stands.',
);
export const statusUnknown = problem(
  'certificate-status-unknown',
  'unavailable',
  '该签发机构没有仍在有效期内的吊销列表，证书状态无法确认。请签发机构或管理员上传最新吊销列表。',
  'Its authority has no revocation list that is still good, so the certificate’s status is unknown. A current list must be handed in first.',
);
export const listRefused = problem('authority-list-refused', 'invalid', '吊销列表不能接受。', 'The revocation list cannot be taken.');
export const listOlder = problem(
  'authority-list-older',
  'conflict',
  '已有同一机构更新的吊销列表，不能退回到旧的。',
  'A newer list of this authority is known; an older one is not taken back.',
);
export const certificateNotTaken = problem(
  'outside-certificate-refused',
  'invalid',
  '该证书不能登记。',
  'This certificate cannot be registered.',
);
export const certificateKnown = problem(
  'certificate-already-registered',
  'conflict',
  '该证书（或同一序列号的证书）已经登记。',
  'This certificate, or another with its serial number, is registered already.',
);
