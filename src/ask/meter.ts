import type { Usage } from '../domain/attempt.ts';
import { type Amount, nothingSpent, type Spent } from '../domain/budget.ts';
import type { FailureKind } from '../domain/failure.ts';
import { type Price, priced, type Tokens } from '../domain/price.ts';
import type { Outcome, Progress, Prompt } from '../domain/runner.ts';
import { promptTokens, tokensIn, usualAnswerTokens } from '../domain/token-count.ts';

/** Failures of a request that no model has worked on, unless something of an answer was heard. */
const unpaid: ReadonlySet<FailureKind> = new Set([
  'not-installed',
  'not-signed-in',
  'unauthorized',
  'quota-exhausted',
  'rate-limited',
  'overloaded',
  'unknown-model',
  'input-too-long',
  'bad-usage',
  'network',
]);

/** What is known of a request before it is sent. */
export interface Metered {
  readonly prompt: Prompt;
  readonly price: Price | undefined;
  /** The most tokens of an answer; undefined where the vendor decides. */
  readonly maxOutputTokens?: number | undefined;
}

/** Counts what one request uses. */
export interface Meter {
  /** What it is expected to use. */
  readonly expected: Amount;
  /** Counts what is heard, and tells what has been used by then. */
  hear(progress: Progress): Spent;
  /** What it used in the end. */
  total(outcome: Outcome): Spent;
}

/**
 * Counts a request by what the vendor tells, and by the length of texts where it tells nothing. One that failed
 * without a sign is taken for what was expected, since a model may have thought all the time.
 */
export function meter({ prompt, price, maxOutputTokens }: Metered): Meter {
  const inputTokens = promptTokens(prompt);
  const counted = (usage: Tokens, isEstimate: boolean): Spent => ({
    costUsd: priced(usage, price),
    tokens: usage.inputTokens + usage.outputTokens,
    isEstimate,
  });
  const expected = counted({ inputTokens, outputTokens: usualAnswerTokens(maxOutputTokens) }, true);
  let toldTokens = 0;
  let untoldCharacters = 0;
  const soFar = (): Spent => {
    const outputTokens = toldTokens + tokensIn(untoldCharacters);
    return counted({ inputTokens, outputTokens }, true);
  };
  return {
    expected,
    hear: (progress) => {
      if (progress.type === 'text') untoldCharacters += progress.text.length;
      else if (progress.outputTokens !== undefined) {
        toldTokens = progress.outputTokens;
        untoldCharacters = 0;
      }
      return soFar();
    },
    total: (outcome) => {
      const isSilent = toldTokens === 0 && untoldCharacters === 0;
      if (outcome.status === 'answered') {
        const { costUsd, text, usage } = outcome;
        const spent = counted(
          ...whole(usage, { inputTokens, outputTokens: tokensIn(text.length) }),
        );
        return { ...spent, costUsd: costUsd ?? spent.costUsd };
      }
      if (!isSilent) return soFar();
      return unpaid.has(outcome.failure.kind) ? nothingSpent : { ...expected, isEstimate: true };
    },
  };
}

/** What the vendor told, completed by what was counted, and whether it had to be. */
function whole(
  told: Usage | null | undefined,
  counted: Tokens,
): readonly [usage: Tokens, isEstimate: boolean] {
  const inputTokens = told?.inputTokens ?? null;
  const outputTokens = told?.outputTokens ?? null;
  return [
    {
      inputTokens: inputTokens ?? counted.inputTokens,
      outputTokens: outputTokens ?? counted.outputTokens,
    },
    inputTokens === null || outputTokens === null,
  ];
}
