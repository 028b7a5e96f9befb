import { failureOfError } from './failure-of-error.ts';
import { count, fields, list, text } from './json.ts';
import { vendorError } from './vendor-error.ts';
import type { Finish, Piece, WireFormat } from './wire-format.ts';

/** OpenAI's responses. */
export const openAiResponses: WireFormat = {
  keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
  headers: {},
  request: ({ maxOutputTokens, model, system, text: input }) => ({
    path: '/responses',
    body: JSON.stringify({
      model,
      instructions: system === '' ? undefined : system,
      input,
      max_output_tokens: maxOutputTokens,
      // The vendor need not keep what is asked.
      store: false,
      stream: true,
    }),
  }),
  readEvent,
  readWhole: (body) => ({ ...readEnd(body), text: outputText(body) }),
};

const nothing: Piece = {};

function readEvent(event: unknown): Piece {
  const { delta, response, type } = fields<'delta' | 'response' | 'type'>(event);
  switch (type) {
    case 'response.output_text.delta':
      return { text: text(delta) };
    case 'response.created':
      return { begins: true };
    case 'response.refusal.delta':
    case 'response.refusal.done':
      return { finish: { reason: 'refusal', meaning: 'refused' } };
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
    case 'response.done':
      return { ...readEnd(response), wholeText: outputText(response), last: true };
    default:
      return nothing;
  }
}

function readEnd(response: unknown): Piece {
  const { model, usage } = fields<'model' | 'usage'>(response);
  const said = fields<'input_tokens' | 'output_tokens'>(usage);
  return {
    model: text(model),
    ...(usage
      ? {
          usage: {
            inputTokens: count(said.input_tokens),
            outputTokens: count(said.output_tokens),
          },
        }
      : undefined),
    ...endOf(response),
  };
}

function endOf(response: unknown): Piece {
  const { error, incomplete_details, status } = fields<'error' | 'incomplete_details' | 'status'>(
    response,
  );
  if (status === 'failed' || error) {
    const seen = vendorError({ error }) ?? { message: 'the response failed', names: [] };
    return { failure: failureOfError(seen) };
  }
  if (status === 'completed' && !incomplete_details) {
    return {
      finish: { reason: 'completed', meaning: isWhole(response) ? 'complete' : 'broken-stream' },
    };
  }
  if (status !== 'completed' && status !== 'incomplete') return nothing;
  return { finish: incomplete(text(fields<'reason'>(incomplete_details).reason)) };
}

/** Whether no message says that it is not complete. */
function isWhole(response: unknown): boolean {
  return list(fields<'output'>(response).output)
    .map((item) => fields<'status' | 'type'>(item))
    .every(({ status, type }) => type !== 'message' || (status ?? 'completed') === 'completed');
}

function incomplete(reason = 'incomplete'): Finish {
  if (reason === 'max_output_tokens') return { reason, meaning: 'output-too-long' };
  if (reason === 'content_filter') return { reason, meaning: 'refused' };
  return { reason, meaning: 'broken-stream' };
}

function outputText(response: unknown): string {
  return list(fields<'output'>(response).output)
    .flatMap((item) => list(fields<'content'>(item).content))
    .map((part) => fields<'text' | 'type'>(part))
    .map((part) => (part.type === 'output_text' ? (text(part.text) ?? '') : ''))
    .join('');
}
