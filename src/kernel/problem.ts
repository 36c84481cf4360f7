import { fill, type Words } from './words.ts';

/**
 * What kind of refusal a problem is. Rooms name the kind; only the web room knows which HTTP status it becomes.
 * `refused` = a rule says no; `invalid` = the input cannot be read; `conflict` = the state has moved on.
 */
export type ProblemKind =
  | 'refused'
  | 'invalid'
  | 'not-found'
  | 'not-permitted'
  | 'not-signed-in'
  | 'conflict'
  | 'too-many'
  | 'too-large'
  | 'unavailable';

export interface ProblemDefinition {
  readonly name: string;
  readonly kind: ProblemKind;
  readonly title: Words;
}

const registry = new Map<string, ProblemDefinition>();

/** One thing wrong with one field of the input; `path` is dotted, as in the form and the JSON body. */
export interface FieldProblem {
  readonly path: string;
  readonly says: Words;
}

export interface ProblemDetail {
  /** id of the rule that refused, as printed in the rulebook */
  readonly rule?: string | undefined;
  /** where the rule comes from (law and article) */
  readonly source?: Words | undefined;
  /** the concrete sentence of this refusal; the title stands alone where it is missing */
  readonly says?: Words | undefined;
  readonly fields?: readonly FieldProblem[] | undefined;
  readonly values?: Readonly<Record<string, string | number>> | undefined;
}

/** An expected refusal, by name. Acts throw it (which rolls back); pure rules return it. */
export class Problem extends Error {
  readonly definition: ProblemDefinition;
  readonly detail: ProblemDetail;
  constructor(definition: ProblemDefinition, detail: ProblemDetail = {}) {
    super(`${definition.name}: ${detail.says?.en ?? definition.title.en}`);
    this.name = 'Problem';
    this.definition = definition;
    this.detail = detail;
  }
  get problem(): string {
    return this.definition.name;
  }
  get title(): Words {
    return this.detail.values ? fill(this.definition.title, this.detail.values) : this.definition.title;
  }
}

/** Declares a problem once; the list of all of them is printed at /problems and in docs/problems.md. */
export function problem(name: string, kind: ProblemKind, zh: string, en: string): (detail?: ProblemDetail) => Problem {
  if (registry.has(name)) throw new Error(`problem '${name}' is declared twice`);
  const definition: ProblemDefinition = { name, kind, title: { zh, en } };
  registry.set(name, definition);
  return (detail) => new Problem(definition, detail);
}

/** Every declared problem, by name (for pages, docs and the API description). */
export function allProblems(): readonly ProblemDefinition[] {
  return [...registry.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const invalidInput = problem(
  'invalid-input',
  'invalid',
  '填写内容有误，请按提示修改。',
  'Some fields cannot be accepted as they are.',
);
export const notFound = problem('not-found', 'not-found', '没有找到，或您无权查看。', 'There is no such thing, or you may not see it.');
export const notPermitted = problem('not-permitted', 'not-permitted', '您的角色不能进行此操作。', 'Your role may not do this.');
export const notSignedIn = problem('not-signed-in', 'not-signed-in', '请先登录。', 'Please sign in first.');
export const stateMovedOn = problem(
  'state-moved-on',
  'conflict',
  '状态已变化，请刷新后再试。',
  'The state has moved on; look again and retry.',
);
export const tooManyRequests = problem(
  'too-many-requests',
  'too-many',
  '操作过于频繁，请稍后再试。',
  'Too many requests; please wait a little.',
);
