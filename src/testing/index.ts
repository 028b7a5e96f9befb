// biome-ignore-all lint/performance/noBarrelFile: The entry point of a published subpath.
/**
 * The testing kit, published as `multi-model-orchestrator/testing`: a runner that follows a script, a clock
 * that a test moves, values to start from, the suites that every runner and every history pass, and the fake servers and
 * programs that stand in for the vendors' own.
 */

export type {
  HeldRun,
  HistoryStore,
  HistoryTools,
  KeptEvent,
  RunQuery,
  RunState,
  RunSummary,
  StartEvent,
  Taking,
} from '../domain/history.ts';
export { type MemoryHistory, memoryHistory } from '../history/memory-history.ts';
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
export {
  describeHistory,
  type HistoryPlace,
} from './describe-history.ts';
export { type DescribeRunnerOptions, describeRunner } from './describe-runner.ts';
export type { Delivery, Speech } from './fake-cli/behaviour.ts';
export { type FakeCliOptions, type FakeVendor, fakeCli } from './fake-cli/fake-cli.ts';
export type { RegisterOptions } from './register-cases.ts';
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
export type { VendorFault, VendorReply, VendorUsage } from './vendor-servers/vendor-reply.ts';
export type { VendorRequest } from './vendor-servers/vendor-request.ts';
export {
  type VendorScript,
  type VendorServer,
  type VendorServerOptions,
  vendorServer,
} from './vendor-servers/vendor-server.ts';
export { type VirtualClock, type VirtualClockOptions, virtualClock } from './virtual-clock.ts';
