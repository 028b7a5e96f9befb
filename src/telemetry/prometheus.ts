import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RunObserver } from '../domain/run-observer.ts';
import { type Piece, runPieces } from './run-pieces.ts';

/** What is counted beside the runs at the moment of a look. */
export interface LiveCounts {
  readonly runs: () => number;
  readonly streams: () => number;
}

/** Counts of this process for Prometheus. */
export interface Prometheus {
  readonly observer: RunObserver;
  readonly contentType: string;
  /** Everything in Prometheus' text form. */
  text(live: LiveCounts): Promise<string>;
}

/** What counting needs. */
export interface PrometheusOptions {
  readonly version: string;
  /** Gives a runner's name where it is one of the settings, so that no request can make up labels. */
  readonly labelOf: (runner: string) => string;
}

/** In seconds: requests to models and runs take from a tenth of a second to ten minutes. */
const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640];

/** Begins to count. Labels are runners of the settings, kinds and states, so that their number is bounded. */
export function openPrometheus({ version, labelOf }: PrometheusOptions): Prometheus {
  const registry = new Registry();
  const counters = countersIn(registry);
  const build = new Gauge({
    name: 'orchestrator_build_info',
    help: 'Always 1; its labels say what runs',
    labelNames: ['version', 'node'],
    registers: [registry],
  });
  build.set({ version, node: process.versions.node }, 1);
  const live = gauge('orchestrator_runs_live', 'Runs that go on', registry);
  const streams = gauge('orchestrator_event_streams_open', 'Open event streams', registry);
  return {
    contentType: registry.contentType,
    observer: (run) => {
      const piecesOf = runPieces(run);
      return {
        hear: (event) => {
          for (const piece of piecesOf(event)) count(piece, counters, labelOf);
        },
        close: () => undefined,
      };
    },
    text: async (counts) => {
      live.set(counts.runs());
      streams.set(counts.streams());
      return registry.metrics();
    },
  };
}

type Counters = ReturnType<typeof countersIn>;

function countersIn(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  return {
    runs: counter('orchestrator_runs_total', 'Runs that ended, by how', ['status']),
    runSeconds: histogram('orchestrator_run_duration_seconds', 'Durations of runs', ['status']),
    attempts: counter(
      'orchestrator_attempts_total',
      'Times that a runner was asked for something, by the outcome: answered, or the kind of the failure',
      ['runner', 'outcome'],
    ),
    attemptSeconds: histogram(
      'orchestrator_attempt_duration_seconds',
      'Durations of attempts that asked somebody, retries included',
      ['runner'],
    ),
    tokens: counter('orchestrator_tokens_total', 'Tokens that vendors told', ['runner', 'type']),
    cost: counter('orchestrator_cost_usd_total', 'US dollars, as far as they are known', [
      'runner',
    ]),
  };
}

function gauge(name: string, help: string, registry: Registry): Gauge {
  return new Gauge({ name, help, registers: [registry] });
}

function count(piece: Piece, counters: Counters, labelOf: (runner: string) => string): void {
  const seconds = (piece.endMs - piece.startMs) / 1000;
  if (piece.kind === 'end') {
    const { status } = piece;
    counters.runs.inc({ status });
    counters.runSeconds.observe({ status }, seconds);
  }
  if (piece.kind !== 'call') return;
  const { attempt, requests } = piece;
  const runner = labelOf(attempt.runner);
  const outcome = attempt.status === 'answered' ? 'answered' : attempt.failure.kind;
  counters.attempts.inc({ runner, outcome });
  if (requests.length > 0) counters.attemptSeconds.observe({ runner }, seconds);
  counters.cost.inc({ runner }, attempt.spent?.costUsd ?? 0);
  if (attempt.status === 'failed') return;
  counters.tokens.inc({ runner, type: 'input' }, attempt.usage?.inputTokens ?? 0);
  counters.tokens.inc({ runner, type: 'output' }, attempt.usage?.outputTokens ?? 0);
}
