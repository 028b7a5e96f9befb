import type { OnLooker, RunObserver } from '../domain/run-observer.ts';
import type { AskedVendor } from './gen-ai-names.ts';
import { runPieces } from './run-pieces.ts';

/** Under which OpenTelemetry's API keeps what is registered with it, for every copy of it in the process. */
const registry = Symbol.for('opentelemetry.js.api.1');

const nobody: OnLooker = { hear: () => undefined, close: () => undefined };

/**
 * Makes traces and metrics of runs, with the providers that are registered with OpenTelemetry's API; nothing is loaded
 * while there are none.
 */
export function otelObserver(vendorOf: (runner: string) => AskedVendor): RunObserver {
  return async (run) => {
    if (!(registry in globalThis)) return nobody;
    const { metrics, trace } = await import('@opentelemetry/api');
    const [{ runTrace }, { runMetrics }] = await Promise.all([
      import('./run-trace.ts'),
      import('./run-metrics.ts'),
    ]);
    const name = 'multi-model-orchestrator';
    const piecesOf = runPieces(run);
    const traced = runTrace(run, { tracer: trace.getTracer(name), vendorOf });
    const measure = runMetrics(metrics.getMeter(name), vendorOf);
    return {
      hear: (event) => {
        const pieces = piecesOf(event);
        traced.take(event, pieces);
        for (const piece of pieces) measure(piece);
      },
      close: traced.close,
    };
  };
}
