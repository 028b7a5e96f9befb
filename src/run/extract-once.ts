import type { Attempt } from '../domain/attempt.ts';
import type { Candidate } from '../domain/candidate.ts';
import { extract } from '../extract/extract.ts';

/** What a run reads answers with. */
export interface ExtractTools {
  /** Takes the code out of an answer. */
  readonly extract: (attempt: Attempt) => Candidate;
}

/** Makes an `extract` that reads each attempt once: attempts do not change, and a run looks at them several times. */
export function extractOnce(): ExtractTools['extract'] {
  const known = new WeakMap<Attempt, Candidate>();
  return (attempt) => {
    const candidate = known.get(attempt) ?? extract(attempt);
    known.set(attempt, candidate);
    return candidate;
  };
}
