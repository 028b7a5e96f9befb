/** Writes a time of ISO 8601 as the person's own place does: `23 Nov, 14:05`. */
export function timeText(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Writes a cost in US dollars; `unknown` where it is not known. */
export function costText(costUsd: number | null): string {
  if (costUsd === null) return 'unknown';
  if (costUsd === 0) return '$0';
  return `$${costUsd.toFixed(costUsd < 0.1 ? 4 : 2)}`;
}

/** Writes a share from 0 to 1 as a percentage. */
export function percentText(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
