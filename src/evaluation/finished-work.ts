import type { Call } from '../kernel/act.ts';
import { uphold } from '../kernel/rule.ts';
import { isBlind } from '../tenders/blind.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { blindPartFirst } from './blind-rule.ts';
import { type PanelWork, panelWork } from './bundle-reads.ts';
import { refuseClashing } from './joint-clash.ts';
import { refuseMissingMembers, refuseOpenWork } from './open-work.ts';
import { refuseAgainstComputed, refuseSealedWork } from './opened-work.ts';
import { judgedPart } from './part-work.ts';

/** What the panel gave of the envelope at hand, whole: nobody and nothing is missing, nothing is blind or sealed any more. A result may be computed from it. */
export async function finishedWork(call: Call, lot: Lot): Promise<PanelWork> {
  const terms = termsOf(lot);
  uphold([blindPartFirst], { blind: isBlind(lot, terms, judgedPart(lot)) });
  const work = await panelWork(call.em, lot);
  refuseMissingMembers(work, terms);
  await refuseSealedWork(call, lot, work);
  await refuseAgainstComputed(call, lot, work);
  refuseOpenWork(work, terms);
  await refuseClashing(call, lot, work);
  return work;
}
