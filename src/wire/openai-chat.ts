import type { Usage } from '../domain/attempt.ts';
import type { FailureKind } from '../domain/failure.ts';
import { count, fields, list, text } from './json.ts';
import type { Finish, Piece, WireFormat, WireQuestion, WireRequest } from './wire-format.ts';

/** Finish reasons of OpenAI and of those who speak its format; any other word is a good end. */
const badFinish: Readonly<Record<string, FailureKind>> = {
  length: 'output-too-long',
  max_tokens: 'output-too-long',
  model_length: 'output-too-long',
  content_filter: 'refused',
  refusal: 'refused',
  safety: 'refused',
  sensitive: 'refused',
  error: 'broken-stream',
  abort: 'broken-stream',
  insufficient_system_resource: 'overloaded',
};

/** xAI's unit of money: this many make a US dollar. */
const ticksPerUsd = 1e10;

/** OpenAI's chat completions; `maxTokensField` names the field that limits an answer. */
export function openAiChat(
  maxTokensField: 'max_tokens' | 'max_completion_tokens' = 'max_tokens',
): WireFormat {
  return {
    keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
    headers: {},
    request: (question) => chatRequest(question, maxTokensField),
    readEvent: (chunk) => readChoice(chunk, 'delta'),
    readWhole: (body) => readChoice(body, 'message'),
  };
}

function chatRequest(question: WireQuestion, maxTokensField: string): WireRequest {
  const { maxOutputTokens, model, system, text: content } = question;
  const messages = [{ role: 'user', content }];
  return {
    path: '/chat/completions',
    body: JSON.stringify({
      model,
      messages: system === '' ? messages : [{ role: 'system', content: system }, ...messages],
      stream: true,
      // Without it no usage is streamed. A server that knows no such option ignores it.
      stream_options: { include_usage: true },
      [maxTokensField]: maxOutputTokens,
    }),
  };
}

function readChoice(chunk: unknown, part: 'delta' | 'message'): Piece {
  const { choices, model, usage } = fields<'choices' | 'model' | 'usage'>(chunk);
  const choice = fields<'delta' | 'message' | 'finish_reason'>(list(choices)[0]);
  const { content, refusal } = fields<'content' | 'refusal'>(choice[part]);
  const reason = text(choice.finish_reason);
  return {
    text: textOf(content),
    model: text(model),
    finish: text(refusal) ? { reason: 'refusal', meaning: 'refused' } : finishOf(reason),
    ...(usage ? { usage: usageOf(usage), costUsd: costOf(usage) } : undefined),
  };
}

/** Content is text, or a list of parts of which some are text and others thoughts. */
function textOf(content: unknown): string | undefined {
  if (!Array.isArray(content)) return text(content);
  return content.map((part) => text(fields<'text'>(part).text) ?? '').join('');
}

function finishOf(reason: string | undefined): Finish | undefined {
  return reason === undefined
    ? undefined
    : { reason, meaning: badFinish[reason.toLowerCase()] ?? 'complete' };
}

function usageOf(usage: unknown): Usage {
  const said = fields<'prompt_tokens' | 'completion_tokens' | 'total_tokens'>(usage);
  const inputTokens = count(said.prompt_tokens);
  const completion = count(said.completion_tokens);
  const total = count(said.total_tokens);
  if (inputTokens === null || completion === null || total === null)
    return { inputTokens, outputTokens: completion };
  // xAI leaves reasoning out of the completion, and nobody leaves it out of the total.
  return { inputTokens, outputTokens: Math.max(completion, total - inputTokens) };
}

function costOf(usage: unknown): number | undefined {
  const ticks = count(fields<'cost_in_usd_ticks'>(usage).cost_in_usd_ticks);
  return ticks === null ? undefined : ticks / ticksPerUsd;
}
