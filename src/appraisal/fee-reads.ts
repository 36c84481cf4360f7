import type { EntityManager } from '@mikro-orm/postgresql';
import { sittingMembers } from '../evaluation/member-reads.ts';
import { DeskSitting, type PanelMember } from '../evaluation/schema.ts';
import type { Instant } from '../kernel/clock.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import type { Lot, Project } from '../tenders/schema.ts';
import { unpaid } from './conduct.ts';
import { type FeeParts, feeOf, minutesOf, type Stay } from './fee.ts';
import { ConductEntry } from './schema.ts';

/** The fee of one member, with what it follows from. */
export interface MemberFee extends FeeParts {
  readonly member: PanelMember;
  readonly minutes: number;
  /** codes of conduct for which nothing is paid */
  readonly withheld: readonly string[];
}

/** What the drawn experts of a panel are owed, from the log of their desks and from what was entered against them. The tenderee's own people are paid by nobody. */
export async function feesOf(em: EntityManager, lot: Lot, project: Project): Promise<MemberFee[]> {
  const members = (await sittingMembers(em, lot.id)).filter(({ expert }) => expert != null);
  const sittings = await em.find(DeskSitting, { lot: lot.id });
  const entries = await em.find(ConductEntry, { lot: lot.id, state: { $ne: 'struck' } });
  const on: DayString = dayOf(lot.reportedAt ?? project.registeredAt);
  return members.map((member) => {
    const own = sittings.filter((each) => each.member === member.id);
    const withheld = entries.filter((each) => each.member === member.id && unpaid.includes(each.code)).map(({ code }) => code);
    const end = member.signedAt ?? lot.reportedAt ?? null;
    const minutes = minutesOf(
      own.flatMap((sitting) => stayOf(sitting, end)),
      on,
    );
    const offSite = own.some(({ mainPlace }) => mainPlace === false);
    return { member, minutes, withheld, ...feeOf({ region: project.region, minutes, offSite, breach: withheld.length > 0, on }) };
  });
}

/** What is done at the desk is done when its member has signed the report, or was silent until it stood. */
function stayOf({ enteredAt, leftAt }: Pick<DeskSitting, 'enteredAt' | 'leftAt'>, end: Instant | null): Stay[] {
  const until = [leftAt, end].filter((each) => each != null).sort()[0];
  return until === undefined ? [] : [{ from: enteredAt, until }];
}
