import { metrics, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type HistogramMetricData,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunEvent } from '../domain/event.ts';
import {
  answered,
  codeCandidate,
  decision,
  failed,
  plan,
  seat,
  task,
  verdict,
} from '../testing/builders.ts';
import { otelObserver } from './otel-observer.ts';

/** OpenTelemetry takes small numbers for times since the start of the process. */
const epoch = 1_700_000_000_000;
const secret = 'sk-secret-and-a-prompt';
const one = seat('primary-1', 'codex');
const other = seat('primary-2', 'mine');
const started = { type: 'run-started', task: task(secret), atMs: epoch + 1000 } as const;
const planned = { type: 'plan-made', value: plan([one, other]), atMs: epoch + 1010 } as const;
const answer = answered(one, secret, {
  tries: 2,
  durationMs: 1500,
  model: 'gpt-real',
  usage: { inputTokens: 12, outputTokens: 34 },
});
const events: readonly RunEvent[] = [
  planned,
  { type: 'attempt-started', seat: 'primary-1', runner: 'codex', atMs: epoch + 1100 },
  { type: 'text-arrived', seat: 'primary-1', text: secret, atMs: epoch + 1200 },
  {
    type: 'try-failed',
    seat: 'primary-1',
    tries: 1,
    failure: { kind: 'overloaded', message: secret },
    waitMs: 100,
    atMs: epoch + 1600,
  },
  { type: 'attempt-ended', seat: 'primary-2', value: notAsked(), atMs: epoch + 1650 },
  { type: 'attempt-ended', seat: 'primary-1', value: answer, atMs: epoch + 2600 },
  {
    type: 'verdict-given',
    seat: 'primary-1',
    value: verdict('primary-1', 'passed'),
    atMs: epoch + 2700,
  },
  {
    type: 'decision-made',
    value: decision(codeCandidate('primary-1', secret)),
    atMs: epoch + 2710,
  },
  { type: 'run-ended', status: 'degraded', atMs: epoch + 2720 },
];

function notAsked() {
  return { ...failed(other, 'not-installed'), tries: 0, durationMs: 0 };
}

const spans = new InMemorySpanExporter();
let measured: InMemoryMetricExporter;
let provider: MeterProvider;

beforeEach(() => {
  spans.reset();
  measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }),
  );
  provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: measured })],
  });
  metrics.setGlobalMeterProvider(provider);
});

afterEach(async () => {
  trace.disable();
  metrics.disable();
  await provider.shutdown();
});

const observe = otelObserver((runner) =>
  runner === 'codex'
    ? { provider: 'openai', model: 'gpt-asked' }
    : { provider: 'command', model: undefined },
);

async function tell(told: readonly RunEvent[] = events) {
  const looker = await observe({ id: 'abc', past: [started] });
  for (const event of told) looker.hear(event);
  looker.close();
  return spans.getFinishedSpans();
}

function named(all: readonly ReadableSpan[], name: string): ReadableSpan {
  const found = all.filter((span) => span.name === name);
  for (const span of found) return span;
  throw new Error(`no span ${name} among ${all.map((span) => span.name)}`);
}

const times = ({ startTime, endTime }: ReadableSpan) =>
  [startTime, endTime].map(([seconds, nanos]) => Math.round(seconds * 1000 + nanos / 1e6) - epoch);

test('otelObserver() makes a span of the run, of each seat, request and check, and of the decision', async () => {
  const all = await tell();
  const root = named(all, 'invoke_workflow orchestrator');
  const seatSpan = named(all, 'seat primary-1');
  const [first, second] = all.filter(({ name }) => name === 'chat gpt-asked');
  expect(root.attributes).toMatchObject({
    'gen_ai.operation.name': 'invoke_workflow',
    'orchestrator.run.id': 'abc',
    'orchestrator.run.status': 'degraded',
  });
  expect([root, seatSpan].map(times)).toEqual([
    [1000, 2720],
    [1100, 2700],
  ]);
  expect([first, second].map((span) => span && times(span))).toEqual([
    [1100, 1600],
    [1700, 2600],
  ]);
  expect(first?.attributes).toMatchObject({ 'error.type': 'overloaded' });
  expect(first?.attributes).not.toHaveProperty('gen_ai.usage.input_tokens');
  expect(second?.attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-asked',
    'gen_ai.response.model': 'gpt-real',
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.usage.output_tokens': 34,
    'orchestrator.purpose': 'answer',
    'orchestrator.runner': 'codex',
    'orchestrator.request.number': 2,
  });
  expect(times(named(all, 'check syntax'))).toEqual([2600, 2700]);
  const parents = Object.fromEntries(all.map((s) => [s.name, s.parentSpanContext?.spanId]));
  expect(parents).toMatchObject({
    'chat gpt-asked': seatSpan.spanContext().spanId,
    'check syntax': seatSpan.spanContext().spanId,
    'seat primary-2': root.spanContext().spanId,
    decide: root.spanContext().spanId,
  });
  expect(named(all, 'seat primary-2').attributes).toMatchObject({ 'error.type': 'not-installed' });
  expect(all).toHaveLength(7);
});

test('otelObserver() puts no text of a prompt, an answer or a failure anywhere', async () => {
  const all = await tell();
  const written = all.map(({ name, attributes, status, events: inner }) => [
    name,
    attributes,
    status,
    inner,
  ]);
  expect(written).toHaveLength(7);
  expect(JSON.stringify(written)).not.toContain(secret);
});

test('otelObserver() measures each request and its tokens by the names of the conventions', async () => {
  await tell();
  await provider.forceFlush();
  const all = measured
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  // Histograms are all that is made.
  const points = (name: string) =>
    (all.find(({ descriptor }) => descriptor.name === name) as HistogramMetricData).dataPoints;
  const durations = points('gen_ai.client.operation.duration');
  expect(durations.map(({ attributes, value }) => [attributes['error.type'], value.sum])).toEqual([
    ['overloaded', 0.5],
    [undefined, 0.9],
  ]);
  const tokens = points('gen_ai.client.token.usage');
  expect(
    tokens.map(({ attributes, value }) => [attributes['gen_ai.token.type'], value.sum]),
  ).toEqual([
    ['input', 12],
    ['output', 34],
  ]);
  expect(points('orchestrator.run.duration')[0]?.value.sum).toBe(1.72);
});

test('otelObserver() says of a run that is left that it was, and of one gone on with only what is done', async () => {
  const looker = await observe({ id: 'abc', past: [started, planned, ...events.filter(isAnswer)] });
  for (const event of events.slice(7)) looker.hear(event);
  looker.close();
  const again = spans.getFinishedSpans();
  expect(again.map(({ name }) => name)).toEqual(['decide', 'invoke_workflow orchestrator']);
  spans.reset();
  const left = await tell(events.slice(0, 3));
  expect(left.map(({ attributes }) => attributes['orchestrator.run.status'])).toEqual(['left']);
});

function isAnswer(event: RunEvent): event is Extract<RunEvent, { type: 'attempt-ended' }> {
  return event.type === 'attempt-ended';
}

test('otelObserver() plays a cassette to nobody: it measures nothing of it', async () => {
  const played = { ...answer, tries: 1, from: 'cassette' } as const;
  await tell([
    planned,
    { type: 'attempt-ended', seat: 'primary-1', value: played, atMs: epoch + 2600 },
    { type: 'run-ended', status: 'complete', atMs: epoch + 2720 },
  ]);
  await provider.forceFlush();
  const names = measured
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .map(({ descriptor }) => descriptor.name);
  expect(names).toEqual(['orchestrator.run.duration']);
});
