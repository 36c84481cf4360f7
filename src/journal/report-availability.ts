import { act } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { parseVerifierKey } from './checkpoint.ts';
import { fact } from './event.ts';
import { type ProbeStatement, signedStatementShape, statedUntil, statementDigest, statementIsBy } from './probe.ts';
import { probeUnknown, reportAhead, reportNotBelieved, reportRepeats } from './probe-problems.ts';
import { originOfNode, statesOf } from './probe-reads.ts';

/**
 * Takes a probe's signed statement into the journal. It authenticates itself. A probe speaks of each minute once; a statement that contradicts an
 * earlier one is taken too, once for its number, so that everybody sees it: neither counts then. The row of the probe is locked, and whoever
 * decides about a deadline locks it as well: what stands before the decision in the journal is what the decision saw.
 */
export const reportAvailability = act({
  name: 'report-availability',
  by: ['public'],
  says: { zh: '记录探测陈述', en: 'Record what a probe saw' },
  takes: signedStatementShape,
  async run({ em, now }, signed) {
    const { statement, signature } = signed;
    const rows = await em.execute<{ vkey: string; until: Date | string | null }[]>(
      'select vkey, until from probe where name = ? for update',
      [statement.probe],
    );
    const row = rows[0];
    const key = row && parseVerifierKey(row.vkey);
    if (!row || !key) throw probeUnknown();
    if (statement.platform !== (await originOfNode(em)) || !statementIsBy(signed, key)) throw reportNotBelieved();
    const until = statedUntil(statement);
    if (until > now) throw reportAhead();
    const contradicts = row.until !== null && statement.from < new Date(row.until).toISOString();
    if (contradicts) await mustContradict(em, statement);
    await em.execute(
      `insert into probe_report (probe, number, digest, "from", until, states, down, contradicts, slowest, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        statement.probe,
        statement.number,
        statementDigest(statement),
        statement.from,
        until,
        statement.states,
        statement.states.split('d').length - 1,
        contradicts,
        statement.slowest,
        now,
      ],
    );
    if (!contradicts) await em.execute('update probe set until = ? where name = ?', [until, statement.probe]);
    return {
      result: { probe: statement.probe, number: statement.number, digest: statementDigest(statement) },
      facts: [fact('probe.reported', {}, { probe: statement.probe, statement, signature })],
    };
  },
});

type EntityManager = Parameters<typeof originOfNode>[0];

/** Gone back to minutes already stated: only to contradict them, and only once for a number, so that nobody fills the journal that way. */
async function mustContradict(em: EntityManager, statement: ProbeStatement): Promise<void> {
  const twice = await em.execute<unknown[]>(
    'select 1 from probe_report where probe = ? and (digest = ? or (number = ? and contradicts)) limit 1',
    [statement.probe, statementDigest(statement), statement.number],
  );
  if (twice.length > 0) throw reportRepeats();
  const known = await em.execute<unknown[]>('select 1 from probe_report where probe = ? and number >= ? limit 1', [
    statement.probe,
    statement.number,
  ]);
  const before = await statesOf(em, statement.probe, statement.from as Instant, statedUntil(statement));
  const differs = [...statement.states].some((letter, step) => before[step] !== ' ' && before[step] !== letter);
  if (known.length === 0 || !differs) throw reportRepeats();
}
