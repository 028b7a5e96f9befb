import { isMistakeCode, OrchestratorError } from './mistake.ts';

/** An error as data that crosses from one thread to another, where an error of our own would lose its code. */
export interface ToldError {
  readonly message: string;
  readonly code?: unknown;
  readonly hint?: unknown;
}

/** Makes data of what was thrown. */
export function toldError(error: unknown): ToldError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, code, hint }: ToldError = error;
  return { message, code, hint };
}

/** Makes an error of the data again: a mistake where it was one. */
export function errorTold({ message, code, hint }: ToldError): Error {
  if (!isMistakeCode(code)) return new Error(message);
  return new OrchestratorError(code, message, {
    hint: typeof hint === 'string' ? hint : undefined,
  });
}
