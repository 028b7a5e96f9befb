import type { Attributes, Histogram, Meter } from '@opentelemetry/api';
import { type AskedVendor, genAi } from './gen-ai-names.ts';
import type { Piece } from './run-pieces.ts';

/** The bounds that the conventions give for durations, in seconds. */
export const durationBounds: readonly number[] = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];

/** The bounds that the conventions give for tokens. */
const tokenBounds: readonly number[] = Array.from({ length: 14 }, (_, power) => 4 ** power);

type Call = Extract<Piece, { readonly kind: 'call' }>;

/** Makes what measures the requests and runs of one meter; an answer that nobody was asked for is not measured. */
export function runMetrics(
  meter: Meter,
  vendorOf: (runner: string) => AskedVendor,
): (piece: Piece) => void {
  const duration = meter.createHistogram(genAi.duration, {
    unit: 's',
    description: 'GenAI operation duration',
    advice: { explicitBucketBoundaries: [...durationBounds] },
  });
  const tokens = meter.createHistogram(genAi.tokenUsage, {
    unit: '{token}',
    description: 'Number of input and output tokens used',
    advice: { explicitBucketBoundaries: [...tokenBounds] },
  });
  const runs = meter.createHistogram('orchestrator.run.duration', {
    unit: 's',
    description: 'Duration of a run, by how it ended',
    advice: { explicitBucketBoundaries: [...durationBounds] },
  });
  return (piece) => {
    if (piece.kind === 'end') {
      const attributes = { 'orchestrator.run.status': piece.status };
      return runs.record((piece.endMs - piece.startMs) / 1000, attributes);
    }
    if (piece.kind === 'call' && !piece.attempt.from)
      measure(piece, vendorOf, { duration, tokens });
  };
}

function measure(
  { attempt, requests }: Call,
  vendorOf: (runner: string) => AskedVendor,
  { duration, tokens }: { readonly duration: Histogram; readonly tokens: Histogram },
): void {
  const { provider, model } = vendorOf(attempt.runner);
  const asked: Attributes = {
    [genAi.operation]: 'chat',
    [genAi.provider]: provider,
    ...(model !== undefined && { [genAi.requestModel]: model }),
  };
  const isNamed = attempt.status === 'answered' && attempt.model !== null;
  const answered = isNamed ? { ...asked, [genAi.responseModel]: attempt.model } : asked;
  for (const { failure, startMs, endMs } of requests) {
    const attributes = failure ? { ...asked, [genAi.errorType]: failure.kind } : answered;
    duration.record((endMs - startMs) / 1000, attributes);
  }
  if (attempt.status === 'failed') return;
  const { inputTokens = null, outputTokens = null } = attempt.usage ?? {};
  if (inputTokens !== null) tokens.record(inputTokens, { ...answered, [genAi.tokenType]: 'input' });
  if (outputTokens !== null)
    tokens.record(outputTokens, { ...answered, [genAi.tokenType]: 'output' });
}
