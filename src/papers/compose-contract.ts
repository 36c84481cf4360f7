import { changeShape, contractShape, deedShape } from '../contracts/deed.ts';
import { commonOf, partyOf, sourceOf, termsOf } from './compose-facts.ts';
import type { ContractPaper } from './contract.ts';
import type { History } from './history.ts';
import type { Names } from './names.ts';

/** The contract, or a change of it, as both sides signed it. */
export function composeContract(history: History, names: Names): ContractPaper {
  const { change, sha256 } = sourceOf<'deed.concluded'>(history).data;
  const drafted = history.all('deed.drafted');
  const text = deedShape.parse(drafted.findLast(({ data }) => data.sha256 === sha256)?.data.text);
  const contract = contractShape.parse(drafted.findLast(({ data }) => data.change === 0)?.data.text);
  const changed = text.format === 'yangguang/contract-change/v1' ? changeShape.parse(text) : null;
  const signedBy = (side: 'tenderee' | 'contractor'): string =>
    history.all('deed.signed').findLast(({ data }) => data.sha256 === sha256 && data.side === side)?.at ?? '';
  const labels = new Map(termsOf(history).bidForm.map(({ key, label }) => [key, label]));
  const { number, contractor, subject, startsOn, guarantee, paymentDays, figures, clauses } = contract;
  return {
    ...commonOf(history, names, 'contract', change === 0 ? undefined : change),
    change,
    contractNumber: number,
    contractor: partyOf(history, contractor.code),
    subject,
    price: text.price,
    changed: changed && { was: changed.was, ground: changed.ground },
    startsOn,
    endsOn: text.endsOn,
    guarantee,
    paymentDays,
    // the price stands above, in figures and capitals
    terms: Object.entries(figures).flatMap(([key, value]) =>
      key === 'price' ? [] : [{ item: labels.get(key) ?? { zh: key, en: key }, value }],
    ),
    milestones: [...text.milestones],
    clauses: change === 0 ? clauses : '',
    sha256,
    tendereeSignedAt: signedBy('tenderee'),
    contractorSignedAt: signedBy('contractor'),
  };
}
