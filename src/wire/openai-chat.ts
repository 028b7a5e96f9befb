import type { Usage } from '../domain/attempt.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import { failureOfError } from './failure-of-error.ts';
import { count, fields, list, text } from './json.ts';
import { unknownAnswer } from './unknown-answer.ts';
import { vendorError } from './vendor-error.ts';
import type { Finish, Piece, WireFormat, WireQuestion, WireRequest } from './wire-format.ts';

/** Finish reasons of OpenAI and of those who speak its format, in small letters. */
const meanings: ReadonlyMap<string, Finish['meaning']> = new Map<string, Finish['meaning']>([
  ['stop', 'complete'],
  ['stop_sequence', 'complete'],
  ['end_turn', 'complete'],
  ['eos', 'complete'],
  ['eos_token', 'complete'],
  ['complete', 'complete'],
  ['completed', 'complete'],
  ['normal', 'complete'],
  ['tool_calls', 'complete'],
  ['function_call', 'complete'],
  ['length', 'output-too-long'],
  ['max_tokens', 'output-too-long'],
  ['max_output_tokens', 'output-too-long'],
  ['model_length', 'output-too-long'],
  ['content_filter', 'refused'],
  ['refusal', 'refused'],
  ['safety', 'refused'],
  ['recitation', 'refused'],
  ['sensitive', 'refused'],
  ['error', 'broken-stream'],
  ['network_error', 'broken-stream'],
  ['abort', 'broken-stream'],
  ['insufficient_system_resource', 'overloaded'],
]);

/** xAI's unit of money: this many make a US dollar. */
const ticksPerUsd = 1e10;

/** In what those differ who speak OpenAI's chat completions. */
export interface ChatFormat {
  /** The field that limits an answer, `max_tokens` when left out. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** Whether all pieces of an answer have one id; some servers give each its own. */
  readonly keepsId?: boolean;
}

/** OpenAI's chat completions. */
export function openAiChat({
  keepsId = false,
  maxTokensField = 'max_tokens',
}: ChatFormat = {}): WireFormat {
  return {
    keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
    headers: {},
    request: (question) => chatRequest(question, maxTokensField),
    readEvent: (chunk) => ({
      ...readChoice(chunk, 'delta'),
      id: keepsId ? text(fields<'id'>(chunk).id) : undefined,
    }),
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
  const choice = firstOf(list(choices));
  const { content, refusal } = fields<'content' | 'refusal'>(choice[part]);
  const error = choice.error ? vendorError(choice) : undefined;
  return {
    text: textOf(content),
    model: text(model),
    failure: error ? failureOfError(error) : oddContent(content),
    finish: text(refusal)
      ? { reason: 'refusal', meaning: 'refused' }
      : finishOf(choice.finish_reason),
    ...(usage ? { usage: usageOf(usage), costUsd: costOf(usage) } : undefined),
  };
}

type Choice = ReturnType<typeof fields<'delta' | 'error' | 'finish_reason' | 'index' | 'message'>>;

/** The one choice that was asked for, which not all servers number. */
function firstOf(choices: readonly unknown[]): Choice {
  const known = choices.map((each): Choice => fields(each));
  return known.find(({ index }) => !index) ?? {};
}

/** Parts of content, and whether they are of the answer; reasoning is not. */
const isAnswerPart: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [undefined, true],
  ['text', true],
  ['output_text', true],
  ['thinking', false],
  ['reasoning', false],
]);

/** Content is text, or a list of parts of which some are text and others thoughts. */
function textOf(content: unknown): string | undefined {
  if (!Array.isArray(content)) return text(content);
  return content
    .map((part) => fields<'text' | 'type'>(part))
    .map((part) => (isAnswerPart.get(part.type) ? (text(part.text) ?? '') : ''))
    .join('');
}

/** Text in a shape that is not known may be a part of the answer. */
function oddContent(content: unknown): AttemptFailure | undefined {
  if (content == null || typeof content === 'string') return undefined;
  if (!Array.isArray(content)) return unknownAnswer('content that is no text', content);
  const odd = content
    .map((part) => fields<'text' | 'type'>(part))
    .find((part) => part.text !== undefined && !isAnswerPart.has(part.type));
  return odd && unknownAnswer('a part of an unknown type', odd);
}

function finishOf(said: unknown): Finish | undefined {
  if (said == null || said === '') return undefined;
  const reason = String(said);
  // Google's own reason stands behind: `content_filter: SAFETY`.
  const [word = ''] = reason.toLowerCase().split(':');
  return { reason, meaning: meanings.get(word) ?? 'unknown' };
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
