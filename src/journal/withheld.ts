import { z } from 'zod';
import type { Words } from '../kernel/words.ts';
import { type EventType, events, hasReached, type LotView, type Shown } from './event.ts';

/**
 * What an edition of a lot's evidence says of the events it leaves out: where each stands in the tree, and why its content is kept back. Nothing of
 * the event itself is told: its leaf is blinded by a salt that stays with those who may read it.
 */
const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Why an event is withheld from an edition. */
export const withheldReasons = {
  party: {
    zh: '一方当事人自己的事项（疑问、领取文件、被拒绝的操作、送达的文书）',
    en: 'a matter of one party alone: questions, documents collected, refusals, letters',
  },
  evaluation: {
    zh: '评标委员会成员个人的意见，依法保密',
    en: 'what single members of the panel said, which the law keeps confidential',
  },
  supervision: { zh: '监督机关的工作', en: 'the work of the supervisor' },
  preparation: { zh: '招标人内部的准备工作', en: 'the tenderee’s own preparation' },
} as const satisfies Record<string, Words>;
export type WithheldReason = keyof typeof withheldReasons;

export const withheldEvent = z.strictObject({
  index: z.int().nonnegative(),
  /** the leaf's data: SHA-256(salt || event) */
  commitment: hash,
  proof: z.array(hash).max(64),
  reason: z.enum(Object.keys(withheldReasons) as [WithheldReason, ...WithheldReason[]]),
});
export type WithheldEvent = z.infer<typeof withheldEvent>;

const reasonOf: readonly (readonly [WithheldReason, RegExp])[] = [
  [
    'evaluation',
    /^(recusal|evaluation|report\.(signed|refused|deemed|withdrawn)|part\.(concluded|signed|refused|deemed|withdrawn)|time|halt|opinion|reassessment|expert|experts|bid\.(reviewed|scored)|sheet|draft|member)(\.|$)/,
  ],
  ['supervision', /^(matter|report\.filed|paper\.filed)(\.|$)/],
  ['preparation', /^(lot|document|project)\./],
];

/** The reason that stands for an event of this type where it is withheld. */
export const withheldFor = (type: string): WithheldReason => reasonOf.find(([, types]) => types.test(type))?.[0] ?? 'party';

/**
 * May it be known now that an event of this type happened, without its content? Counting is seeing: before the opening nothing is counted, in a lot
 * that is never opened nothing ever is; afterwards an event is pointed at only once every moment has come from which any reader may see it. What
 * is tied to no moment (a supervisor's look, an internal paper) waits for the result.
 */
export function mayCount({ type, at }: { readonly type: string; readonly at?: string }, lot: LotView): boolean {
  const spec = events[type as EventType] as { readonly shown: Shown } | undefined;
  if (!spec || !lot.reached.has('opened') || lot.behindDoors) return false;
  const moments = Object.values(spec.shown).filter((moment) => moment !== 'now');
  return moments.length === 0 ? lot.reached.has('resulted') : moments.every((moment) => hasReached(lot, moment, at));
}
