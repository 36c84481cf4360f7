import { methodShape } from '../evaluation/bundle.ts';
import { methodFindings } from '../evaluation/method-findings.ts';
import { canonical } from '../kernel/bytes.ts';
import { termsSchema } from '../tenders/lot.ts';
import type { Checklist } from './checks.ts';
import type { History } from './history.ts';

/** What the notice says its method does is what the method does: computed again from the method alone. A notice from before it was looked at says nothing. */
export function checkFindings(history: History, list: Checklist): void {
  const terms = termsSchema.safeParse(history.one('notice.published')?.data.terms);
  if (!terms.success || terms.data.findings === undefined) return;
  const { method, parameters, findings } = terms.data;
  list.that(
    { zh: '公告所示的评标办法特性可由办法复算', en: 'What the notice says of its method follows from the method' },
    methodShape.safeParse(method).success && canonical(methodFindings(method, parameters)) === canonical(findings),
  );
}
