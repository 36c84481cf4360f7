import { outsideOf } from '../evaluation/reopening.ts';
import type { Checklist } from './checks.ts';
import type { Decided } from './decision.ts';
import type { History } from './history.ts';

/** A signed evaluation was done again only by an order, and differs in nothing that the order does not name. */
export function checkReopenings(history: History, list: Checklist, evaluations: readonly Decided[]): void {
  const reported = history.all('evaluation.reported');
  const reopened = history.all('evaluation.reopened');
  const ordered = history.all('reassessment.ordered');
  const onlyByOrder = {
    zh: '评标报告签署后，只有依重新评审决定才另行评审',
    en: 'After the report was signed the evaluation was done again only by an order',
  };
  list.that(
    onlyByOrder,
    reopened.every((event, at) => {
      const signed = reported[at];
      return signed !== undefined && signed.index < event.index && signed.data.sha256 === event.data.was && event.data.version === at + 2;
    }) && reported.length <= reopened.length + 1,
  );
  list.that(
    onlyByOrder,
    reported.slice(1).every((event, at) => event.index > (reopened[at]?.index ?? Infinity)),
  );
  for (const event of reopened) {
    const before = evaluations.findLast((each) => each.index < event.index);
    const after = signedAfter(evaluations, event.index, reported);
    const order = ordered.find((each) => each.data.version === event.data.version);
    if (before === undefined || after === undefined) continue;
    list.that(
      { zh: '重新评审只更改了决定载明的事项', en: 'A further evaluation differs only in what its order names' },
      order !== undefined && before.sha256 === event.data.was && outsideOf(before.bundle, after.bundle, order.data).length === 0,
    );
  }
}

/** The evaluation that was signed after a moment: of several conclusions the one the report names. */
function signedAfter(
  evaluations: readonly Decided[],
  from: number,
  reported: readonly { readonly index: number; readonly data: { readonly sha256: string } }[],
): Decided | undefined {
  const signed = reported.find((each) => each.index > from);
  return signed && evaluations.find((each) => each.index > from && each.sha256 === signed.data.sha256);
}
