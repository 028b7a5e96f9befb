// The orchestrator.
export type { BatchCallOptions, BatchResult, BatchTask } from './app/batch-results.ts';
export { ExecutionMode } from './app/execution-mode.ts';
export {
  type LoadOptions,
  Orchestrator,
  type OrchestratorEvent,
  type ResumeOptions,
  type RunOptions,
  type RunsQuery,
  type StatsQuery,
} from './app/orchestrator.ts';
export type { OrchestratorOptions } from './app/orchestrator-options.ts';
export type { RunnerEntry } from './app/runner-entries.ts';
// Configuration.
export { type ConfigFile, defineConfig, type RunnerConfig } from './config/config-file.ts';
// Results.
export type { Usage } from './domain/attempt.ts';
// Runners of your own.
export {
  BaseModelRunner,
  type ExecuteAnswer,
  type ExecuteContext,
} from './domain/base-model-runner.ts';
export type { CodeFile } from './domain/candidate.ts';
export type { Synthesis } from './domain/decision.ts';
export type { RunEvent, RunStatus } from './domain/event.ts';
export type { Evidence } from './domain/evidence.ts';
// Failures and misuse.
export { type FailureKind, failureFacts } from './domain/failure.ts';
export type { RunState, RunSummary } from './domain/history.ts';
export { type MistakeCode, OrchestratorError } from './domain/mistake.ts';
export type { ModelOutput, OrchestratorResult, ValidationResult } from './domain/result.ts';
export type { AskContext, Outcome, Progress, Prompt, Runner } from './domain/runner.ts';
export type { ModelStats } from './domain/stats.ts';
export type { SourceFile } from './domain/task.ts';
export type { Finding, ReviewCode } from './domain/validation.ts';
