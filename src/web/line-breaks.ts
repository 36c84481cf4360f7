import type { NextFunction, Request, Response } from 'express';

/**
 * A browser sends the line breaks of a form as CR LF; whoever wrote and signed the words in the page had LF. Here they become what was written, so that
 * a signature over several lines holds.
 */
export const asWritten = (text: string): string => text.replaceAll('\r\n', '\n');

/** The same for a whole form that came url-encoded. */
export function lineBreaks(request: Request, _response: Response, next: NextFunction): void {
  if (request.is('urlencoded')) request.body = within(request.body);
  next();
}

function within(value: unknown): unknown {
  if (typeof value === 'string') return asWritten(value);
  if (Array.isArray(value)) return value.map(within);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, within(each)]));
  return value;
}
