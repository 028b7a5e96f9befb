import { configLimits } from '../config/limits.ts';
import type { BudgetLimit } from '../domain/budget.ts';
import type { RunEvent } from '../domain/event.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Limits } from '../domain/settings.ts';
import type { ResumeOptions } from './orchestrator.ts';
import { count, positive } from './orchestrator-options.ts';
import { progressWriter } from './progress-writer.ts';
import type { AppRunOptions } from './run-task.ts';

/** What a run is told besides its task; throws `bad-usage` for numbers that cannot be used. */
export function hearing(options: ResumeOptions, onEvent: (event: RunEvent) => void): AppRunOptions {
  const show = options.verbose ? progressWriter() : undefined;
  return {
    signal: options.signal,
    limits: limitsOf(options),
    budget: budgetOf(options),
    onNotice: (line) => process.emitWarning(line),
    onEvent: (event) => {
      show?.(event);
      onEvent(event);
    },
  };
}

function limitsOf({ timeout, runTimeout, retries }: ResumeOptions): Partial<Limits> {
  return {
    ...(positive('timeout', timeout) && { timeoutMs: (timeout ?? 0) * 1000 }),
    ...(positive('runTimeout', runTimeout) && { runTimeoutMs: (runTimeout ?? 0) * 1000 }),
    ...(count('retries', retries) !== undefined && { retries: retries ?? 0 }),
  };
}

function budgetOf({ maxCost, maxTokens }: ResumeOptions): BudgetLimit {
  const { maxDollars } = configLimits;
  if (maxCost !== undefined && !(maxCost >= 0 && maxCost <= maxDollars)) {
    throw new OrchestratorError(
      'bad-usage',
      `Cannot use maxCost ${maxCost}: wanted US dollars from 0 to ${maxDollars}`,
    );
  }
  if (maxTokens === 0) {
    throw new OrchestratorError('bad-usage', 'Cannot use maxTokens 0: wanted at least 1');
  }
  return { costUsd: maxCost, tokens: count('maxTokens', maxTokens) };
}
