import { expect, test } from 'vitest';
import { wantedSignals } from './wanted-signals.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

test.each([
  [{}, false, false],
  [endpoint, true, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, true, false],
  [{ OTEL_METRICS_EXPORTER: 'otlp' }, false, true],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: 'none' }, false, true],
  [{ ...endpoint, OTEL_SDK_DISABLED: 'true' }, false, false],
  [{ OTEL_SERVICE_NAME: 'mine' }, false, false],
])('wantedSignals() reads %j as traces %s, metrics %s', (env, traces, metrics) => {
  expect(wantedSignals(env)).toEqual({ traces, metrics, notices: [] });
});

test('wantedSignals() says what cannot be had, once', () => {
  const { notices } = wantedSignals({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
  expect(notices).toHaveLength(1);
  expect(wantedSignals({ OTEL_TRACES_EXPORTER: 'console' })).toEqual({
    traces: false,
    metrics: false,
    notices: ['Exports no telemetry: OTEL_TRACES_EXPORTER is "console", wanted otlp or none'],
  });
});
