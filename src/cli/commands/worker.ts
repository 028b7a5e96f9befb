import { once } from 'node:events';
import type { Command } from 'commander';
import { openEngine } from '../../app/open-engine.ts';
import { realClock } from '../../app/real-clock.ts';
import { requireSharedHistory } from '../../app/require-shared-history.ts';
import { configLimits } from '../../config/limits.ts';
import type { EngineWorker } from '../../domain/engine.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import type { RunObserver } from '../../domain/run-observer.ts';
import { shownRedisUrl } from '../../lib/redis-url.ts';
import { cancelOnSignals } from '../cancel-on-signals.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { openCliApp } from '../open-cli-app.ts';
import { drainTimeoutValue, logLevelValue, numberValue } from '../option-values.ts';
import type { CommandCall } from '../parse.ts';
import {
  declareConfigOption,
  declareEngineOption,
  declareHistoryFile,
  declareLimitOptions,
  declareLocalOptions,
  declareSandboxOption,
  type EngineOptions,
  type LogOptions,
  type SandboxOptions,
} from '../run-options.ts';
import { type WorkerLog, workerLog } from '../worker-log.ts';

/** Performs the runs of batches that others submit: `orchestrator worker`. */
export const workerCommand: CliCommand = { declare, run };

interface WorkerOptions extends SandboxOptions, LogOptions {
  readonly concurrency?: number;
  /** Milliseconds. */
  readonly drainTimeout?: number;
  readonly json?: true;
  /** True for the usual port. */
  readonly startRedis?: number | true;
}

const usualRedisPort = 6379;

/** Runs mostly wait for models. */
const usualConcurrency = 10;

/** Less than what those who run services give a process that they end. */
const usualDrainMs = 25_000;

function declare(command: Command): void {
  command.description(
    'Performs the runs of batches that are submitted to an engine, until it is told to end: then it takes no further run and lets those in hand end.',
  );
  declareEngineOption(command);
  declareHistoryFile(command);
  command
    .option(
      '--concurrency <count>',
      `runs at once; ${usualConcurrency} when left out`,
      numberValue('--concurrency', 1, configLimits.maxConcurrency),
    )
    .option(
      '--drain-timeout <seconds>',
      `for the runs in hand to end after a signal; ${usualDrainMs / 1000} when left out`,
      drainTimeoutValue,
    )
    .option(
      '--start-redis [port]',
      `start a Redis of its own, for development; on port ${usualRedisPort} when left out`,
      numberValue('--start-redis', 1, 65_535),
    )
    .option('--json', 'write the log as JSON lines')
    .option(
      '--log-level <level>',
      'log runs on stderr too: silent, info or debug; silent when left out',
      logLevelValue,
    );
  declareLimitOptions(command);
  declareLocalOptions(command);
  declareSandboxOption(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const options = command.opts<WorkerOptions>();
  const { concurrency = usualConcurrency, drainTimeout = usualDrainMs } = options;
  using cancellation = cancelOnSignals();
  await using opened = new AsyncDisposableStack();
  const engineOption = await startedRedis(options, opened, io);
  const observers = await runLogs(options, io);
  const app = await openCliApp({ ...command.opts(), ...engineOption }, io, { observers });
  opened.defer(() => app.close());
  const { engine: settings } = app.settings;
  if (settings.url === undefined) throw noEngine();
  requireSharedHistory(app.settings);
  if (options.sandbox !== undefined) await app.requireSandbox();
  await app.history();
  const log = workerLog(io, options.json === true);
  const onNotice = (message: string): void => log.tell({ type: 'notice', message });
  const engine = await openEngine(settings, { onNotice });
  opened.defer(() => engine.close());
  const performer = opened.use(app.performer({ onNotice }));
  const worker = await engine.work(log.logged(performer.perform), { concurrency });
  log.tell({ type: 'worker-started', engine: shownRedisUrl(new URL(settings.url)), concurrency });
  if (!cancellation.signal.aborted) await once(cancellation.signal, 'abort');
  await drain(worker, log, drainTimeout);
  return exitStatus.ok;
}

/** What looks on at the runs to log them. */
async function runLogs(
  { logLevel = 'silent' }: WorkerOptions,
  { stderr }: CommandIo,
): Promise<readonly RunObserver[]> {
  if (logLevel === 'silent') return [];
  const [{ openLog }, { runLog }] = await Promise.all([
    import('../../telemetry/open-log.ts'),
    import('../../telemetry/run-log.ts'),
  ]);
  return [runLog(openLog(logLevel, stderr))];
}

/** What `--start-redis` makes of `--engine`. */
async function startedRedis(
  { startRedis: port }: WorkerOptions,
  opened: AsyncDisposableStack,
  { env }: CommandIo,
): Promise<EngineOptions> {
  if (port === undefined) return {};
  const { startRedis } = await import('../../app/start-redis.ts');
  const redis = opened.use(await startRedis({ port: port === true ? usualRedisPort : port, env }));
  return { engine: redis.url };
}

async function drain(worker: EngineWorker, log: WorkerLog, limitMs: number): Promise<void> {
  log.tell({ type: 'worker-draining', jobs: log.inHand(), limitMs });
  const late = new AbortController();
  const cancel = realClock.after(limitMs, () => late.abort());
  await worker.drain(late.signal);
  cancel();
  log.tell({ type: 'worker-ended' });
}

function noEngine(): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    'Cannot work: there is no engine to take runs from, wanted --engine redis://HOST:6379',
    { hint: 'ORCHESTRATOR_ENGINE and "engine": { "url" } in your configuration name it as well' },
  );
}
