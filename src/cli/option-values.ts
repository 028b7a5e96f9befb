import { configLimits } from '../config/limits.ts';
import {
  dollarsBounds,
  numberWithin,
  samplesBounds,
  secondsBounds,
  tokensBounds,
} from '../domain/bounds.ts';
import { type RouteWish, routeWishes } from '../domain/learning.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { type Mode, modes } from '../domain/mode.ts';
import { type SandboxWish, sandboxWishes } from '../domain/sandbox-wish.ts';
import { type ReplayPace, replayPaces } from '../domain/settings.ts';
import { type MergeWhen, mergeWhens, type SelectionOptions } from '../domain/task.ts';
import { isPostgresUrl, shownPostgresUrl } from '../lib/postgres-url.ts';
import { type LogLevel, logLevels } from '../telemetry/log-level.ts';

/** Reads the value of `--mode`; throws `bad-usage` for an unknown one. */
export function modeValue(text: string): Mode | 'auto' {
  const known = [...modes, 'auto' as const].find((mode) => mode === text.toLowerCase());
  if (known) return known;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --mode "${text}": wanted ${modes.join(', ')} or auto`,
  );
}

/** Reads the value of `--timeout`, in seconds, as milliseconds; throws `bad-usage` for any other text. */
export function timeoutValue(text: string): number {
  return secondsValue('--timeout', text);
}

/** Reads the value of `--check-timeout` in the same way. */
export function checkTimeoutValue(text: string): number {
  return secondsValue('--check-timeout', text);
}

/** Reads the value of `--drain-timeout` in the same way; 0 is no time at all. */
export function drainTimeoutValue(text: string): number {
  return text === '0' ? 0 : secondsValue('--drain-timeout', text);
}

function secondsValue(option: string, text: string): number {
  const { minSeconds, maxSeconds } = configLimits;
  const seconds = numberWithin(text, secondsBounds);
  if (seconds !== undefined) return Math.round(seconds * 1000);
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use ${option} "${text}": wanted seconds, from ${minSeconds} to ${maxSeconds}`,
  );
}

/** Reads the value of `--max-cost`, in US dollars; throws `bad-usage` for any other text. */
export function maxCostValue(text: string): number {
  const { maxDollars } = configLimits;
  const dollars = numberWithin(text, dollarsBounds);
  if (dollars !== undefined) return dollars;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --max-cost "${text}": wanted US dollars such as 0.50, from 0 to ${maxDollars}`,
  );
}

/** Reads the value of `--max-tokens`; throws `bad-usage` for any other text. */
export function maxTokensValue(text: string): number {
  const { maxBudgetTokens } = configLimits;
  const tokens = numberWithin(text, tokensBounds);
  if (tokens !== undefined) return tokens;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --max-tokens "${text}": wanted a whole number from 1 to ${maxBudgetTokens}`,
  );
}

/** Reads one more `--check`; throws `bad-usage` for an empty one, as an unset variable of a shell gives. */
export function commandValues(text: string, before: readonly string[] = []): readonly string[] {
  if (text.trim() !== '') return [...before, text];
  throw new OrchestratorError(
    'bad-usage',
    'Cannot use an empty --check: wanted a command line for the shell',
  );
}

/** Reads one more path; throws `bad-usage` for an empty one. */
export function pathValues(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, pathValue(text)];
}

/** Reads the value of `--retries`; throws `bad-usage` for any other text. */
export function retriesValue(text: string): number {
  const retries = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (retries <= configLimits.maxRetries) return retries;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --retries "${text}": wanted a whole number from 0 to ${configLimits.maxRetries}`,
  );
}

/** Reads the value of `--samples`: a count, or `name:count` separated by commas; throws `bad-usage` for any other text. */
export function samplesValue(text: string): NonNullable<SelectionOptions['samples']> {
  if (isSampleCount(text)) return Number(text);
  const pairs = text.split(',').map((part) => /^(.+):(\d+)$/.exec(part.trim()));
  const counts = new Map(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
  const fine = counts.size === pairs.length && [...counts.values()].every(isSampleCount);
  if (fine) return Object.fromEntries([...counts].map(([name, count]) => [name, Number(count)]));
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --samples "${text}": wanted a number from 1 to ${configLimits.maxSamples}, or such as claude-code:2,codex:1`,
  );
}

function isSampleCount(text: string): boolean {
  return numberWithin(text, samplesBounds) !== undefined;
}

/** Reads the value of `--merge`; throws `bad-usage` for an unknown one. */
export function mergeValue(text: string): MergeWhen {
  const known = mergeWhens.find((when) => when === text.toLowerCase());
  if (known) return known;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --merge "${text}": wanted ${mergeWhens.slice(0, -1).join(', ')} or ${mergeWhens.at(-1)}`,
  );
}

/** Reads the value of `--route`; throws `bad-usage` for an unknown one. */
export function routeValue(text: string): RouteWish {
  const known = routeWishes.find((wish) => wish === text.toLowerCase());
  if (known) return known;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --route "${text}": wanted ${routeWishes.join(' or ')}`,
  );
}

/** Reads the value of `--sandbox`; throws `bad-usage` for an unknown one. */
export function sandboxValue(text: string): SandboxWish {
  const known = sandboxWishes.find((wish) => wish === text.toLowerCase());
  if (known) return known;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --sandbox "${text}": wanted ${sandboxWishes.slice(0, -1).join(', ')} or ${sandboxWishes.at(-1)}`,
  );
}

/** Reads the value of `--replay-pace`; throws `bad-usage` for an unknown one. */
export function replayPaceValue(text: string): ReplayPace {
  const known = replayPaces.find((pace) => pace === text.toLowerCase());
  if (known) return known;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --replay-pace "${text}": wanted ${replayPaces.join(' or ')}`,
  );
}

/** Reads the value of `--history`: a path, or the address of a database; throws `bad-usage` for any other text. */
export function historyValue(text: string): string {
  if (!isPostgresUrl(text) || shownPostgresUrl(text) !== undefined) return pathValue(text);
  throw new OrchestratorError(
    'bad-usage',
    'Cannot use --history with an address that cannot be read: wanted such as postgres://user@host:5432/database',
  );
}

/** Reads a path as it is; throws `bad-usage` for an empty one, as an unset variable of a shell gives. */
export function pathValue(text: string): string {
  if (text.trim() !== '') return text;
  throw new OrchestratorError(
    'bad-usage',
    'Cannot use an empty path: wanted the path of a file or directory',
  );
}

/** Reads the value of `--log-level`; throws `bad-usage` for an unknown one. */
export function logLevelValue(text: string): LogLevel {
  const known = logLevels.find((level) => level === text.toLowerCase());
  if (known) return known;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --log-level "${text}": wanted ${logLevels.slice(0, -1).join(', ')} or ${logLevels.at(-1)}`,
  );
}

/** Makes the reader of an option that wants a whole number; it throws `bad-usage` for any other text. */
export function numberValue(option: string, from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    throw new OrchestratorError(
      'bad-usage',
      `Cannot use ${option} "${text}": wanted a whole number from ${from} to ${to}`,
    );
  };
}
