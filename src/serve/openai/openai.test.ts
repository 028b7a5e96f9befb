import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, streamText } from 'ai';
import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import { openApp } from '../../app/app.ts';
import { realClock } from '../../app/real-clock.ts';
import { builtInSettings } from '../../config/defaults.ts';
import {
  answers,
  fails,
  hangs,
  type Script,
  scriptedRunner,
} from '../../testing/scripted-runner.ts';
import { startServer } from '../start-server.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

const usage = { inputTokens: 10, outputTokens: 20 };
const code = answers('```js\nexport const add = (a, b) => a + b;\n```', { usage });

/** A server whose `general` tasks go to one scripted model. */
async function serve(script: Script = [code], more: { token?: string; rate?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'openai-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  const asked = scriptedRunner('a', script);
  const categories = [{ name: 'general', keywords: [], primaries: ['a'], validators: [] }];
  const history = { keep: true, path: join(folder, 'h.db'), retentionDays: undefined };
  const limits = { ...builtInSettings.limits, retries: 0 };
  const settings = {
    ...builtInSettings,
    runners: {},
    categories,
    history,
    limits,
    sandbox: 'none' as const,
  };
  const app = openApp(settings, { env: {}, runners: { a: asked } });
  undo.push(() => app.close());
  const server = await startServer(
    { app, clock: realClock },
    { host: '127.0.0.1', port: 0, token: undefined, allowHosts: [], version: '0', ...more },
  );
  undo.push(() => server.close(AbortSignal.abort()));
  const baseURL = `${server.url}/v1`;
  return { asked, baseURL, server, client: new OpenAI({ baseURL, apiKey: more.token ?? 'any' }) };
}

const model = 'orchestrator-simple';
const messages = [{ role: 'user', content: 'Write add' }] as const;

test("OpenAI's client gets an answer from chat completions, with the usage of all models", async () => {
  const { client } = await serve();
  const { choices, usage: sum } = await client.chat.completions.create({
    model,
    messages: [{ role: 'system', content: 'Be brief' }, ...messages],
  });
  expect(choices[0]?.message.content).toContain('export const add');
  expect(choices[0]?.finish_reason).toBe('stop');
  expect(sum).toEqual({ prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 });
});

test("OpenAI's client streams chat completions: progress as reasoning, then the answer", async () => {
  const { client } = await serve();
  const stream = client.chat.completions.stream({
    model,
    messages: [...messages],
    stream_options: { include_usage: true },
  });
  let reasoning = '';
  stream.on('chunk', (chunk) => {
    // The field is not OpenAI's own, though many servers have it.
    const delta = chunk.choices[0]?.delta as { readonly reasoning_content?: string } | undefined;
    reasoning += delta?.reasoning_content ?? '';
  });
  const { choices, usage: sum } = await stream.finalChatCompletion();
  expect(choices[0]?.message.content).toContain('export const add');
  expect(reasoning).toContain('a  answered');
  expect(sum?.total_tokens).toBe(30);
});

test("OpenAI's client gets an answer from responses, streaming and not", async () => {
  const { client } = await serve();
  const whole = await client.responses.create({ model, input: 'Write add' });
  expect(whole.output_text).toContain('export const add');
  expect(whole.usage?.total_tokens).toBe(30);
  const stream = client.responses.stream({
    model,
    input: [{ role: 'user', content: 'Write add' }],
  });
  const types = new Set<string>();
  stream.on('event', ({ type }) => types.add(type));
  const last = await stream.finalResponse();
  expect(last.output_text).toContain('export const add');
  expect(types).toContain('response.reasoning_summary_text.delta');
});

test('responses give back the metadata of the request, from the first event on', async () => {
  const { client } = await serve([code, code]);
  const asking = { model, input: 'Write add', metadata: { ticket: '42' } };
  const whole = await client.responses.create(asking);
  expect(whole.metadata).toEqual({ ticket: '42', run: expect.any(String) });
  const metadata: unknown[] = [];
  const stream = client.responses.stream(asking);
  stream.on('response.created', ({ response }) => metadata.push(response.metadata));
  metadata.push((await stream.finalResponse()).metadata);
  expect(metadata).toEqual([{ ticket: '42' }, { ticket: '42', run: expect.any(String) }]);
});

test.each([
  ['a number', { ticket: 42 }],
  ['a list', ['x']],
  ['a long key', { ['k'.repeat(65)]: 'x' }],
  ['a long text', { ticket: 'x'.repeat(513) }],
  ['17 pairs', Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'x']))],
])('responses refuse %s as metadata', async (_, metadata) => {
  const { client, asked } = await serve();
  // What the client's type forbids is what is tried.
  const asking = client.responses.create({ model, input: 'x', metadata: metadata as never });
  await expect(asking).rejects.toMatchObject({ status: 400, param: 'metadata' });
  expect(asked.prompts).toEqual([]);
});

test("OpenAI's client goes on with a conversation by giving back the whole output", async () => {
  const { client, asked } = await serve([code, code]);
  const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: 'Write add' }];
  const { output } = await client.responses.create({ model, input });
  const more = { role: 'user', content: 'Write it in Ruby' } as const;
  // What the client's type calls output is what it documents as input.
  const before = output as OpenAI.Responses.ResponseInputItem[];
  await client.responses.create({ model, input: [...input, ...before, more] });
  const prompt = asked.prompts.at(-1)?.text ?? '';
  expect(prompt).toContain('Write it in Ruby');
  expect(prompt).toContain('export const add');
});

const schema = { name: 'x', schema: { type: 'object' } };

test('a page of another site is refused in the shape of OpenAI as well', async () => {
  const { baseURL } = await serve();
  const answer = await fetch(`${baseURL}/models`, { headers: { origin: 'http://evil.example' } });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { code: 'foreign-origin' } });
});

test.each([
  ['chat/completions', 'tool_choice', { tool_choice: 'required' }],
  ['chat/completions', 'response_format.type', { response_format: { type: 'json_object' } }],
  ['chat/completions', 'modalities.0', { modalities: ['audio'] }],
  ['chat/completions', 'messages.0.content.0.type', { messages: [said('image_url')] }],
  ['responses', 'input.0.content.0.type', { input: [said('input_image')] }],
  ['responses', 'input.0.type', { input: [{ type: 'item_reference', id: 'msg_1' }] }],
  ['responses', 'tool_choice', { tool_choice: { type: 'function', name: 'f' } }],
  ['responses', 'text.format.type', { text: { format: { type: 'json_schema', ...schema } } }],
  ['responses', 'conversation', { conversation: 'conv_1' }],
])('%s refuses %s that it would answer wrongly', async (path, param, change) => {
  const { baseURL, asked } = await serve();
  const answer = await fetch(`${baseURL}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages, input: 'Write add', ...change }),
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { param, type: 'invalid_request_error' } });
  expect(asked.prompts).toEqual([]);
});

function said(type: string): object {
  return { role: 'user', content: [{ type }] };
}

test("OpenAI's client lists the models", async () => {
  const { client } = await serve();
  const { data } = await client.models.list();
  expect(data.map(({ id }) => id)).toEqual([
    'orchestrator-simple',
    'orchestrator-medium',
    'orchestrator-complex',
    'orchestrator-architectural',
  ]);
});

test.each([
  ['401 for a wrong token', { token: 'x' }, [code], OpenAI.AuthenticationError],
  ['404 for an unknown model', { model: 'gpt' }, [code], OpenAI.NotFoundError],
  [
    '400 for an image',
    { content: [{ type: 'image_url', image_url: { url: 'x' } }] },
    [code],
    OpenAI.BadRequestError,
  ],
  ['429 where every model is limited', {}, [fails('rate-limited')], OpenAI.RateLimitError],
  ['502 where every model fails', {}, [fails('unknown')], OpenAI.InternalServerError],
] as const)("OpenAI's client throws its own error on %s", async (_, change, script, kind) => {
  const { client, asked } = await serve(script, 'token' in change ? { token: 'right' } : {});
  const asking = client.chat.completions.create(
    {
      model: 'model' in change ? change.model : model,
      // A message that the types of the client allow in other protocols only.
      messages: [{ role: 'user', content: 'content' in change ? (change.content as never) : 'x' }],
    },
    'token' in change ? { headers: { authorization: 'Bearer wrong' } } : {},
  );
  await expect(asking).rejects.toBeInstanceOf(kind);
  // The client asks again by itself where it is not told otherwise, and each run is paid.
  expect(asked.prompts.length).toBeLessThanOrEqual(1);
});

test("OpenAI's client throws its own error where it asks too often", async () => {
  const { client } = await serve([code], { rate: 1 });
  await client.models.list();
  const again = client.models.list({ maxRetries: 0 });
  await expect(again).rejects.toBeInstanceOf(OpenAI.RateLimitError);
});

test.each(['chat', 'responses'] as const)(
  'a client that goes away from %s ends its run',
  async (kind) => {
    const { client, asked, server } = await serve([hangs('half')]);
    const gone = new AbortController();
    const options = { signal: gone.signal };
    const asking =
      kind === 'chat'
        ? client.chat.completions.create({ model, messages: [...messages], stream: true }, options)
        : client.responses.create({ model, input: 'x', stream: true }, options);
    const stream = await asking;
    const reading = (async () => {
      for await (const part of stream) if (JSON.stringify(part).includes('a  asked')) gone.abort();
    })();
    await reading.catch(() => undefined);
    await expect.poll(() => server.hub.count()).toBe(0);
    expect(asked.prompts).toHaveLength(1);
  },
);

test('a client whose time is over ends its run', async () => {
  const { client, server } = await serve([hangs()]);
  const asking = client.chat.completions.create(
    { model, messages: [...messages] },
    { timeout: 500, maxRetries: 0 },
  );
  await expect(asking).rejects.toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
  await expect.poll(() => server.hub.count()).toBe(0);
});

test("Vercel's AI SDK gets an answer and its reasoning from both protocols", async () => {
  const { baseURL } = await serve();
  const compatible = createOpenAICompatible({ name: 'orchestrator', baseURL, apiKey: 'any' });
  const chat = streamText({ model: compatible(model), prompt: 'Write add', maxRetries: 0 });
  expect(await chat.text).toContain('export const add');
  expect(await chat.reasoningText).toContain('a  answered');
  const openai = createOpenAI({ baseURL, apiKey: 'any' });
  const { text } = await generateText({ model: openai.responses(model), prompt: 'Write add' });
  expect(text).toContain('export const add');
});

test("Vercel's AI SDK throws its own error and asks once", async () => {
  const { baseURL, asked } = await serve([fails('unauthorized')]);
  const openai = createOpenAI({ baseURL, apiKey: 'any' });
  const asking = generateText({ model: openai.chat(model), prompt: 'x', maxRetries: 0 });
  await expect(asking).rejects.toBeInstanceOf(APICallError);
  expect(asked.prompts).toHaveLength(1);
});

test('curl reads the stream to its end', async () => {
  const { baseURL } = await serve();
  const body = JSON.stringify({ model, messages, stream: true });
  const { stdout } = await promisify(execFile)('curl', [
    ...['-sN', '-H', 'content-type: application/json', '-d', body],
    `${baseURL}/chat/completions`,
  ]);
  expect(stdout.trimEnd().endsWith('data: [DONE]')).toBe(true);
  expect(stdout).toContain('export const add');
});
