import type { Usage } from '../domain/attempt.ts';
import { count, fields, list, text } from './json.ts';
import type { Finish, Piece, WireFormat } from './wire-format.ts';

/** Tokens of an answer when nothing else is set, as the vendor wants a number; every model of today allows it. */
const defaultMaxTokens = 32_000;

const meanings: ReadonlyMap<string, Finish['meaning']> = new Map<string, Finish['meaning']>([
  ['end_turn', 'complete'],
  ['stop_sequence', 'complete'],
  ['tool_use', 'complete'],
  ['max_tokens', 'output-too-long'],
  ['model_context_window_exceeded', 'output-too-long'],
  ['refusal', 'refused'],
  ['pause_turn', 'broken-stream'],
]);

/** Anthropic's messages. */
export const anthropicMessages: WireFormat = {
  keyHeaders: (key) => ({ 'x-api-key': key }),
  headers: { 'anthropic-version': '2023-06-01' },
  request: ({ maxOutputTokens, model, system, text: content }) => ({
    path: '/messages',
    body: JSON.stringify({
      model,
      max_tokens: maxOutputTokens ?? defaultMaxTokens,
      system: system === '' ? undefined : system,
      messages: [{ role: 'user', content }],
      stream: true,
    }),
  }),
  readEvent,
  readWhole,
};

const nothing: Piece = {};

function readEvent(event: unknown): Piece {
  const { delta, message, type, usage } = fields<'delta' | 'message' | 'type' | 'usage'>(event);
  switch (type) {
    case 'content_block_delta': {
      const part = fields<'text' | 'type'>(delta);
      return part.type === 'text_delta' ? { text: text(part.text) } : nothing;
    }
    case 'message_start':
      return {
        begins: true,
        model: text(fields<'model'>(message).model),
        usage: usageOf(fields<'usage'>(message).usage),
      };
    case 'message_delta':
      return {
        finish: finishOf(fields<'stop_reason'>(delta).stop_reason),
        usage: usageOf(usage),
      };
    case 'message_stop':
      return { last: true };
    default:
      return nothing;
  }
}

function readWhole(body: unknown): Piece {
  const { content, model, stop_reason, usage } = fields<
    'content' | 'model' | 'stop_reason' | 'usage'
  >(body);
  const texts = list(content)
    .map((block) => fields<'text' | 'type'>(block))
    .map((block) => (block.type === 'text' ? (text(block.text) ?? '') : ''));
  return {
    text: texts.join(''),
    model: text(model),
    finish: finishOf(stop_reason),
    usage: usageOf(usage),
  };
}

function finishOf(stopReason: unknown): Finish | undefined {
  const reason = text(stopReason);
  return reason === undefined ? undefined : { reason, meaning: meanings.get(reason) ?? 'unknown' };
}

/** What was read from or written to the cache is input as well, which the vendor counts apart. */
function usageOf(usage: unknown): Usage | undefined {
  if (!usage) return undefined;
  const said = fields<
    'input_tokens' | 'cache_creation_input_tokens' | 'cache_read_input_tokens' | 'output_tokens'
  >(usage);
  const fresh = count(said.input_tokens);
  const cached =
    (count(said.cache_creation_input_tokens) ?? 0) + (count(said.cache_read_input_tokens) ?? 0);
  return {
    inputTokens: fresh === null ? null : fresh + cached,
    outputTokens: count(said.output_tokens),
  };
}
