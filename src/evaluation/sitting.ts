import type { Words } from '../kernel/words.ts';

/** Why a member was no longer at its desk. */
export const leavings = ['left', 'elsewhere', 'moved', 'signed-out', 'idle', 'ended'] as const;
export type Leaving = (typeof leavings)[number];

export const leavingWords: Readonly<Record<Leaving, Words>> = {
  left: { zh: '离开评标台', en: 'left the desk' },
  elsewhere: { zh: '在另一设备登录，本会话结束', en: 'signed in on another device; this session ended' },
  moved: { zh: '换到另一地点', en: 'moved to another place' },
  'signed-out': { zh: '退出登录', en: 'signed out' },
  idle: { zh: '会话超时', en: 'the session ran out' },
  ended: { zh: '评标结束', en: 'the evaluation ended' },
};
