import type { Line } from '../tenders/line.ts';
import { construction } from './construction/index.ts';
import { procurement } from './procurement/index.ts';

/** Every line the platform trades. A further line is one folder and one row here. */
export const lines: readonly Line[] = [construction, procurement];
