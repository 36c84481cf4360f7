import { problem } from '../kernel/problem.ts';

export const noCouncil = problem(
  'no-opening-council',
  'unavailable',
  '尚未成立开标委员会，不能发布公告。',
  'There is no opening council yet; a notice cannot be published.',
);
export const unknownTask = problem('unknown-council-task', 'not-found', '没有这项委员会任务。', 'There is no such council task.');
export const wrongShare = problem('share-refused', 'refused', '份额未通过验证。', 'The share does not verify.');
export const deadlineNotReached = problem(
  'deadline-not-reached',
  'refused',
  '投标截止时间未到。',
  'The submission deadline has not been reached.',
);
export const snapshotNotReady = problem(
  'snapshot-not-ready',
  'unavailable',
  '截标快照尚未完成。',
  'The closing snapshot is not ready yet.',
);
export const notOnTheList = problem(
  'not-on-the-closing-list',
  'refused',
  '贵单位不在本标段的开标名单中。',
  'Your organisation is not on the closing list of this lot.',
);
export const nothingToRead = problem('nothing-to-read', 'conflict', '没有待唱读的投标。', 'There is no bid left to read.');
export const stillSealed = problem(
  'still-sealed',
  'conflict',
  '尚有投标文件未解密，请稍候。',
  'Some bids are still being decrypted; please wait.',
);
export const notAllRead = problem('not-all-read', 'conflict', '尚有投标未唱读。', 'Some bids have not been read yet.');
export const drawNotDone = problem(
  'session-draw-not-done',
  'conflict',
  '开标现场抽取尚未完成。',
  'The draw of the session is not complete yet.',
);
export const alreadyOpened = problem('bid-already-opened', 'conflict', '该投标文件已处理。', 'This bid has been dealt with already.');
export const objectionsWait = problem(
  'objections-wait',
  'conflict',
  '现场异议尚未答复，不能确认开标记录。',
  'An objection raised in this session has not been answered yet; the record cannot be closed.',
);
export const stillTheHosts = problem(
  'record-still-with-the-host',
  'conflict',
  '确认时限未到，仍由主持人确认。',
  'The time to confirm has not run out: the record is still the host’s.',
);
export const bytesAwaited = problem(
  'bytes-awaited',
  'refused',
  '宽限尚未届满，暂不开标。',
  'A grace is still running; the opening waits for its end.',
);
