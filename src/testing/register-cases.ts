import { OrchestratorError } from '../domain/mistake.ts';

/** Where a suite registers its cases: those of Vitest, of `node:test` or of the like; the global ones when left out. */
export interface RegisterOptions {
  readonly describe?: ((title: string, body: () => void) => unknown) | undefined;
  readonly test?: ((title: string, body: () => Promise<void>) => unknown) | undefined;
}

/** A suite, and what is tested by it. */
export interface Suite<Case> {
  /** What every one of its kind is called: `history`. */
  readonly kind: string;
  readonly name: string;
  readonly cases: readonly Case[];
}

/** Registers the cases of a suite. Throws `bad-usage` when there is no `describe` and `test` to register with. */
export function registerCases<Case extends { readonly title: string }>(
  { kind, name, cases }: Suite<Case>,
  options: RegisterOptions,
  check: (each: Case) => Promise<void>,
): void {
  // What a test runner puts on the global object has no type here.
  const globals = globalThis as RegisterOptions;
  const { describe = globals.describe, test = globals.test } = options;
  if (!describe || !test) {
    throw new OrchestratorError(
      'bad-usage',
      `Cannot register the cases of "${name}": there is no global describe and test; those of Vitest or node:test are wanted in the options`,
    );
  }
  describe(`${kind} ${name}`, () => {
    for (const each of cases) test(each.title, () => check(each));
  });
}
