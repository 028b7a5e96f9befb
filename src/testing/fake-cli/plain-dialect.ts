import type { Dialect } from './behaviour.ts';

/** A program that prints its answer, and tells errors on stderr. */
export const plainDialect: Dialect = {
  answer: (text) => ({ stdout: text, code: 0 }),
  truncated: (text) => ({ stdout: text.slice(0, text.length / 2), stderr: 'cut off\n', code: 1 }),
  glued: (text) => ({ stdout: text.slice(0, 10) + text, code: 0 }),
  error: (error, secret) => ({ stdout: '', stderr: `fake: ${error} ${secret}\n`, code: 1 }),
};
