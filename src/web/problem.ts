import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { NextFunction, Request, Response } from 'express';
import { Problem, type ProblemKind, stateMovedOn } from '../kernel/problem.ts';

/** The only place that knows which HTTP status a refusal becomes (RFC 9457). */
const statusOf: Record<ProblemKind, number> = {
  refused: 409,
  invalid: 422,
  'not-found': 404,
  'not-permitted': 403,
  'not-signed-in': 401,
  conflict: 409,
  'too-many': 429,
  'too-large': 413,
  unavailable: 503,
};

export const statusOfProblem = (problem: Problem): number => statusOf[problem.definition.kind];

/** The JSON of a refusal: RFC 9457 members, plus both languages, the rule and its source, and the fields. */
export function problemBody(problem: Problem): Record<string, unknown> {
  const { rule, source, says, fields } = problem.detail;
  return {
    type: `/problems/${problem.problem}`,
    title: problem.title.zh,
    titleEn: problem.title.en,
    status: statusOfProblem(problem),
    instance: `urn:uuid:${crypto.randomUUID()}`,
    ...(says ? { detail: says.zh, detailEn: says.en } : {}),
    ...(rule ? { rule } : {}),
    ...(source ? { source: source.zh, sourceEn: source.en } : {}),
    ...(fields?.length ? { errors: fields.map(({ path, says: said }) => ({ pointer: path, detail: said.zh, detailEn: said.en })) } : {}),
  };
}

/**
 * What an error means to the asker: a Problem stays itself; a unique constraint is the database's last line saying that somebody was first.
 * Anything else is unknown: null, to be logged and answered without text.
 */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof UniqueConstraintViolationException) return stateMovedOn();
  return null;
}

/** Answers `application/problem+json`. */
export function sendProblem(response: Response, problem: Problem): void {
  response
    .status(statusOfProblem(problem))
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem)));
}

/** The last middleware of the API: known refusals by name, everything else as a bare 500 that is logged with its id. */
export function apiErrors(log: (line: string, error: unknown) => void) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    const problem = problemOf(error);
    if (response.headersSent) {
      next(error);
      return;
    }
    if (problem) {
      sendProblem(response, problem);
      return;
    }
    const id = crypto.randomUUID();
    log(`unknown failure ${id}`, error);
    response
      .status(500)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: '系统故障，已记录。',
          titleEn: 'Something failed on our side; it has been logged.',
          status: 500,
          instance: `urn:uuid:${id}`,
        }),
      );
  };
}
