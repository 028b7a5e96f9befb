import { OrchestratorError } from '../domain/mistake.ts';

/** Where a configuration comes from: what messages call it, and what its relative paths start from. */
export interface Origin {
  /** The file as a person knows it: `orchestrator.config.json`. */
  readonly source: string;
  /** The path of the configuration inside of the file: `['orchestrator']` in a package.json. */
  readonly prefix: readonly string[];
  /** Absolute. */
  readonly folder: string;
}

/** Where in a configuration, from the outside in. */
export type ConfigPath = readonly PropertyKey[];

/** What is wrong at one place of a configuration. */
export interface Flaw {
  readonly path: ConfigPath;
  /** What was found and what is wanted: `is 12, wanted a URL string`. */
  readonly says: string;
}

/** Makes the mistake of a configuration that cannot be used, in one line: source, path, flaw. */
export function badConfiguration(origin: Origin, { path, says }: Flaw): OrchestratorError {
  const place = pathText([...origin.prefix, ...path]);
  const where = place === '' ? 'it' : place;
  return new OrchestratorError(
    'bad-configuration',
    `Cannot use ${origin.source}: ${where} ${says}`,
  );
}

/** Shows a value that was found, in a few words on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  return String(value);
}

function shortened(text: string): string {
  const maxLength = 60;
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 3)}...`;
}

/** Writes a path as it would be in code: `categories.backend.primaries[0]`. */
function pathText(path: ConfigPath): string {
  return path.map((part, index) => step(part, index === 0)).join('');
}

function step(part: PropertyKey, first: boolean): string {
  if (typeof part === 'number') return `[${part}]`;
  const name = String(part);
  if (!/^[$\w-]+$/.test(name)) return `[${JSON.stringify(shortened(name))}]`;
  return first ? name : `.${name}`;
}
