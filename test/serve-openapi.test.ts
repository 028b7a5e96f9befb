import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { fails } from '../src/testing/scripted-runner.ts';
import { type Sending, type Served, sent, served } from './served.ts';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

async function describedBy({ url }: Served): Promise<Described> {
  return JSON.parse((await sent(`${url}/api/openapi.json`)).body) as Described;
}

test('the API is described by a document that a validator of OpenAPI 3.1 takes', async () => {
  await using place = await served();
  const validator = new Validator();
  const result = await validator.validate({ ...(await describedBy(place)) });
  expect(result).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('the API says in its document that it wants a token, where it does', async () => {
  await using open = await served();
  expect(await describedBy(open)).not.toHaveProperty('security');
  const token = 'the-right-token-of-all';
  await using place = await served(undefined, { token });
  const headers = { authorization: `Bearer ${token}` };
  const { body } = await sent(`${place.url}/api/openapi.json`, { headers });
  expect(JSON.parse(body)).toMatchObject({
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  });
  expect(await new Validator().validate(JSON.parse(body))).toEqual({ valid: true });
});

/** Sends a request and holds its response against the document. */
async function checked(
  place: Served,
  path: string,
  { id = '', ...sending }: Sending & { id?: string } = {},
) {
  const { paths, components } = await describedBy(place);
  const got = await sent(place.url + path.replace('{id}', id), {
    headers: sending.body === undefined ? {} : { 'content-type': 'application/json' },
    ...sending,
  });
  const [bare = ''] = path.split('?');
  const operation = paths[bare]?.[(sending.method ?? 'GET').toLowerCase()];
  const response = operation?.responses[String(got.status)] ?? operation?.responses['default'];
  expect(response, `${path} describes ${got.status}`).toBeDefined();
  if (got.status === 204) return got;
  const [type = ''] = (got.headers['content-type'] ?? '').split(';');
  const schema = response?.content?.[type]?.schema;
  expect(schema, `${path} describes ${type}`).toBeDefined();
  if (!type.endsWith('json')) return got;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile({ ...schema, components });
  validate(JSON.parse(got.body));
  expect(validate.errors).toBeNull();
  return got;
}

const asking = {
  task: 'Write add',
  models: ['a'],
  merge: 'never',
  route: 'learned',
  max_cost: 5,
  max_tokens: 1_000_000,
  check_timeout: 5,
  timeout: 30,
};
const post = (body: unknown): Sending => ({ method: 'POST', body: JSON.stringify(body) });

test('every response of the API is as the document says', { timeout: 30_000 }, async () => {
  await using place = await served();
  const started = await checked(place, '/api/runs', post(asking));
  expect(started.status).toBe(201);
  const { id } = JSON.parse(started.body) as { readonly id: string };
  await checked(place, '/api/runs/{id}/events', { id });
  for (const path of [
    '/api/runs',
    '/api/runs?status=complete&limit=5',
    '/api/runs?limit=x',
    '/api/models',
  ])
    await checked(place, path);
  for (const path of ['/api/runs/{id}', '/api/runs/{id}/events']) {
    await checked(place, path, { id });
    await checked(place, path, { id: 'nothing' });
  }
  for (const verb of ['cancel', 'redecide', 'resume']) {
    await checked(place, `/api/runs/{id}/${verb}`, { ...post({}), id });
    await checked(place, `/api/runs/{id}/${verb}`, { ...post({}), id: 'nothing' });
  }
  await checked(place, '/api/route', post(asking));
  await checked(place, '/api/route', post({ ...asking, models: ['nobody'] }));
  expect((await checked(place, '/api/runs/{id}', { method: 'DELETE', id })).status).toBe(204);
  await checked(place, '/api/runs/{id}', { method: 'DELETE', id });
});

test('a run without an answer is as the document says', async () => {
  await using place = await served([fails('unauthorized')]);
  const { id } = JSON.parse((await checked(place, '/api/runs', post(asking))).body) as {
    readonly id: string;
  };
  await checked(place, '/api/runs/{id}/events', { id });
  await checked(place, '/api/runs/{id}', { id });
});

test.each([
  { max_cost: -1 },
  { max_tokens: 0 },
  { route: 'best' },
  { check_timeout: 0 },
  { timeout: 1e9 },
  { samples: 1000 },
])('a request with %j is refused as the document says', async (change) => {
  await using place = await served();
  const { status } = await checked(place, '/api/runs', post({ ...asking, ...change }));
  expect(status).toBe(400);
});
