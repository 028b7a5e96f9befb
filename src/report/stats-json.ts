import type { ModelStats } from '../domain/stats.ts';
import { jsonText } from './json.ts';

/** Writes how models fared as the JSON text of `stats --json`; amounts that are unknown are null. */
export function statsJson(rows: readonly ModelStats[]): string {
  return jsonText({
    models: rows.map(({ winRate, latencyMs, cost, tokens, ...row }) => ({
      ...row,
      win_rate: winRate,
      latency: { p50: seconds(latencyMs.p50), p95: seconds(latencyMs.p95) },
      cost_per_answer: cost,
      tokens_per_answer: tokens,
    })),
  });
}

function seconds(durationMs: number | null): number | null {
  return durationMs === null ? null : durationMs / 1000;
}
