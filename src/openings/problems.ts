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
export const outageUndecided = problem(
  'outage-undecided',
  'unavailable',
  '收件是否中断尚待探测方陈述，暂不截标。',
  'Whether the intake was down is still to be stated by the probes: bidding is not closed yet.',
);
export const noOutageProven = problem(
  'no-outage-proven',
  'refused',
  '探测方的陈述不符合顺延规则。',
  'What the probes stated does not move the deadline by the rule.',
);
export const snapshotNotReady = problem(
  'snapshot-not-ready',
  'unavailable',
  '截标快照尚未完成。',
  'The closing snapshot is not ready yet.',
);
export const openingSuspended = problem(
  'opening-suspended',
  'conflict',
  '监管部门已责令暂停，开标不能进行。',
  'The supervisor has suspended this opening: nothing of it can go on.',
);
export const notOnTheList = problem(
  'not-on-the-closing-list',
  'refused',
  '贵单位不在本标段的开标名单中。',
  'Your organisation is not on the closing list of this lot.',
);
export const alreadySignedIn = problem(
  'already-signed-in-to-session',
  'conflict',
  '贵单位已经签到。',
  'Your organisation has signed in already.',
);
export const hallSignatureRefused = problem(
  'hall-signature-refused',
  'refused',
  '签名未通过验证。',
  'The signature of this statement does not verify.',
);
export const recordNotReady = problem('record-not-ready', 'conflict', '开标记录尚未形成。', 'The opening record is not complete yet.');
export const recordStands = problem(
  'record-stands',
  'conflict',
  '确认时限已到，记录视为认可。',
  'The time to confirm is over; the record stands.',
);
export const alreadyConfirmed = problem(
  'record-already-confirmed',
  'conflict',
  '贵单位已确认该记录。',
  'Your organisation has confirmed this record already.',
);
export const recordChanged = problem(
  'record-changed',
  'conflict',
  '签名所对应的记录与当前记录不同。',
  'What was signed is not the record as it stands.',
);
export const biddersConfirm = problem(
  'bidders-confirm',
  'conflict',
  '尚有已签到的投标人未确认，确认时限未到。',
  'Bidders who signed in have not all confirmed, and their time has not run out.',
);
export const nothingToRead = problem('nothing-to-read', 'conflict', '没有待唱读的投标。', 'There is no bid left to read.');
export const stillSealed = problem(
  'still-sealed',
  'conflict',
  '尚有投标文件未解密，请稍候。',
  'Some bids are still being decrypted; please wait.',
);
export const orderNotDrawn = problem(
  'reading-order-not-drawn',
  'conflict',
  '唱标顺序正在抽签，请稍候。',
  'The order of reading is still being drawn; please wait.',
);
export const orderAsked = problem(
  'reading-order-asked',
  'conflict',
  '唱标顺序已申请抽签，每次开标只抽一次。',
  'The draw of the order of reading has been asked for; each session has one.',
);
export const nothingToOrder = problem(
  'reading-order-as-received',
  'conflict',
  '本次唱标按递交顺序进行，不抽签。',
  'These bids are read as they were received; no order is drawn.',
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
export const bookingOutside = problem('booking-outside', 'refused', '预订的时间不合适。', 'The time of this booking does not fit.');
export const bookingUnfit = problem('booking-unfit', 'refused', '该场地不适合此用途。', 'This place is not for that purpose.');
export const venueTaken = problem('venue-taken', 'conflict', '该时段场地已被预订。', 'The place is booked for some of that time already.');
export const venueBooked = problem(
  'venue-still-booked',
  'conflict',
  '该场地还有未结束的预订，请先改订或释放。',
  'The place is still booked; move or give back what is booked there first.',
);
export const notWitnessedYet = problem(
  'not-witnessed-yet',
  'unavailable',
  '检查点尚未得到见证方联署。',
  'No checkpoint has been cosigned by enough witnesses yet.',
);
export const bytesAwaited = problem(
  'bytes-awaited',
  'refused',
  '宽限尚未届满，暂不开标。',
  'A grace is still running; the opening waits for its end.',
);
export const lotsApart = problem(
  'lots-not-opened-together',
  'refused',
  '所选标段不能合为一场开标。',
  'These lots cannot share an opening session.',
);
export const anotherLotFirst = problem(
  'another-lot-first',
  'conflict',
  '议程中在前的标段尚未唱完。',
  'A lot that stands before this one on the agenda has bids to be read.',
);
export const openingsSuspended = problem(
  'openings-suspended',
  'conflict',
  '平台故障，全部开标暂停，到公布的时间恢复。',
  'The platform has failed: all openings are suspended and go on at the announced time.',
);
export const reopensTooEarly = problem('reopens-too-early', 'refused', '恢复时间须在将来。', 'The time to go on must lie ahead.');
export const openingsNotSuspended = problem('openings-not-suspended', 'conflict', '当前没有暂停。', 'Nothing is suspended now.');
export const expertsKeepOut = problem(
  'experts-keep-out',
  'not-permitted',
  '您已被抽取参加本标段评标，评标开始前不得进入开标现场。',
  'You are called to the panel of this lot: an expert may not be in the hall before the evaluation.',
);
export const layersOver = problem(
  'layers-over',
  'conflict',
  '现在不能解除加密层：不在投标人解密时段，或时限已到。',
  'A layer cannot be removed now: it is not the bidders’ time, or it is over.',
);
export const layersAwaited = problem(
  'layers-awaited',
  'conflict',
  '解密时限未到，尚有投标人未解密。',
  'The bidders’ time is still running and a layer is not removed.',
);
export const pseudonymsAwaited = problem(
  'pseudonyms-awaited',
  'conflict',
  '暗标编号尚未抽定，请稍候。',
  'The pseudonyms are still being drawn; please wait.',
);
export const layerKeyWrong = problem(
  'layer-key-wrong',
  'refused',
  '密钥不对：解不开贵单位这份投标文件的外层。请换用密封时保存的自存密钥，时限内可再试。',
  'The wrong key: it does not open the layer of your bid. Use the key you saved when you sealed it; you may try again within the limit.',
);
export const layerGone = problem('layer-removed-already', 'conflict', '加密层已经解除。', 'The layer has been removed already.');
export const disputedAlready = problem('layer-disputed-already', 'conflict', '已声明过。', 'You have declared it already.');
export const noRulingAsked = problem('no-ruling-asked', 'conflict', '该投标没有待认定的原因。', 'No ruling is asked for about this bid.');
export const copyNotAwaited = problem(
  'copy-not-awaited',
  'conflict',
  '贵单位的这份投标现在不需要密封副本：公告没有规定补救方案，或投标能正常解密，或已经提交。',
  'No sealed copy of your bid is awaited now: the notice provides no remedy, the bid decrypts, or a copy was handed in already.',
);
export const copyTooLate = problem('copy-too-late', 'conflict', '提交密封副本的时限已到。', 'The time to hand in a sealed copy is over.');
export const copyDiffers = problem(
  'copy-differs',
  'refused',
  '这不是截止前签名递交的那一份：文件摘要与贵单位签名的不一致，没有采用。请改用密封时保存的副本，时限内可再试。',
  'This is not what you signed for before the deadline: its digest differs, and it was not taken. Use the copy you saved when you sealed; you may try again within the limit.',
);
export const copyStillCovered = problem(
  'copy-still-covered',
  'refused',
  '这是带外层的密封副本，没有密钥仍解不开。请提交密封时另存的内层副本。',
  'This copy still bears your own layer, which its key alone opens. Hand in the inner copy that you saved when you sealed.',
);
export const copyStillAwaited = problem(
  'copy-still-awaited',
  'conflict',
  '投标人提交密封副本的时限未到。',
  'The bidder may still hand in its sealed copy.',
);
export const notJudgedYet = problem(
  'applications-not-judged',
  'refused',
  '尚未完成资格预审，不能抽取。',
  'The applications are not judged yet: nobody can be drawn.',
);
export const invitationsAsked = problem(
  'invitations-asked-once',
  'conflict',
  '受邀供应商只抽取一次，已经申请。',
  'Those invited are drawn once, and the draw was asked for.',
);
