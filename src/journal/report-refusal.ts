import { act } from '../kernel/act.ts';
import { parseVerifierKey } from './checkpoint.ts';
import { fact } from './event.ts';
import { refusalIsBy, refusalShape } from './refusal.ts';
import { refusalKnown, refusalNotBelieved } from './witness-problems.ts';

/** Records that a witness would not cosign, for everybody to see. The report authenticates itself; one about the same tree is recorded once. */
export const reportRefusal = act({
  name: 'report-refusal',
  by: ['public'],
  says: { zh: '记录见证方拒绝联署', en: 'Record that a witness refused to cosign' },
  takes: refusalShape,
  async run({ em }, report) {
    const witnesses = await em.execute<{ vkey: string }[]>('select vkey from journal_witness where removed_at is null for update');
    const by = witnesses.map(({ vkey }) => parseVerifierKey(vkey)).find((key) => key !== undefined && refusalIsBy(report, key));
    if (!by) throw refusalNotBelieved();
    const known = await em.execute<unknown[]>(
      `select 1 from journal_event where type = 'witness.refused' and body::jsonb #>> '{data,witness}' = ? and body::jsonb #>> '{data,reason}' = ?
       and body::jsonb #>> '{data,report,seen,root}' = ? limit 1`,
      [by.name, report.reason, report.seen.root],
    );
    if (known.length > 0) throw refusalKnown();
    return { result: { witness: by.name }, facts: [fact('witness.refused', {}, { witness: by.name, reason: report.reason, report })] };
  },
});
