/** What a log may hold of an error: its message can have a task or a secret in it. */
export interface ErrorFacts {
  readonly error: string;
  readonly code?: string | undefined;
  /** The places in our code, innermost first. */
  readonly at?: readonly string[] | undefined;
}

/** The most places that are told. */
const placesMaxCount = 8;

/** Tells of an error what kind it is and where it came from. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { readonly code?: unknown };
  const places = (error.stack ?? '')
    .split('\n')
    .flatMap((line) => /^ {4}at (.*)$/.exec(line)?.[1] ?? []);
  return {
    error: error.name,
    code: typeof code === 'string' ? code : undefined,
    at: places.slice(0, placesMaxCount),
  };
}
