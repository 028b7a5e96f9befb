import type { Usage } from '../../domain/attempt.ts';
import { count, fields, text } from '../../wire/json.ts';
import type { Finish, Piece } from '../../wire/wire-format.ts';
import { failureOfThrown } from './failure-of-thrown.ts';

const nothing: Piece = {};

const meanings: Readonly<Record<string, Finish['meaning']>> = {
  stop: 'complete',
  'tool-calls': 'complete',
  length: 'output-too-long',
  'content-filter': 'refused',
  error: 'broken-stream',
  interrupted: 'broken-stream',
};

/** Reads one part of a model's stream, whichever version of the specification it has. */
export function readPart(part: unknown, nowMs: () => number): Piece {
  const { delta, error, finishReason, modelId, type, usage } = fields<
    'delta' | 'error' | 'finishReason' | 'modelId' | 'type' | 'usage'
  >(part);
  switch (type) {
    case 'text-delta':
      return { text: text(delta) };
    case 'response-metadata':
      return { model: text(modelId) };
    case 'finish':
      return { finish: finishOf(finishReason), usage: usageOf(usage), last: true };
    case 'error':
      return { failure: failureOfThrown(error, true, nowMs()) };
    default:
      return nothing;
  }
}

/** A word in v2; an object with our word and the vendor's since v3. */
function finishOf(finishReason: unknown): Finish {
  const { raw, unified } = fields<'raw' | 'unified'>(finishReason);
  const word = text(finishReason) ?? text(unified) ?? 'no reason given';
  return { reason: text(raw) ?? word, meaning: meanings[word] ?? 'unknown' };
}

function usageOf(usage: unknown): Usage {
  const { inputTokens, outputTokens } = fields<'inputTokens' | 'outputTokens'>(usage);
  return { inputTokens: totalOf(inputTokens), outputTokens: totalOf(outputTokens) };
}

/** A number in v2; an object with the total since v3. */
function totalOf(tokens: unknown): number | null {
  return count(tokens) ?? count(fields<'total'>(tokens).total);
}
