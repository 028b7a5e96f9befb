import type { AttemptFailure } from '../domain/failure.ts';

/** Characters of what is not known that are kept to look at. */
const evidenceMaxLength = 500;

/** An answer of a shape that is not known, with what shows it: a JSON text or a value of one. */
export function unknownAnswer(what: string, found: unknown): AttemptFailure {
  const evidence = typeof found === 'string' ? found : JSON.stringify(found);
  const message = `The answer has an unknown shape: ${what}`;
  return { kind: 'unknown', message, evidence: evidence.slice(0, evidenceMaxLength) };
}
