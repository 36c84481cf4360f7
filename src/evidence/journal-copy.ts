import type { Words } from '../kernel/words.ts';

/** A journal as a reader holds it: read from tables, or from tiles (then without events). Nothing in it is believed before it was recomputed. */
export interface JournalCopy {
  /** verifier keys with which the platform signed checkpoints, and those of the witnesses: pinned by the reader where it can */
  readonly platformKeys: readonly string[];
  readonly witnessKeys: readonly string[];
  /** a sandbox's clock is not that of its witnesses: times are then compared among the events alone */
  readonly sandbox: boolean;
  /** in the order of `index` */
  readonly leaves: readonly LeafCopy[];
  /** in the order of `position`; null where only the public tree could be read */
  readonly events: readonly EventCopy[] | null;
  /** hashes of inner nodes as they are stored and served */
  readonly nodes: readonly { readonly level: number; readonly index: number; readonly hash: Uint8Array }[];
  readonly checkpoints: readonly CheckpointCopy[];
  /** checkpoints that others kept: from receipts, custodians, earlier audits */
  readonly held: readonly string[];
  readonly bids: readonly BidCopy[];
}

export interface LeafCopy {
  readonly index: number;
  readonly event: string;
  readonly position: number;
  readonly commitment: Uint8Array;
}

export interface EventCopy {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly lot: string | null;
  readonly party: string | null;
  readonly body: string;
  readonly salt: Uint8Array;
  readonly commitment: Uint8Array;
  /** veiled, and read without its key: what it says is not known, only that its leaf is there */
  readonly unread: boolean;
}

export interface CheckpointCopy {
  readonly size: number;
  readonly root: Uint8Array;
  readonly text: string;
  readonly cosignatures: readonly string[];
}

/** A bid as the tables state it now. */
export interface BidCopy {
  readonly id: string;
  readonly lot: string;
  readonly bidder: string;
  readonly statement: unknown;
  readonly signature: string;
  readonly receivedAt: string;
  readonly envelopes: readonly { readonly part: string; readonly sha256: string; readonly bytes: number; readonly ephemeral: string }[];
}

export const findingKinds = {
  'rewritten-row': { zh: '记录被改写：正文与盐值不再得出承诺值', en: 'a rewritten row: body and salt no longer give the commitment' },
  'changed-column': { zh: '记录的索引列与正文不符', en: 'a column of the row says something else than its body' },
  'dropped-row': {
    zh: '记录被删除：日志中有它的编号，表中没有它',
    en: 'a dropped row: the journal has its number, the table no longer has it',
  },
  'dropped-leaf': { zh: '编号缺失：树叶不连续', en: 'a missing number: the leaves have a gap' },
  'slipped-in': { zh: '事后插入：记录夹在已编号的记录之间，却没有编号', en: 'slipped in: a row among numbered ones that has no number' },
  disorder: { zh: '编号顺序与提交顺序不符', en: 'numbers do not follow the order of commits' },
  'wrong-node': { zh: '存储的树节点与重算结果不符', en: 'a stored hash of the tree differs from the recomputed one' },
  'unsigned-checkpoint': { zh: '检查点没有平台的有效签名', en: 'a checkpoint without a valid signature of the platform' },
  'rewritten-tree': { zh: '树被改写：检查点的根不是现在这棵树的根', en: 'a rewritten tree: a checkpoint has another root than this tree' },
  'forked-log': { zh: '日志分叉：平台签署过同一大小的另一个根', en: 'a forked log: the platform signed another root at this size' },
  'shrunk-log': { zh: '日志变短：有人持有更长的检查点', en: 'a log that shrank: somebody holds a checkpoint of a longer one' },
  'backdated-event': {
    zh: '倒签：事件声称的时间早于它可能发生的时间',
    en: 'a backdated event: it claims a time before it can have happened',
  },
  'postdated-event': { zh: '事件声称的时间晚于见证方已见到它的时间', en: 'an event claims a time after a witness had already seen it' },
  'edited-bid': { zh: '投标表与收标事件不符', en: 'a bid in the tables differs from its event' },
  'bid-without-event': { zh: '投标没有收标事件', en: 'a bid that no event received' },
  'event-without-bid': { zh: '收标事件没有对应的投标', en: 'a bid was received and is no longer in the tables' },
  'lost-receipt': { zh: '回执所载事件不在这棵树里', en: 'the event of a receipt is not in this tree' },
} as const satisfies Record<string, Words>;
export type FindingKind = keyof typeof findingKinds;

export interface Finding {
  readonly kind: FindingKind;
  /** the number of the event in the journal, where there is one */
  readonly index: number | null;
  /** an id, a size, a row: what to look at */
  readonly where: string;
}
export const finding = (kind: FindingKind, where: string, index: number | null = null): Finding => ({ kind, where, index });
