import { allRules } from '../kernel/rule.ts';
import { rulebookMarkdown } from '../rulebook/print.ts';
import { allPhases, phases } from '../tenders/phases.ts';
import { lines } from './index.ts';

/** docs/rulebook.md as the loaded rooms declare it: load the house first, so that every rule has announced itself. */
export function rulebookPage(): string {
  return rulebookMarkdown({
    lines,
    phases: allPhases.map((code) => ({ code, ...phases[code] })),
    rules: allRules(),
  });
}
