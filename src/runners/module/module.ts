import type { Availability, Unavailable } from '../../domain/availability.ts';
import type { Outcome, Runner } from '../../domain/runner.ts';
import type { ModuleSettings, RunnerFactory } from '../../domain/runner-settings.ts';
import { fromModelRunner, isModelRunner, type ModelRunner } from './from-model-runner.ts';

/** A model runner of the user's, loaded when it is first needed. */
export const moduleRunner: RunnerFactory<ModuleSettings> = (name, { url }) => {
  let loading: Promise<Runner | Unavailable> | undefined;
  const loaded = (): Promise<Runner | Unavailable> => {
    loading ??= load(url)
      .then(fromModelRunner)
      .catch((error: unknown) => unusable(url, error));
    return loading;
  };
  return {
    name,
    streaming: false,
    available: async (): Promise<Availability> => {
      const found = await loaded();
      return 'ask' in found ? { status: 'available', where: url } : found;
    },
    ask: async (prompt, context): Promise<Outcome> => {
      const found = await loaded();
      if ('ask' in found) return found.ask(prompt, context);
      return { status: 'failed', failure: { kind: found.kind, message: found.message } };
    },
  };
};

/** The exports that are looked at, in this order. */
const exportNames = ['default', 'runner'] as const;

async function load(url: string): Promise<ModelRunner> {
  const module: Readonly<Record<string, unknown>> = await import(url);
  const exported = exportNames.map((name) => module[name]).find((value) => value !== undefined);
  const made = typeof exported === 'function' ? await make(exported) : exported;
  if (isModelRunner(made)) return made;
  throw new TypeError(
    'it exports no model runner; a class, a function or an object with "name" and "execute" is wanted, as the default export or one named "runner"',
  );
}

/** A class cannot be called and a function need not be a constructor, which only trying tells of both. */
function make(exported: object): unknown {
  // That it is callable was looked at; what it takes and gives is not known, so its result is checked.
  const isClass = /^class\b/.test(Function.prototype.toString.call(exported));
  return isClass ? Reflect.construct(exported as never, []) : (exported as () => unknown)();
}

function unusable(url: string, error: unknown): Unavailable {
  const found = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  return {
    status: 'unavailable',
    kind: 'bad-usage',
    message: `Cannot use the module ${url}: ${found}`,
    remedy: 'Correct the "url" of the runner, or the module',
  };
}
