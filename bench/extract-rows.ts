import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A recorded answer; `tests` and the verdicts serve the scoring and nothing else. */
export interface Row {
  readonly task_id: string;
  readonly language: string;
  readonly model: string;
  readonly prompt: string | null;
  readonly raw_output: string | null;
  readonly tests: string | null;
  /** The code as the authors of the set took it out. */
  readonly code?: string | null;
  readonly passes?: boolean | null;
  readonly passes_first_fence?: boolean | null;
  readonly passes_any?: boolean | null;
  readonly passes_by_extractor?: Readonly<Record<string, boolean>>;
}

/** Reads one set: JSON lines, compressed with gzip. Throws when the file is not there. */
export function readRows(folder: string, file: string): readonly Row[] {
  const text = gunzipSync(readFileSync(join(folder, file))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}
