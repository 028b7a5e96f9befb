/** Resolves as the promise does, or to undefined as soon as the signal aborts. */
export async function untilAborted<Value>(
  signal: AbortSignal,
  promise: Promise<Value>,
): Promise<Value | undefined> {
  if (signal.aborted) return undefined;
  const aborted = Promise.withResolvers<undefined>();
  const hear = (): void => aborted.resolve(undefined);
  signal.addEventListener('abort', hear);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', hear);
  }
}
