import { expect, test } from 'vitest';
import { anthropicMessages } from './anthropic-messages.ts';
import { geminiContent } from './gemini-content.ts';
import { openAiChat } from './openai-chat.ts';
import { openAiResponses } from './openai-responses.ts';
import type { WireFormat, WireQuestion } from './wire-format.ts';

const question: WireQuestion = { system: 'S', text: 'T', model: 'm', maxOutputTokens: 9 };
const bare: WireQuestion = { ...question, system: '', maxOutputTokens: undefined };

function sent(format: WireFormat, asked: WireQuestion): unknown {
  const { body, path } = format.request(asked);
  return { path, ...JSON.parse(body) };
}

test('openAiChat() asks with messages, and for the usage', () => {
  const stream = { stream: true, stream_options: { include_usage: true } };
  expect(sent(openAiChat(), question)).toEqual({
    path: '/chat/completions',
    model: 'm',
    messages: [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'T' },
    ],
    max_tokens: 9,
    ...stream,
  });
  expect(sent(openAiChat({ maxTokensField: 'max_completion_tokens' }), bare)).toEqual({
    path: '/chat/completions',
    model: 'm',
    messages: [{ role: 'user', content: 'T' }],
    ...stream,
  });
});

test('openAiResponses asks for nothing to be stored', () => {
  const always = { path: '/responses', model: 'm', input: 'T', store: false, stream: true };
  const more = { instructions: 'S', max_output_tokens: 9 };
  expect(sent(openAiResponses, question)).toEqual({ ...always, ...more });
  expect(sent(openAiResponses, bare)).toEqual(always);
});

test('anthropicMessages always says how long the answer may be', () => {
  const messages = [{ role: 'user', content: 'T' }];
  const always = { path: '/messages', model: 'm', messages, stream: true };
  expect(sent(anthropicMessages, question)).toEqual({ ...always, system: 'S', max_tokens: 9 });
  expect(sent(anthropicMessages, bare)).toEqual({ ...always, max_tokens: 32_000 });
});

test('geminiContent names the model in the path', () => {
  const contents = [{ role: 'user', parts: [{ text: 'T' }] }];
  expect(sent(geminiContent, question)).toEqual({
    path: '/models/m:streamGenerateContent?alt=sse',
    systemInstruction: { parts: [{ text: 'S' }] },
    contents,
    generationConfig: { maxOutputTokens: 9 },
  });
  expect(sent(geminiContent, { ...bare, model: 'tunedModels/a b' })).toEqual({
    path: '/tunedModels/a%20b:streamGenerateContent?alt=sse',
    contents,
  });
});
