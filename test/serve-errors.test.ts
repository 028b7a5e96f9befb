import { createOpenAI } from '@ai-sdk/openai';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { APICallError, generateText } from 'ai';
import OpenAI from 'openai';
import { expect, test, vi } from 'vitest';
import { answers, fails, hangs, type Script } from '../src/testing/scripted-runner.ts';
import { codeAnswer, type Served, sent, served } from './served.ts';

const model = 'orchestrator-simple';
const messages = [{ role: 'user' as const, content: 'Write add' }];
const token = 'the-right-token-of-all';
const right = [answers(codeAnswer)] as const;

const aiSdkCases: readonly (readonly [number, string, Script, string])[] = [
  [401, model, right, 'wrong'],
  [404, 'gpt-5', right, token],
  [429, model, [fails('rate-limited')], token],
  [502, model, [fails('unknown')], token],
];

test.each(aiSdkCases)(
  "Vercel's AI SDK tells a %d as its own error",
  async (status, name, script, apiKey) => {
    await using place = await served(script, { token });
    const openai = createOpenAI({ baseURL: `${place.url}/v1`, apiKey });
    for (const asked of [openai.chat(name), openai.responses(name)]) {
      const error = await generateText({ model: asked, prompt: 'x', maxRetries: 0 }).catch(
        (each: unknown) => each,
      );
      expect(APICallError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({
        statusCode: status,
        isRetryable: status === 429 || status >= 500,
      });
    }
  },
);

test.each(['cancelled', 'timed out'])(
  "a call of Vercel's AI SDK that is %s ends its run",
  async (how) => {
    const asked = Promise.withResolvers<void>();
    const script = (): ReturnType<typeof hangs> => {
      asked.resolve();
      return hangs();
    };
    await using place = await served(script);
    const openai = createOpenAI({ baseURL: `${place.url}/v1`, apiKey: 'any' });
    const gone = new AbortController();
    const abortSignal = gone.signal;
    const asking = generateText({
      model: openai.chat(model),
      prompt: 'x',
      abortSignal,
      maxRetries: 0,
    });
    asking.catch(() => undefined);
    await asked.promise;
    gone.abort(how === 'timed out' ? new DOMException('timeout', 'TimeoutError') : undefined);
    await expect(asking).rejects.toThrow(/abort|timeout/i);
    await expect.poll(() => place.server.hub.count()).toBe(0);
  },
);

async function mcpClient({ url }: Served, bearer: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '0' });
  const headers = { authorization: `Bearer ${bearer}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }),
  );
  return client;
}

test('a client of MCP with a wrong token, or that asks too often, is told by its own error', async () => {
  await using place = await served(right, { token, rate: 8 });
  await expect(mcpClient(place, 'wrong')).rejects.toThrow(/401|unauthorized/i);
  const client = await mcpClient(place, token);
  const often = async (): Promise<void> => {
    for (let call = 0; call < 20; call += 1) await client.listTools();
  };
  await expect(often()).rejects.toThrow(/429|too-many-requests/);
  await client.close();
});

test('a call of MCP gets its answer where the history could not keep the end of the run', async () => {
  await using place = await served(right, { token });
  const client = await mcpClient(place, token);
  const store = await place.app.history();
  const { events } = store;
  vi.spyOn(store, 'events').mockImplementation(async (id) =>
    (await events.call(store, id))?.filter(({ type }) => type !== 'run-ended'),
  );
  const asked = { task: 'Write add', models: ['a'], merge: 'never' };
  const { structuredContent } = await client.callTool({ name: 'run_task', arguments: asked });
  expect(structuredContent).toMatchObject({ status: 'complete', chosen: 'a' });
  await client.close();
});

test('a call of MCP whose time is over ends its run', async () => {
  await using place = await served([hangs()]);
  const client = await mcpClient(place, 'any');
  const arguments_ = { task: 'x', models: ['a'], merge: 'never' };
  const asking = client.callTool({ name: 'run_task', arguments: arguments_ }, { timeout: 300 });
  await expect(asking).rejects.toThrow(/timed out/i);
  await expect.poll(() => place.server.hub.count()).toBe(0);
  await client.close();
});

/** Both protocols, streamed. */
const streams = {
  '/v1/chat/completions': { model, messages, stream: true },
  '/v1/responses': { model, input: 'x', stream: true },
} as const;

const post = (place: Served, path: string, body: object) =>
  sent(place.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test.each(Object.entries(streams))(
  '%s tells a failure in the stream once it has begun',
  async (path, body) => {
    await using place = await served([fails('rate-limited')]);
    const got = await post(place, path, body);
    expect(got.status).toBe(200);
    expect(got.body).toMatch(/"type":"rate_limit_error"|"type":"response.failed"/);
    expect(got.body).not.toContain('response.completed');
  },
);

test.each(Object.entries(streams))(
  '%s refuses before a stream begins with a plain error',
  async (path, body) => {
    await using place = await served();
    const got = await post(place, path, { ...body, model: 'gpt-5' });
    expect(got.status).toBe(404);
    expect(got.headers['content-type']).toContain('application/json');
    expect(JSON.parse(got.body)).toMatchObject({
      error: { code: 'model_not_found', param: 'model' },
    });
  },
);

test("OpenAI's client throws its own error on a stream that fails", async () => {
  await using place = await served([fails('rate-limited')]);
  const client = new OpenAI({ baseURL: `${place.url}/v1`, apiKey: 'any' });
  const stream = await client.chat.completions.create({ model, messages, stream: true });
  const reading = (async () => {
    for await (const _ of stream);
  })();
  await expect(reading).rejects.toBeInstanceOf(OpenAI.APIError);
});

const tool = { type: 'function', function: { name: 'edit', parameters: { type: 'object' } } };

test.each([
  [
    'what editors send besides',
    {
      temperature: 0.2,
      top_p: 1,
      max_tokens: 100,
      stop: ['x'],
      seed: 1,
      user: 'me',
      tools: [tool],
      tool_choice: 'auto',
      metadata: { ticket: '42' },
      store: true,
      n: 1,
      unheard_of: 1,
    },
  ],
  [
    'null in place of what is left out',
    { stream: null, stream_options: null, n: null, temperature: null },
  ],
  [
    'parts of text',
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    },
  ],
  ['the role developer', { messages: [{ role: 'developer', content: 'Be brief' }, ...messages] }],
  [
    'a very long conversation',
    {
      messages: [
        ...Array.from({ length: 20_000 }, (_, at) => ({
          role: at % 2 ? 'assistant' : 'user',
          content: `${at}`,
        })),
        ...messages,
      ],
    },
  ],
])('chat completions take %s', async (_, change) => {
  await using place = await served();
  const got = await post(place, '/v1/chat/completions', { model, messages, ...change });
  expect(got.status, got.body).toBe(200);
});

test.each([
  ['no messages', { messages: [] }, 'messages'],
  ['no words', { messages: [{ role: 'user', content: '  ' }] }, 'messages'],
  ['no message of a person', { messages: [{ role: 'system', content: 'x' }] }, 'messages'],
  ['two answers', { n: 2 }, 'n'],
  ['a model that is no text', { model: 5 }, 'model'],
])('chat completions refuse %s and name it', async (_, change, param) => {
  await using place = await served();
  const got = await post(place, '/v1/chat/completions', { model, messages, ...change });
  expect(got.status).toBe(400);
  expect(JSON.parse(got.body)).toMatchObject({ error: { type: 'invalid_request_error', param } });
});

test.each([
  ['store', { store: true }, 200],
  [
    'parts of text',
    { input: [{ role: 'user', content: [{ type: 'input_text', text: 'x' }] }] },
    200,
  ],
  ['tools', { tools: [{ type: 'function', name: 'edit', parameters: {} }] }, 200],
  ['an earlier response', { previous_response_id: 'resp_1' }, 400],
  ['the background', { background: true }, 400],
  [
    'an image',
    { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'x' }] }] },
    400,
  ],
])('responses with %s', async (_, change, status) => {
  await using place = await served();
  const got = await post(place, '/v1/responses', { model, input: 'x', ...change });
  expect(got.status, got.body).toBe(status);
});
