// biome-ignore-all lint/performance/noBarrelFile: The entry point of a published subpath.
/**
 * The testing kit, published as `multi-model-orchestrator/testing`: a runner that follows a script, a clock
 * that a test moves, values to start from, and the suite that every runner passes.
 */
export {
  answered,
  codeCandidate,
  codeFile,
  decision,
  failed,
  noCandidate,
  plan,
  proseCandidate,
  review,
  runRecord,
  seat,
  task,
  verdict,
} from './builders.ts';
export { type DescribeRunnerOptions, describeRunner } from './describe-runner.ts';
export { type MemoryHistory, memoryHistory } from './memory-history.ts';
export { conformance, type RunnerScenario } from './runner-scenarios.ts';
export {
  type AnswerOptions,
  answers,
  type FailureOptions,
  fails,
  hangs,
  type Script,
  type ScriptedReply,
  type ScriptedRunner,
  type ScriptedRunnerOptions,
  scriptedRunner,
} from './scripted-runner.ts';
export { type VirtualClock, type VirtualClockOptions, virtualClock } from './virtual-clock.ts';
