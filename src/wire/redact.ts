import type { AttemptFailure } from '../domain/failure.ts';

/** Shorter values are words of the language rather than secrets. */
const secretMinLength = 4;

/** Replaces each secret in the text. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= secretMinLength)
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
}

/** The failure with every secret replaced, so that it may leave the runner. */
export function redactFailure(failure: AttemptFailure, secrets: readonly string[]): AttemptFailure {
  const { evidence, message } = failure;
  return {
    ...failure,
    message: redact(message, secrets),
    ...(evidence === undefined ? undefined : { evidence: redact(evidence, secrets) }),
  };
}
