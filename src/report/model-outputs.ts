import type { Attempt } from '../domain/attempt.ts';
import type { CodeFile } from '../domain/candidate.ts';
import type { Seat } from '../domain/plan.ts';
import type { ModelOutput } from '../domain/result.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { failureLine } from './failure-text.ts';

/** Shows what each planned model brought: one row for each seat, the primaries, then the validators. */
export function outputsOf(record: RunRecord): readonly ModelOutput[] {
  const { seats } = record.plan;
  const inOrder = [
    ...seats.filter(({ role }) => role === 'primary'),
    ...seats.filter(({ role }) => role === 'validator'),
  ];
  return inOrder.map((seat) => outputOf(seat, record));
}

function outputOf(seat: Seat, record: RunRecord): ModelOutput {
  const attempt = record.attempts.find((each) => each.seat === seat.id) ?? notAsked(seat);
  const files = filesOf(seat, record);
  return {
    model: seat.runner,
    seat: seat.id,
    role: seat.role,
    success: attempt.status === 'answered',
    code: files[0]?.text ?? '',
    ...whatCame(attempt, seat),
    source: attempt.from ?? 'model',
    spared: (attempt.status === 'answered' && attempt.spared) || null,
    executionTime: attempt.durationMs / 1000,
    files,
    language: files[0]?.language ?? null,
    attempts: attempt.tries,
    checks: record.verdicts.find((verdict) => verdict.seat === seat.id)?.checks ?? [],
  };
}

type WhatCame = Pick<
  ModelOutput,
  'rawOutput' | 'error' | 'failureKind' | 'evidence' | 'usage' | 'cost' | 'answeredBy'
>;

function whatCame(attempt: Attempt, seat: Seat): WhatCame {
  if (attempt.status === 'answered')
    return {
      rawOutput: attempt.text,
      error: null,
      failureKind: null,
      evidence: null,
      usage: attempt.usage,
      cost: attempt.costUsd,
      answeredBy: attempt.model,
    };
  return {
    rawOutput: attempt.partialText,
    error: failureLine(attempt.failure, seat),
    failureKind: attempt.failure.kind,
    evidence: attempt.failure.evidence ?? null,
    usage: null,
    cost: null,
    answeredBy: null,
  };
}

// A run that was cut short may hold no row for a seat; it still gets one here.
function notAsked({ id, runner }: Seat): Attempt {
  const failure = { kind: 'cancelled', message: 'Not asked: the run ended before' } as const;
  return { status: 'failed', seat: id, runner, failure, partialText: '', tries: 0, durationMs: 0 };
}

function filesOf(seat: Seat, { candidates }: RunRecord): readonly CodeFile[] {
  const candidate = candidates.find((each) => each.seat === seat.id);
  return candidate?.status === 'code' ? candidate.files : [];
}
