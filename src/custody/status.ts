import type { Instant } from '../kernel/clock.ts';

/** What the institution that runs a custodian sees of it: only what the program itself did and saw. */
export interface Standing {
  readonly trustee: { readonly index: number; readonly name: string };
  readonly council: string;
  readonly platform: string;
  readonly version: string;
  readonly startedAt: Instant;
  /** what starting up found amiss with the memory */
  finding: string | null;
  newest: { readonly size: number; readonly root: string; readonly at: Instant } | null;
  answered: number;
  /** refusals by name */
  readonly refused: Map<string, number>;
  readonly recent: { readonly at: Instant; readonly what: string; readonly about: string; readonly detail: string }[];
  orders: number;
  holds: number;
  clock: { readonly own: Instant; readonly others: Instant | null } | null;
  lastContact: Instant | null;
  trouble: string | null;
  log: { readonly entries: number; readonly head: string };
}

/** Keeps the newest of what happened, for the page. */
export function remember(standing: Standing, entry: Standing['recent'][number]): void {
  standing.recent.unshift(entry);
  standing.recent.length = Math.min(standing.recent.length, 20);
}

/** Metrics in the Prometheus text format. Names of lots and numbers of bids are not among them. */
export function metricsText(standing: Standing): string {
  const seconds = (at: Instant | null | undefined): number => (at ? Date.parse(at) / 1000 : 0);
  const lines: string[] = [];
  const metric = (name: string, type: 'gauge' | 'counter', help: string, values: readonly (readonly [string, number])[]): void => {
    lines.push(`# HELP yangguang_custodian_${name} ${help}`, `# TYPE yangguang_custodian_${name} ${type}`);
    for (const [labels, value] of values) lines.push(`yangguang_custodian_${name}${labels} ${value}`);
  };
  metric('info', 'gauge', 'Version and trustee.', [[`{version="${standing.version}",trustee="${standing.trustee.index}"}`, 1]]);
  metric('start_time_seconds', 'gauge', 'When the program started.', [['', seconds(standing.startedAt)]]);
  metric('checkpoint_size', 'gauge', 'Leaves of the largest tree seen and cosigned.', [['', standing.newest?.size ?? 0]]);
  metric('checkpoint_time_seconds', 'gauge', 'When that tree was seen.', [['', seconds(standing.newest?.at)]]);
  metric('last_contact_seconds', 'gauge', 'When the platform last answered.', [['', seconds(standing.lastContact)]]);
  metric('tasks_answered_total', 'counter', 'Tasks answered with a share since the start.', [['', standing.answered]]);
  const refused = [...standing.refused].map(([reason, count]) => [`{reason="${reason}"}`, count] as const);
  metric('tasks_refused_total', 'counter', 'Refusals by name since the start.', refused.length > 0 ? refused : [['{reason="none"}', 0]]);
  metric('orders_in_force', 'gauge', 'Orders of suspension in force.', [['', standing.orders]]);
  metric('lots_held', 'gauge', 'Lots held by the institution itself.', [['', standing.holds]]);
  metric('clock_seconds', 'gauge', 'The own clock at the last round.', [['', seconds(standing.clock?.own)]]);
  metric('clock_others_seconds', 'gauge', 'The other witnesses’ clocks on the evidence last judged.', [
    ['', seconds(standing.clock?.others)],
  ]);
  metric('log_entries', 'gauge', 'Entries of the log of evaluations.', [['', standing.log.entries]]);
  return `${lines.join('\n')}\n`;
}
