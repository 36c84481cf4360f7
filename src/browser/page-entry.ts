import { startClock } from './clock.ts';
import { refinePage } from './page.ts';

refinePage();
startClock('/clock');
