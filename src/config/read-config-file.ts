import { registerHooks } from 'node:module';
import { basename, dirname, isAbsolute, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OrchestratorError } from '../domain/mistake.ts';
import { readRegularFile } from '../lib/read-regular-file.ts';
import type { Origin } from './bad-configuration.ts';
import { configEndings, packageKey } from './find-config-file.ts';

/** The most bytes of one configuration file. */
const configMaxBytes = 1024 * 1024;

/** What a configuration file says, not checked. */
export interface ReadConfig {
  readonly value: unknown;
  readonly origin: Origin;
}

/** Reads a configuration file, running it when it is a program; throws `bad-configuration`. */
export async function readConfigFile(file: string, cwd: string): Promise<ReadConfig> {
  const inPackage = basename(file) === 'package.json';
  const origin: Origin = {
    source: nameSeenFrom(cwd, file),
    prefix: inPackage ? [packageKey] : [],
    folder: dirname(file),
  };
  if (inPackage) return { value: await packageValue(file, origin), origin };
  if (file.endsWith('.json')) return { value: await jsonValue(file, origin), origin };
  if (configEndings.some((ending) => file.endsWith(`.${ending}`))) {
    return { value: await moduleValue(file, origin), origin };
  }
  textOf(file, origin);
  throw unusable(origin, `wanted a package.json, or a file that ends in ${endings()}`);
}

function endings(): string {
  return configEndings.map((ending) => `.${ending}`).join(', ');
}

/** Relative for what lies in the folder or below, else absolute. */
function nameSeenFrom(cwd: string, file: string): string {
  const path = relative(cwd, file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

async function packageValue(file: string, origin: Origin): Promise<unknown> {
  const manifest = await jsonValue(file, origin);
  if (Object.hasOwn(Object(manifest), packageKey)) return Object(manifest)[packageKey];
  throw unusable(origin, `it has no key "${packageKey}"`);
}

async function jsonValue(file: string, origin: Origin): Promise<unknown> {
  const text = textOf(file, origin);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unusable(origin, `it is not JSON: ${lineOf(error)}`, error);
  }
}

async function moduleValue(file: string, origin: Origin): Promise<unknown> {
  // A file that is not there is told apart from one that imports what is not there.
  textOf(file, origin);
  const exported = await imported(file).catch((error: unknown) => {
    throw unusable(origin, programFlaw(error), error);
  });
  if (exported.default !== undefined) return exported.default;
  throw unusable(origin, 'it has no default export, wanted export default { ... }');
}

async function imported(file: string): Promise<{ readonly default?: unknown }> {
  // A package that says nothing, or was made by `npm init`, holds CommonJS for Node, and nobody
  // writes that in TypeScript.
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      return found.url.endsWith('.ts') ? { ...found, format: 'module-typescript' } : found;
    },
  });
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    hooks.deregister();
  }
}

function textOf(file: string, origin: Origin): string {
  try {
    return readRegularFile(file, configMaxBytes);
  } catch (error) {
    throw unusable(origin, unreadable(error), error);
  }
}

function unreadable(error: unknown): string {
  const { code }: { readonly code?: unknown } = Object(error);
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder, wanted a file';
  return `it cannot be read: ${lineOf(error)}`;
}

function programFlaw(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${lineOf(error)}`;
  if (error.name === 'SyntaxError')
    return `it has a syntax error${placeOf(error)}: ${lineOf(error)}`;
  const { code }: { readonly code?: unknown } = Object(error);
  return code === 'ERR_MODULE_NOT_FOUND'
    ? lineOf(error)
    : `it threw ${error.name}: ${lineOf(error)}`;
}

/** The stripper of types puts file and line on the first line of the stack; V8 tells neither. */
function placeOf({ stack = '' }: Error): string {
  const line = /^\S.*:(\d+)\r?\n/.exec(stack)?.[1];
  return line === undefined ? '' : ` in line ${line}`;
}

/** The message of whatever was thrown, on one line. */
function lineOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').trim();
}

function unusable(origin: Origin, says: string, cause?: unknown): OrchestratorError {
  return new OrchestratorError('bad-configuration', `Cannot use ${origin.source}: ${says}`, {
    cause,
  });
}
