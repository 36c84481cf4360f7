import { provideLineNames } from '../rulebook/line-names.ts';
import { linesInUse } from './line.ts';

// What the rulebook asks of this room: for which lines a figure may be set.
provideLineNames(() => linesInUse().map(({ id, title }) => ({ id, title })));
