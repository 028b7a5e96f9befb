import type { Expected } from '../domain/test-case.ts';
import { valueKey } from '../domain/value-key.ts';

/** One text for expectations that demand the same. */
export function demandKey(expected: Expected): string {
  return expected.kind === 'value' ? valueKey(expected.value) : JSON.stringify(expected);
}
