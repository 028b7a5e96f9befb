import type { Command } from 'commander';
import type { BudgetLimit } from '../domain/budget.ts';
import type { RouteWish } from '../domain/learning.ts';
import type { Mode } from '../domain/mode.ts';
import type { SandboxWish } from '../domain/sandbox-wish.ts';
import type { Limits, ReplayPace } from '../domain/settings.ts';
import type { MergeWhen, SelectionOptions } from '../domain/task.ts';
import type { LogLevel } from '../telemetry/log-level.ts';
import {
  checkTimeoutValue,
  commandValues,
  historyValue,
  maxCostValue,
  maxTokensValue,
  mergeValue,
  modeValue,
  pathValue,
  pathValues,
  replayPaceValue,
  retriesValue,
  routeValue,
  samplesValue,
  sandboxValue,
  timeoutValue,
} from './option-values.ts';

/** What decides who is asked. */
export interface PlanOptions {
  readonly mode?: Mode | 'auto';
  readonly models?: readonly string[];
  readonly validators?: readonly string[];
  readonly context?: readonly string[];
  readonly strict?: true;
  readonly route?: RouteWish;
  readonly config?: string;
}

/** What decides how the answer is selected. */
export interface SelectOptions {
  readonly samples?: NonNullable<SelectionOptions['samples']>;
  readonly adaptive?: boolean;
  readonly merge?: MergeWhen;
  /** False with `--no-model-tests`. */
  readonly modelTests?: boolean;
}

/** What every answer is checked with. */
export interface CheckOptions {
  readonly check?: readonly string[];
  readonly tests?: readonly string[];
  readonly checkIn?: string;
  /** Milliseconds for one check of one answer. */
  readonly checkTimeout?: number;
}

/** What decides in what code is run. */
export interface SandboxOptions {
  readonly sandbox?: SandboxWish;
}

/** What decides how long and how often. */
export interface LimitOptions {
  /** Milliseconds for each model. */
  readonly timeout?: number;
  readonly retries?: number;
}

/** What decides how much may be used. */
export interface BudgetOptions {
  /** US dollars. */
  readonly maxCost?: number;
  readonly maxTokens?: number;
}

/** What decides whether the model of this machine is asked. */
export interface LocalOptions {
  readonly local?: true;
  /** Says `local` as well. */
  readonly small?: true;
  readonly yes?: true;
}

/** What decides where runs are kept. */
export interface HistoryOptions {
  /** False with `--no-history`. */
  readonly history?: string | false;
}

/** What decides which answers are kept beside the history, and given again. */
export interface KeepOptions {
  readonly record?: string;
  readonly replay?: string;
  readonly replayPace?: ReplayPace;
  /** False with `--no-cache`. */
  readonly cache?: boolean;
}

/** What decides who hands runs to workers. */
export interface EngineOptions {
  readonly engine?: string;
}

/** What decides what is logged. */
export interface LogOptions {
  readonly logLevel?: LogLevel;
}

/** What decides what is shown and written. */
export interface OutputOptions {
  readonly json?: true;
  readonly verbose?: true;
  readonly output?: string;
  readonly force?: true;
}

/** Declares what `PlanOptions` reads. */
export function declarePlanOptions(command: Command): void {
  command
    .option('-m, --mode <mode>', 'simple, medium, complex, architectural or auto', modeValue)
    .option('--models <names...>', "ask these, in place of the category's")
    .option('--validators <names...>', "let these validate, in place of the category's")
    .option('-c, --context <files...>', 'text files that the models are shown')
    .option('--strict', 'never ask another model in place of one that is not available')
    .option(
      '--route <how>',
      'usual, or learned: by what the history says of the models',
      routeValue,
    );
  declareConfigOption(command);
}

/** Declares what `SelectOptions` reads. */
export function declareSelectOptions(command: Command): void {
  command
    .option(
      '--samples <count>',
      'answers of each model, or such as claude-code:2,codex:1',
      samplesValue,
    )
    .option(
      '--adaptive',
      'begin with one model, and ask the others only if that does not settle it',
    )
    .option('--merge <when>', 'write a merged answer: auto, never or always', mergeValue)
    .option('--no-model-tests', 'do not ask validators for tests');
}

/** Declares what `SandboxOptions` reads. */
export function declareSandboxOption(command: Command): void {
  command.option(
    '--sandbox <level>',
    'run code in this level at least: namespaces, kernel, seatbelt or runtime; auto; or none, without any',
    sandboxValue,
  );
}

/** Declares `--config`. */
export function declareConfigOption(command: Command): void {
  command.option('--config <file>', "configuration file, in place of the project's", pathValue);
}

/** Declares what `LimitOptions` reads. */
export function declareLimitOptions(command: Command): void {
  command
    .option('-t, --timeout <seconds>', 'for each model, its retries included', timeoutValue)
    .option('-r, --retries <count>', 'further requests after a transient failure', retriesValue);
}

/** The limits that the options name, in place of those that a run which is gone on with had. */
export function limitsOf({ timeout, retries }: LimitOptions): Partial<Limits> {
  return {
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(retries !== undefined && { retries }),
  };
}

/** Declares what `BudgetOptions` reads, for whatever the budget is of. */
export function declareBudgetOptions(command: Command, of: 'run' | 'batch' = 'run'): void {
  command
    .option('--max-cost <usd>', `spend no more than this on the ${of}, in US dollars`, maxCostValue)
    .option('--max-tokens <count>', `use no more tokens than this in the ${of}`, maxTokensValue);
}

/** The budget that the options name. */
export function budgetOf({ maxCost, maxTokens }: BudgetOptions): BudgetLimit {
  return { costUsd: maxCost, tokens: maxTokens };
}

/** Declares what `CheckOptions` reads. */
export function declareCheckOptions(command: Command): void {
  command
    .option('--check <command>', 'run this on every answer; may be repeated', commandValues)
    .option('--tests <file>', 'run these tests on every answer; may be repeated', pathValues)
    .option('--check-in <dir>', 'check in a copy of this folder', pathValue)
    .option('--check-timeout <seconds>', 'for one check of one answer', checkTimeoutValue);
}

/** Declares what `LocalOptions` reads. */
export function declareLocalOptions(command: Command): void {
  command
    .option('--local', 'ask a small model on this machine, downloaded once')
    .option('--small', 'the same with a smaller and quicker one')
    .option('-y, --yes', 'agree to the download of --local');
}

/** Declares what `HistoryOptions` reads. */
export function declareHistoryOptions(command: Command): void {
  declareHistoryFile(command);
  command.option('--no-history', 'keep nothing of this run');
}

/** Declares `--history`. */
export function declareHistoryFile(command: Command): void {
  command.option(
    '--history <place>',
    'keep runs in this file, or in postgres://user@host/database',
    historyValue,
  );
}

/** Declares what `KeepOptions` reads. */
export function declareKeepOptions(command: Command): void {
  command
    .option('--record <file>', 'record every request and its answer to this cassette', pathValue)
    .option('--replay <file>', 'play the answers of this cassette, asking nobody', pathValue)
    .option('--replay-pace <pace>', 'fast, or recorded: as it was recorded', replayPaceValue)
    .option('--cache', 'give answers of before again, and keep those that come')
    .option('--no-cache', 'ask every model');
}

/** Declares what `EngineOptions` reads. */
export function declareEngineOption(command: Command): void {
  command.option('--engine <url>', 'the Redis or Valkey that workers share: redis://HOST:6379');
}

/** Declares what `OutputOptions` reads. */
export function declareOutputOptions(command: Command): void {
  command
    .option('-o, --output <dir>', 'write the files of the answer into this directory', pathValue)
    .option('--force', 'let --output write over existing files')
    .option('--json', 'print the whole result as one JSON object')
    .option('-v, --verbose', 'tell every step on stderr');
}
