import type { ResultJson } from '../../../src/report/json.ts';

/** What one planned model brought. */
export type Output = ResultJson['outputs'][number];

/** What running the answers showed. */
export type EvidenceJson = NonNullable<ResultJson['evidence']>;

/** What validators and evidence say. */
export type ValidationJson = NonNullable<ResultJson['validation']>;

/** What several views on a design have in common, and where they part. */
export type SynthesisJson = NonNullable<ResultJson['metadata']['synthesis']>;

/** One file of an answer. */
export type FileJson = ResultJson['files'][number];

/** A model by its name, and by its seat where several seats have that name. */
export function outputName(output: Output, all: readonly Output[]): string {
  const isAlone = all.filter(({ model }) => model === output.model).length === 1;
  return isAlone ? output.model : `${output.model} (${output.seat})`;
}
