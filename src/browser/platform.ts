import type { Words } from '../kernel/words.ts';

/** A refusal by the platform: its name and its sentence in both languages. */
export class Refused extends Error {
  readonly problem: string;
  readonly status: number;
  readonly says: Words;
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const text = (...names: readonly string[]): string => names.map((name) => body[name]).find((each) => typeof each === 'string') ?? '';
    const says = { zh: text('detail', 'title'), en: text('detailEn', 'titleEn') };
    super(says.en);
    this.name = 'Refused';
    this.status = status;
    this.problem = text('type').replace('/problems/', '');
    this.says = says;
  }
}

export interface Question {
  /** JSON to send; its presence makes the request a POST */
  readonly body?: unknown;
  /** the form token of the page, for every POST */
  readonly csrf?: string;
}

/** Asks the API of the page's own node. Throws `Refused`, or what `fetch` throws when there is no connection. */
export async function ask<Answer>(path: string, { body, csrf }: Question = {}): Promise<Answer> {
  const response = await fetch(`/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cache: 'no-store',
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, (answer ?? {}) as Record<string, unknown>);
  return answer as Answer;
}

/** Whether an error means that nothing arrived: no connection, or one that broke. */
export const isOffline = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof DOMException && error.name === 'NetworkError');
