import { OrchestratorError } from '../domain/mistake.ts';

/** Milliseconds of each unit. */
const units: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Reads a time in the past, `30d` or `2026-03-01`, as milliseconds since the epoch; throws `bad-usage` for any other text. */
export function pastValue(option: string, text: string, nowMs: number): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (count !== undefined) return nowMs - Number(count) * (units[unit] ?? 0);
  const date = /^\d{4}-\d\d-\d\d(T.*)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(date)) return date;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use ${option} "${text}": wanted such as 90m, 12h, 30d, 8w or 2026-03-01`,
  );
}
