import type { Usage } from '../domain/attempt.ts';
import { count, fields, list, text } from './json.ts';
import type { Finish, Piece, WireFormat } from './wire-format.ts';

const meanings: ReadonlyMap<string, Finish['meaning']> = new Map<string, Finish['meaning']>([
  ['STOP', 'complete'],
  ['MAX_TOKENS', 'output-too-long'],
  ['SAFETY', 'refused'],
  ['RECITATION', 'refused'],
  ['LANGUAGE', 'refused'],
  ['BLOCKLIST', 'refused'],
  ['PROHIBITED_CONTENT', 'refused'],
  ['SPII', 'refused'],
  ['MALFORMED_FUNCTION_CALL', 'broken-stream'],
  ['UNEXPECTED_TOOL_CALL', 'broken-stream'],
  ['OTHER', 'unknown'],
]);

/** Google's streamGenerateContent. */
export const geminiContent: WireFormat = {
  keyHeaders: (key) => ({ 'x-goog-api-key': key }),
  headers: {},
  request: ({ maxOutputTokens, model, system, text: asked }) => ({
    path: `/${modelPath(model)}:streamGenerateContent?alt=sse`,
    body: JSON.stringify({
      systemInstruction: system === '' ? undefined : { parts: [{ text: system }] },
      contents: [{ role: 'user', parts: [{ text: asked }] }],
      generationConfig: maxOutputTokens === undefined ? undefined : { maxOutputTokens },
    }),
  }),
  readEvent,
  readWhole: readEvent,
};

/** A model is `gemini-...`, or names its collection itself: `tunedModels/...`. */
function modelPath(model: string): string {
  const path = model.includes('/') ? model : `models/${model}`;
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Older models put their finish reason on every event, so that only the end of the stream is the end. */
function readEvent(event: unknown): Piece {
  const { candidates, modelVersion, promptFeedback, usageMetadata } = fields<
    'candidates' | 'modelVersion' | 'promptFeedback' | 'usageMetadata'
  >(event);
  const { content, finishReason } = fields<'content' | 'finishReason'>(list(candidates)[0]);
  const blocked = text(fields<'blockReason'>(promptFeedback).blockReason);
  return {
    text: textOf(fields<'parts'>(content).parts),
    model: text(modelVersion),
    usage: usageOf(usageMetadata),
    finish: blocked ? { reason: blocked, meaning: 'refused' } : finishOf(text(finishReason)),
  };
}

function textOf(parts: unknown): string | undefined {
  let answer: string | undefined;
  for (const part of list(parts)) {
    const { text: said, thought } = fields<'text' | 'thought'>(part);
    if (thought !== true && typeof said === 'string') answer = (answer ?? '') + said;
  }
  return answer || undefined;
}

function finishOf(reason: string | undefined): Finish | undefined {
  return reason === undefined || reason === 'FINISH_REASON_UNSPECIFIED'
    ? undefined
    : { reason, meaning: meanings.get(reason) ?? 'unknown' };
}

/** Thoughts are output, which the vendor counts apart. */
function usageOf(usage: unknown): Usage | undefined {
  if (!usage) return undefined;
  const said = fields<'promptTokenCount' | 'candidatesTokenCount' | 'thoughtsTokenCount'>(usage);
  const answer = count(said.candidatesTokenCount);
  const thoughts = count(said.thoughtsTokenCount);
  return {
    inputTokens: count(said.promptTokenCount),
    outputTokens: answer === null && thoughts === null ? null : (answer ?? 0) + (thoughts ?? 0),
  };
}
