import { DiagLogLevel, diag, metrics, trace } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { WantedSignals } from './wanted-signals.ts';

/** What registering needs. */
export interface OtlpOptions {
  readonly version: string;
  /** Is told what went wrong with an export. */
  readonly onError: (message: string) => void;
}

/**
 * Registers providers that export by OTLP over HTTP, as JSON. Where to, with what headers and for how long to try is read
 * by the exporters from OpenTelemetry's own variables.
 */
export function registerOtlp(
  { traces, metrics: isMeasured }: WantedSignals,
  { version, onError }: OtlpOptions,
): () => Promise<unknown> {
  const ignore = (): void => undefined;
  const logger = { error: onError, warn: ignore, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, DiagLogLevel.ERROR);
  const own = { 'service.name': 'orchestrator', 'service.version': version };
  const detected = detectResources({ detectors: [envDetector] });
  const resource = resourceFromAttributes(own).merge(detected);
  const ends: (() => Promise<unknown>)[] = [];
  if (traces) {
    const processor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter() });
    const provider = new TracerProvider({ resource, spanProcessors: [processor] });
    trace.setGlobalTracerProvider(provider);
    ends.push(() => provider.shutdown());
  }
  if (isMeasured) {
    const reader = new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() });
    const provider = new MeterProvider({ resource, readers: [reader] });
    metrics.setGlobalMeterProvider(provider);
    ends.push(() => provider.shutdown());
  }
  return () => Promise.allSettled(ends.map((end) => end()));
}
