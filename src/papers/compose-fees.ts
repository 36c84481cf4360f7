import { type ConductCode, conductWords } from '../appraisal/conduct.ts';
import { maskWords } from '../evaluation/mask.ts';
import { maskOf } from '../experts/call.ts';
import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { masksCarried } from './compose-evaluation.ts';
import { commonOf, partyOf, revealedIn, sourceOf } from './compose-facts.ts';
import type { FeeSheet } from './fee-sheet.ts';
import type { History } from './history.ts';
import type { Names } from './names.ts';

/** 评标劳务报酬表. Nobody is paid before the result is decided, and then the names are out. */
export function composeFeeSheet(history: History, names: Names): FeeSheet {
  const { data, at } = sourceOf<'fees.confirmed'>(history);
  const seats = history.all('panel.formed').flatMap((formed) => formed.data.seats);
  const calls = history.all('expert.called').map((called) => called.data.expert);
  const carried = masksCarried(history);
  const revealed = revealedIn(history);
  const on = dayOf(at as Instant);
  return {
    ...commonOf(history, names, 'fee-sheet'),
    payer: partyOf(history, data.payer),
    total: data.total,
    rows: data.fees.map(({ member, withheld, ...fee }) => {
      const kept = carried.get(member);
      const expert = seats.find((seat) => seat.member === member)?.expert ?? '';
      return {
        ...fee,
        seat: kept === undefined ? maskOf(calls.indexOf(expert) + 1) : maskWords(kept),
        name: revealed.get(expert)?.name ?? null,
        withheld: (withheld?.split(' ') ?? []).map((code) => conductWords(code as ConductCode, on).says),
      };
    }),
  };
}
