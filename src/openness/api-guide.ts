import { z } from 'zod';
import { type AnyEndpoint, allEndpoints } from '../kernel/endpoint.ts';
import type { Words } from '../kernel/words.ts';

/** One member of a body or an answer, flattened: `method.kind`, `rows[].id`. */
export interface Member {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
}

/** An endpoint as a person reads it; the whole of it stands in /api/openapi.json, made from the same schemas. */
export interface GuidedEndpoint {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly says: Words;
  /** `anyone`, `signed-in`, or the roles */
  readonly by: string | readonly string[];
  readonly query: readonly Member[];
  readonly body: readonly Member[];
  readonly files: readonly string[];
  readonly answer: readonly Member[];
  readonly download: boolean;
}

export interface GuideGroup {
  /** first part of the path: lots, session */
  readonly name: string;
  readonly endpoints: readonly GuidedEndpoint[];
}

let made: readonly GuideGroup[] | undefined;

/** The endpoints grouped by the first part of their path; made once, for they are all declared before the first visit. */
export function apiGuide(): readonly GuideGroup[] {
  made ??= guideOf();
  return made;
}

function guideOf(): readonly GuideGroup[] {
  const shown = allEndpoints().filter((each) => !each.pageOnly);
  const groups = Map.groupBy(shown, (each) => each.path.split('/')[1] ?? '');
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, endpoints]) => ({ name, endpoints: endpoints.map(guided) }));
}

function guided(each: AnyEndpoint): GuidedEndpoint {
  const posts = each.method === 'post';
  return {
    name: each.name,
    method: each.method.toUpperCase(),
    path: `/api${each.path}`,
    says: each.says,
    by: each.by,
    query: membersOf(each.query, 'input'),
    body: posts ? membersOf(each.body, 'input') : [],
    files: each.files ?? [],
    answer: each.download ? [] : membersOf(each.answer, 'output'),
    download: each.download ?? false,
  };
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

const deepest = 3;

function membersOf(schema: z.ZodType, io: 'input' | 'output'): readonly Member[] {
  return members(z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Schema, '', 0);
}

function members(schema: Schema, prefix: string, depth: number): Member[] {
  const own = withoutNull(schema);
  const needed = new Set(own.required ?? []);
  return Object.entries(own.properties ?? {}).flatMap(([name, inner]) => {
    const path = `${prefix}${name}`;
    const shape = withoutNull(inner);
    const below = shape.items ? withoutNull(shape.items) : shape;
    const deeper = below.properties && depth < deepest ? members(below, shape.items ? `${path}[].` : `${path}.`, depth + 1) : [];
    return [{ path, type: typeOf(inner), required: needed.has(name) }, ...deeper];
  });
}

/** Of `X | null` the X; other unions stay as they are. */
function withoutNull(schema: Schema): Schema {
  const choices = (schema.anyOf ?? []).filter((each) => each.type !== 'null');
  return choices.length === 1 && choices[0] ? choices[0] : schema;
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' | ');
  if (schema.items) return `${typeOf(schema.items)}[]`;
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  return typeof schema.type === 'string' ? schema.type : 'any';
}
