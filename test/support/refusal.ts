import { Problem } from '../../src/kernel/problem.ts';

/** The name of the problem an attempt ends with, or `performed`; anything that is no refusal is thrown on. */
export const refusal = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'performed',
    (error: unknown) => {
      if (error instanceof Problem) return error.problem;
      throw error;
    },
  );
