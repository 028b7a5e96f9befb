import type { PoolSample, RecordedTest } from './pool.ts';

/** One line of a pool: facts of a task, an answer to it, or both. */
export interface PoolRow {
  readonly id: string;
  readonly language: string | null;
  readonly prompt: string | null;
  readonly entryPoint: string | null;
  readonly hiddenTests: unknown;
  readonly visibleTests: unknown;
  readonly generatedTests: readonly RecordedTest[];
  readonly sample: PoolSample | null;
}

/** Reads one line of a pool, or tells why it is of no use. Never throws. */
export function readRow(line: string): PoolRow | { readonly because: string } {
  const row = objectOf(line);
  if (row === undefined) return { because: 'it is not a JSON object' };
  const id = textOf(row['task_id'] ?? row['question_id'] ?? row['id']);
  if (id === null) return { because: 'it has no task_id' };
  const sample = sampleOf(row);
  const prompt = textOf(row['prompt'] ?? row['task'] ?? row['question']);
  const generatedTests = recordedTests(row['generated_tests']);
  if (sample === null && prompt === null && !('generated_tests' in row)) {
    return { because: 'it has no prompt, no answer and no generated tests' };
  }
  return {
    id,
    language: textOf(row['language'])?.toLowerCase() ?? null,
    prompt,
    entryPoint: textOf(row['entry_point'] ?? row['fn_name']),
    hiddenTests: row['tests'] ?? null,
    visibleTests: row['visible_tests'] ?? null,
    generatedTests,
    sample,
  };
}

type Row = Readonly<Record<string, unknown>>;

function objectOf(line: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function sampleOf(row: Row): PoolSample | null {
  const rawOutput = typeof row['raw_output'] === 'string' ? row['raw_output'] : null;
  const code = typeof row['code'] === 'string' ? row['code'] : null;
  if (rawOutput === null && code === null) return null;
  const index = row['sample_index'];
  return {
    model: textOf(row['model']) ?? 'unnamed',
    index: typeof index === 'number' ? index : 0,
    rawOutput,
    code,
    passes: typeof row['passes'] === 'boolean' ? row['passes'] : null,
  };
}

function recordedTests(value: unknown): readonly RecordedTest[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown): readonly RecordedTest[] => {
    if (typeof each === 'string') return [{ test: each, count: 1 }];
    if (!isRow(each) || typeof each['test'] !== 'string') return [];
    const count = each['count'];
    return [{ test: each['test'], count: typeof count === 'number' ? count : 1 }];
  });
}
