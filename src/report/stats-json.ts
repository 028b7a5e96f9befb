import type { ModelStats } from '../domain/stats.ts';
import { jsonText } from './json.ts';

/** How one model fared in one category, as `stats --json` has it; times in seconds. */
export interface StatsRow extends Omit<ModelStats, 'winRate' | 'latencyMs' | 'cost' | 'tokens'> {
  readonly win_rate: ModelStats['winRate'];
  readonly latency: { readonly p50: number | null; readonly p95: number | null };
  readonly cost_per_answer: ModelStats['cost'];
  readonly tokens_per_answer: ModelStats['tokens'];
}

/** Shows how one model fared as a row of `stats --json`; amounts that are unknown are null. */
export function statsRow({ winRate, latencyMs, cost, tokens, ...row }: ModelStats): StatsRow {
  return {
    ...row,
    win_rate: winRate,
    latency: { p50: seconds(latencyMs.p50), p95: seconds(latencyMs.p95) },
    cost_per_answer: cost,
    tokens_per_answer: tokens,
  };
}

/** Writes how models fared as the JSON text of `stats --json`. */
export function statsJson(rows: readonly ModelStats[]): string {
  return jsonText({ models: rows.map(statsRow) });
}

function seconds(durationMs: number | null): number | null {
  return durationMs === null ? null : durationMs / 1000;
}
