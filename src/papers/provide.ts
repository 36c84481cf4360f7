import { provideHallPaper } from '../openings/reads.ts';
import { publicPaper } from './reads.ts';
import './issue-papers.ts';

// What earlier rooms ask of this one.
provideHallPaper((em, lot, failed) => publicPaper(em, lot, failed ? 'failure-notice' : 'opening-record'));
