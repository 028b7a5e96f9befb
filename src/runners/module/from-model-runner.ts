import type { BaseModelRunner, ExecuteAnswer } from '../../domain/base-model-runner.ts';
import type { AttemptFailure } from '../../domain/failure.ts';
import type { AskContext, Outcome, Prompt, Runner } from '../../domain/runner.ts';

/** Anything with the two members of a `BaseModelRunner`; being an instance of it is not asked for. */
export type ModelRunner = Pick<BaseModelRunner, 'name' | 'execute'>;

/**
 * Makes a runner of a model runner of the user's. What it throws is an `unknown` failure, an `AbortError` is
 * `cancelled`, and an answer of another shape is `bad-usage`.
 */
export function fromModelRunner(instance: ModelRunner): Runner {
  const { name } = instance;
  return {
    name,
    // It may give its text as it arrives, but need not.
    streaming: false,
    available: () => Promise.resolve({ status: 'available', where: name }),
    ask: async (prompt, context) => {
      if (context.signal.aborted) return failed(cancelled);
      try {
        return outcomeOf(name, await execute(instance, prompt, context));
      } catch (error) {
        return failed(failureOf(error));
      }
    },
  };
}

/** Whether a value can be made a runner. */
export function isModelRunner(value: unknown): value is ModelRunner {
  if (typeof value !== 'object' || value === null) return false;
  const { execute: call, name }: { execute?: unknown; name?: unknown } = value;
  return typeof name === 'string' && name !== '' && typeof call === 'function';
}

const cancelled: AttemptFailure = { kind: 'cancelled', message: 'Cancelled' };

/** Settles at the abort, also when the instance takes no notice of the signal. */
async function execute(
  instance: ModelRunner,
  { system, text }: Prompt,
  { limitMs, report, signal }: AskContext,
): Promise<unknown> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new DOMException('Cancelled', 'AbortError'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    const prompt = system === '' ? text : `${system}\n\n${text}`;
    const onText = (piece: string): void => report({ type: 'text', text: piece });
    const timeout = limitMs / 1000;
    return await Promise.race([
      instance.execute(prompt, { signal, timeout, onText }),
      aborted.promise,
    ]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function outcomeOf(name: string, answer: unknown): Outcome {
  if (!isAnswer(answer)) {
    const message = `execute() of ${name} gave ${typeof answer}; a string or an object with "text" is wanted`;
    return failed({ kind: 'bad-usage', message });
  }
  const known: ExecuteAnswer = typeof answer === 'string' ? { text: answer } : answer;
  if (known.text.trim() === '') {
    return failed({ kind: 'empty-answer', message: `${name} gave an answer without text` });
  }
  const { cost, model, text, usage } = known;
  return { status: 'answered', text, model, usage, costUsd: cost };
}

function isAnswer(answer: unknown): answer is string | ExecuteAnswer {
  if (typeof answer === 'string') return true;
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'text' in answer &&
    typeof answer.text === 'string'
  );
}

function failureOf(error: unknown): AttemptFailure {
  if (error instanceof Error && error.name === 'AbortError') return cancelled;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'unknown', message: message.replace(/\s+/g, ' ').trim() || 'It threw no message' };
}

function failed(failure: AttemptFailure): Outcome {
  return { status: 'failed', failure };
}
