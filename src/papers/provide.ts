import { provideHallPaper } from '../openings/reads.ts';
import { providePaperWords } from '../supervision/paper-words.ts';
import { paperKinds, papers } from './index.ts';
import { invalidWords } from './outcome-words.ts';
import { publicPaper } from './reads.ts';
import './issue-papers.ts';

// What earlier rooms ask of this one.
provideHallPaper((em, lot, failed) => publicPaper(em, lot, failed ? 'failure-notice' : 'opening-record'));
providePaperWords({ titles: new Map(paperKinds.map((kind) => [kind, papers[kind].title])), invalid: invalidWords });
