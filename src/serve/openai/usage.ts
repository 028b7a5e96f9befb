import type { OrchestratorResult } from '../../domain/result.ts';

/** Tokens of all models of a run together, as far as they are known. */
export interface TokenSum {
  readonly input: number;
  readonly output: number;
}

/** Adds up the tokens that the models of a run told. */
export function tokenSum({ outputs }: OrchestratorResult): TokenSum {
  const sum = (pick: 'inputTokens' | 'outputTokens'): number =>
    outputs.reduce((total, { usage }) => total + (usage?.[pick] ?? 0), 0);
  return { input: sum('inputTokens'), output: sum('outputTokens') };
}
