import { provideSoleSession } from '../parties/sole-session.ts';
import { providePeople } from '../tenders/lot-people.ts';
import { provideMethodCheck } from '../tenders/method-check.ts';
import { sittingMembers } from './member-reads.ts';
import { rememberedFindings } from './method-findings.ts';
import { EvaluationVersion, PanelMember } from './schema.ts';
import { evaluates } from './sitting-reads.ts';

// What earlier rooms ask of this one: who sits on a lot's panel, and whose seat is whose. Those who left keep the events of their own seat.
providePeople({
  panel: async (em, lot) => (await sittingMembers(em, lot)).flatMap(({ expert, user }) => [expert, user].filter((id) => id != null)),
  versions: async (em, lot) =>
    (await em.find(EvaluationVersion, { lot })).map(({ reopenedAt, reportedAt, candidatesAt }) => ({
      until: reopenedAt,
      reportedAt,
      candidatesAt: candidatesAt ?? null,
    })),
  seats: async (em, lot) =>
    new Map(
      (await em.find(PanelMember, { lot })).flatMap(({ id, expert, user }) => {
        const holder = expert ?? user;
        return holder ? [[id, holder] as const] : [];
      }),
    ),
});

// While a panel evaluates, each of its members works in one session.
provideSoleSession(evaluates);

// … and what a method of award does, before it is published.
provideMethodCheck(rememberedFindings);
