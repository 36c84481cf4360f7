import { z } from 'zod';
import type { Checkpoint } from '../journal/checkpoint.ts';
import { leafHash, verifyInclusion } from '../journal/merkle.ts';
import type { ProvenEvent } from '../journal/receipt.ts';
import { type WithheldEvent, type WithheldReason, withheldEvent, withheldReasons } from '../journal/withheld.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import { fill, type Words } from '../kernel/words.ts';
import type { Checklist } from './checks.ts';

/** For whom a bundle was made, and what that edition keeps back: said openly, event by event, as far as counting is allowed. */
export const editions = ['public', 'regulator'] as const;
export type Edition = (typeof editions)[number];

export const withheldFile = 'journal/withheld.json';
export const withheldShape = z.array(withheldEvent).max(200_000);

const saysWithheld: Readonly<Record<Edition, Words>> = {
  public: {
    zh: '公开版：另有 {count} 个事件未载内容，各以散列和理由列明，均在日志中',
    en: 'The public edition withholds {count} events: each stands in the journal as its hash, with its reason',
  },
  regulator: {
    zh: '监管版：另有 {count} 个事件未载内容，各以散列和理由列明，均在日志中',
    en: 'The regulator’s edition withholds {count} events: each stands in the journal as its hash, with its reason',
  },
};
const saysWhy = (reason: WithheldReason, count: number): Words => {
  const why = withheldReasons[reason];
  return { zh: `未载内容 ${count} 项：${why.zh}。`, en: `Withheld, ${count}: ${why.en}.` };
};

interface Held {
  readonly events: readonly ProvenEvent[];
  readonly withheld: readonly WithheldEvent[];
  readonly openings: ReadonlyMap<string, unknown>;
}

/** Checks what an edition withholds, and that the public one gives nobody the key to a bid. */
export function checkEdition(edition: Edition, { events, withheld, openings }: Held, checkpoint: Checkpoint, list: Checklist): void {
  const shown = new Set(events.map((each) => each.index));
  const ordered = withheld.every((each, at) => at === 0 || each.index > (withheld[at - 1]?.index ?? 0));
  list.that(
    fill(saysWithheld[edition], { count: withheld.length }),
    ordered && withheld.every((each) => !shown.has(each.index) && standsIn(each, checkpoint)),
  );
  const opened = events.some(({ event }) => event.type === 'opening.started');
  list.that(
    { zh: '开标以前不计数：不列未公开的事件', en: 'Before the opening nothing withheld is counted' },
    opened || withheld.length === 0,
  );
  if (edition === 'public') {
    list.that(
      { zh: '公开版不含任何投标文件的加密密钥', en: 'The public edition holds no wrapped key of a bid' },
      [...openings.values()].every((each) => !holdsKeys(each)),
    );
  } else {
    list.note({
      zh: '监管版：载有未公开的内容，只供监督使用，请勿外传。',
      en: 'Regulator’s edition: it holds matter that is not public; it is for supervision and not to be passed on.',
    });
  }
  for (const [reason, count] of counted(withheld)) list.note(saysWhy(reason, count));
}

function standsIn({ index, commitment, proof }: WithheldEvent, { size, root }: Checkpoint): boolean {
  const data = fromBase64url(commitment);
  const path = proof.map(fromBase64url);
  return data?.length === 32 && path.every((each) => each !== undefined) && verifyInclusion(index, size, leafHash(data), path, root);
}

const items = z.object({ items: z.array(z.looseObject({})) });
const holdsKeys = (opening: unknown): boolean => items.safeParse(opening).data?.items.some((item) => 'wrappedKey' in item) ?? false;

function counted(withheld: readonly WithheldEvent[]): readonly (readonly [WithheldReason, number])[] {
  const reasons = Object.keys(withheldReasons) as WithheldReason[];
  return reasons.map((reason) => [reason, withheld.filter((each) => each.reason === reason).length] as const).filter(([, n]) => n > 0);
}
