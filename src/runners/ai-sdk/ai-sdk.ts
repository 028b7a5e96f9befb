import type { AttemptFailure } from '../../domain/failure.ts';
import type { AskContext, Outcome, Prompt, Runner } from '../../domain/runner.ts';
import { GatheredAnswer } from '../../wire/gathered-answer.ts';
import { redactFailure } from '../../wire/redact.ts';
import { failureOfThrown } from './failure-of-thrown.ts';
import type { LanguageModelLike, ProviderOptions, StreamReaderLike } from './language-model.ts';
import { readPart } from './read-part.ts';

/** What an adapted model is told. */
export interface AiSdkOptions {
  readonly maxOutputTokens?: number;
  /** Passed on to the model's provider as it is. */
  readonly providerOptions?: ProviderOptions;
  /** Keys that nothing may show, as the model does not tell its own. */
  readonly secrets?: readonly string[];
  /** Milliseconds since the epoch, to read a date in `Retry-After`. */
  readonly now?: () => number;
}

/**
 * Makes a runner of any language model of the Vercel AI SDK, of its specification v2, v3 or v4. Retries of
 * the SDK's own play no part, as they are made above the model.
 *
 * @example
 * orchestrator.runners['mistral'] = aiSdk('mistral', mistral('codestral-latest'));
 */
export function aiSdk(name: string, model: LanguageModelLike, options: AiSdkOptions = {}): Runner {
  const { secrets = [] } = options;
  return {
    name,
    streaming: true,
    available: () =>
      Promise.resolve({ status: 'available', where: `${model.provider} ${model.modelId}` }),
    ask: async (prompt, context) => {
      const outcome = await ask(prompt, context, { model, options });
      if (outcome.status === 'answered') return outcome;
      return { status: 'failed', failure: redactFailure(outcome.failure, secrets) };
    },
  };
}

interface Asked {
  readonly model: LanguageModelLike;
  readonly options: AiSdkOptions;
}

async function ask(prompt: Prompt, context: AskContext, asked: Asked): Promise<Outcome> {
  const { signal } = context;
  if (signal.aborted) return failed(cancelled);
  const { promise: aborted, resolve } = Promise.withResolvers<Outcome>();
  const abort = (): void => resolve(failed(cancelled));
  signal.addEventListener('abort', abort);
  try {
    // A model that does not heed its signal must not hold the caller.
    return await Promise.race([stream(prompt, context, asked), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

const cancelled: AttemptFailure = {
  kind: 'cancelled',
  message: 'Aborted before the answer was whole',
};

async function stream(prompt: Prompt, context: AskContext, asked: Asked): Promise<Outcome> {
  const nowMs = asked.options.now ?? Date.now;
  let began = false;
  try {
    const { stream: parts } = await asked.model.doStream(callOptions(prompt, context, asked));
    began = true;
    return await gather(parts.getReader(), context, nowMs);
  } catch (error) {
    return failed(context.signal.aborted ? cancelled : failureOfThrown(error, began, nowMs()));
  }
}

async function gather(
  reader: StreamReaderLike,
  { report, signal }: AskContext,
  nowMs: () => number,
): Promise<Outcome> {
  const leave = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', leave);
  try {
    const answer = new GatheredAnswer();
    while (!answer.isOver && !signal.aborted) {
      const { done, value } = await reader.read();
      if (done) break;
      const piece = readPart(value, nowMs);
      report(piece.text ? { type: 'text', text: piece.text } : { type: 'activity' });
      answer.add(piece);
    }
    return answer.outcome();
  } finally {
    signal.removeEventListener('abort', leave);
    leave();
  }
}

function callOptions({ system, text }: Prompt, { signal }: AskContext, { options }: Asked) {
  const { maxOutputTokens, providerOptions } = options;
  const user = { role: 'user' as const, content: [{ type: 'text' as const, text }] };
  return {
    prompt: system === '' ? [user] : [{ role: 'system' as const, content: system }, user],
    abortSignal: signal,
    includeRawChunks: false,
    ...(maxOutputTokens === undefined ? undefined : { maxOutputTokens }),
    ...(providerOptions === undefined ? undefined : { providerOptions }),
  };
}

function failed(failure: AttemptFailure): Outcome {
  return { status: 'failed', failure };
}
