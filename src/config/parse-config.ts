import type * as z from 'zod';
import {
  badConfiguration,
  type ConfigPath,
  type Flaw,
  type Origin,
  shown,
} from './bad-configuration.ts';
import type { ConfigFile } from './config-file.ts';
import { configSchema } from './schema.ts';

/** Checks the shape of a configuration; throws `bad-configuration` with the one flaw to mend first. */
export function parseConfig(value: unknown, origin: Origin): ConfigFile {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => deepest(issue));
  // A mistyped key is also a missing one, and its own name says more.
  const first = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (!first) throw new TypeError('a failed check has no issue');
  throw badConfiguration(origin, flawOf(first, value));
}

/** Finds what is wrong inside of the branch of a union that was meant: the one that fails last. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flat()
    .map((each) => deepest({ ...each, path: [...issue.path, ...each.path] }))
    .find(({ path, code }) => path.length > issue.path.length || code === 'unrecognized_keys');
  return inner ?? issue;
}

function flawOf(issue: z.core.$ZodIssue, value: unknown): Flaw {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') {
    return { path: [...path, ...issue.keys.slice(0, 1)], says: message };
  }
  if (issue.code === 'invalid_key') {
    const wanted = issue.issues[0]?.message ?? message;
    const key = found(path.at(-1), path);
    return { path: path.slice(0, -1), says: `has the key ${key}, wanted ${wanted}` };
  }
  return { path, says: `is ${found(valueAt(value, path), path)}, wanted ${message}` };
}

function found(value: unknown, path: ConfigPath): string {
  return typeof value === 'string' && holdsSecret(path) ? 'another text' : shown(value);
}

/** Whether a key is likely to have been pasted there. */
function holdsSecret(path: ConfigPath): boolean {
  return (
    path.includes('headers') ||
    path[0] === 'history' ||
    path.includes('env') ||
    path.at(-1) === 'apiKeyEnv'
  );
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (inner, key) => (Object.hasOwn(Object(inner), key) ? Object(inner)[key] : undefined),
    value,
  );
}
