import * as z from 'zod';
import type { RunStatus } from '../domain/event.ts';
import { type FailureKind, failureFacts } from '../domain/failure.ts';
import type { Role } from '../domain/plan.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import { type ResultJson, resultJson } from './json.ts';

/** Where a row stands in its batch. */
export interface BatchRowPlace {
  readonly line: number;
  readonly id: string | null;
}

/** What a row of the results is made of. */
export type BatchRowParts = BatchRowPlace &
  (
    | { readonly status: 'ran'; readonly result: OrchestratorResult }
    | {
        readonly status: 'invalid' | 'not-run' | 'over-budget';
        readonly runId: string | null;
        readonly because: string;
      }
  );

/** One row of the results of a batch, as far as it is counted. */
export interface CountedRow extends BatchRowPlace {
  readonly run_id: string | null;
  readonly status: RunStatus | 'invalid' | 'not-run' | 'over-budget';
  readonly chosen: string | null;
  readonly needs_review: boolean;
  /** US dollars, of the calls whose price is known; null when there is none. */
  readonly cost: number | null;
  readonly unpriced_calls: number;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly failures: readonly {
    readonly model: string;
    readonly role: Role;
    readonly failure_kind: FailureKind;
  }[];
}

/** A row as it is written; `result` only where the whole result was asked for. */
export interface BatchRow extends CountedRow {
  readonly error: string | null;
  readonly mode: ResultJson['mode'] | null;
  readonly category: string | null;
  readonly verification: ResultJson['verification'] | null;
  readonly consensus_code: string;
  readonly files: ResultJson['files'];
  readonly execution_time: number | null;
  readonly result?: ResultJson;
}

const count = z.int().min(0);

/** What a batch counts of a row; the rest of it is for whoever reads the results. */
const countedRow: z.ZodType<CountedRow> = z.object({
  line: z.int().min(1),
  id: z.string().nullable(),
  run_id: z.string().nullable(),
  status: z.enum([
    'complete',
    'degraded',
    'failed',
    'cancelled',
    'invalid',
    'not-run',
    'over-budget',
  ]),
  chosen: z.string().nullable(),
  needs_review: z.boolean(),
  cost: z.number().nullable(),
  unpriced_calls: count,
  input_tokens: count.nullable(),
  output_tokens: count.nullable(),
  failures: z.array(
    z.object({
      model: z.string(),
      role: z.enum(['primary', 'validator']),
      // The keys of a table that is typed by the union are the members of the union.
      failure_kind: z.enum(Object.keys(failureFacts) as [FailureKind, ...FailureKind[]]),
    }),
  ),
});

/** Makes the row of what came of one task; `full` adds the whole result. */
export function batchRow(parts: BatchRowParts, full: boolean): BatchRow {
  const { line, id } = parts;
  if (parts.status !== 'ran') {
    const { because, runId, status } = parts;
    return { line, id, run_id: runId, status, error: because, ...emptyRow };
  }
  const json = resultJson(parts.result);
  const { metadata, outputs, validation } = json;
  const { category, consensus_code, execution_time, explanation, files, mode, verification } = json;
  const failed = outputs.flatMap(({ failure_kind, model, role }) =>
    failure_kind === null || failure_kind === 'not-needed' ? [] : [{ model, role, failure_kind }],
  );
  return {
    line,
    id,
    run_id: metadata.run_id,
    status: metadata.status,
    error: metadata.chosen === null ? explanation : null,
    mode,
    category,
    chosen: metadata.chosen,
    needs_review: validation?.needs_human_review ?? false,
    verification,
    consensus_code,
    files,
    ...amountsOf(json),
    execution_time,
    failures: failed,
    ...(full && { result: json }),
  };
}

/** Reads a row that was written; undefined for anything else. */
export function readBatchRow(text: string): CountedRow | undefined {
  try {
    return countedRow.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const emptyRow = {
  mode: null,
  category: null,
  chosen: null,
  needs_review: false,
  verification: null,
  consensus_code: '',
  files: [],
  cost: null,
  unpriced_calls: 0,
  input_tokens: null,
  output_tokens: null,
  execution_time: null,
  failures: [],
} as const;

type Amounts = Pick<BatchRow, 'cost' | 'unpriced_calls' | 'input_tokens' | 'output_tokens'>;

/** A sum of what is known; what nobody told is null and never zero. */
function amountsOf({ outputs }: ResultJson): Amounts {
  const asked = outputs.filter(({ attempts }) => attempts > 0);
  return {
    cost: sumOf(asked.map(({ cost }) => cost)),
    unpriced_calls: asked.filter(({ cost }) => cost === null).length,
    input_tokens: sumOf(asked.map(({ usage }) => usage?.input_tokens ?? null)),
    output_tokens: sumOf(asked.map(({ usage }) => usage?.output_tokens ?? null)),
  };
}

function sumOf(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : known.reduce((sum, amount) => sum + amount, 0);
}
