import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { AnyEndpoint } from '../kernel/endpoint.ts';

const json = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: unknown;
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Parameter[] {
  const { properties = {}, required = [] } = json(schema, 'input') as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }));
}

const problems = {
  description: 'RFC 9457 problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function operationOf(endpoint: AnyEndpoint): Record<string, unknown> {
  const body = endpoint.method === 'post' ? json(endpoint.body, 'input') : null;
  const type = endpoint.files ? 'multipart/form-data' : 'application/json';
  const success = endpoint.download
    ? { description: 'file', content: { 'application/octet-stream': {} } }
    : { description: 'done', content: { 'application/json': { schema: json(endpoint.answer, 'output') } } };
  return {
    operationId: endpoint.name,
    summary: endpoint.says.zh,
    description: endpoint.says.en,
    tags: [endpoint.path.split('/')[1] ?? ''],
    parameters: [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')],
    ...(body ? { requestBody: { required: true, content: { [type]: { schema: body } } } } : {}),
    responses: { [endpoint.method === 'post' ? '201' : '200']: success, default: problems },
    ...(endpoint.by === 'anyone' ? { security: [] } : {}),
    'x-roles': endpoint.by,
  };
}

/** The OpenAPI 3.1 description of every endpoint, made from the same zod schemas that read the requests. */
export function openapi(endpoints: readonly AnyEndpoint[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    if (endpoint.pageOnly) continue;
    const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  const words = { type: 'string' };
  return {
    openapi: '3.1.0',
    info: {
      title: '阳光交易平台 Yangguang',
      version: '1',
      description: 'Everything a page can do, a program can do. Sign in with POST /api/session and send the token as a bearer.',
    },
    paths,
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status'],
          properties: {
            type: words,
            title: words,
            titleEn: words,
            status: { type: 'integer' },
            detail: words,
            detailEn: words,
            rule: words,
            source: words,
            sourceEn: words,
            instance: words,
            errors: { type: 'array', items: { type: 'object', properties: { pointer: words, detail: words, detailEn: words } } },
          },
        },
      },
    },
  };
}

/** GET /api/openapi.json */
export function openapiRouter(endpoints: readonly AnyEndpoint[]): Router {
  const router = express.Router();
  let made: string | undefined;
  router.get('/openapi.json', (_request: Request, response: Response) => {
    made ??= JSON.stringify(openapi(endpoints));
    response.type('json').send(made);
  });
  return router;
}
