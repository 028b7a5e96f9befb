import { isAbsolute } from 'node:path';
import { modes } from '../domain/mode.ts';
import { isPostgresUrl } from '../lib/postgres-url.ts';
import { badConfiguration, type Origin, shown } from './bad-configuration.ts';
import { closestName } from './closest-name.ts';
import type { Environment } from './environment.ts';
import { isAddress } from './history-place.ts';
import { configLimits } from './limits.ts';
import type { FlagOverrides } from './overrides.ts';
import { milliseconds } from './runner-from.ts';

/** A variable that the configuration listens to. */
export interface EnvironmentVariable {
  readonly name: string;
  /** What it does, in one sentence. */
  readonly does: string;
  /** What its value must be. */
  readonly wanted: string;
  /** Reads a value that is not empty; undefined when it is not as wanted. */
  readonly read: (text: string) => FlagOverrides | undefined;
}

const { minSeconds, maxSeconds, maxRetries } = configLimits;
const modeNames = [...modes, 'auto'] as const;

/** Every variable of the environment that changes the settings. */
export const environmentVariables: readonly EnvironmentVariable[] = [
  {
    name: 'ORCHESTRATOR_CONFIG',
    does: "Names the configuration file that takes the place of the project's, as --config does.",
    wanted: 'the path of a configuration file',
    // Which file is read is decided before there are settings to change.
    read: () => ({}),
  },
  {
    name: 'ORCHESTRATOR_MODE',
    does: 'Sets the mode of a task that names none.',
    wanted: `one of ${modeNames.join(', ')}`,
    read: (text) => {
      const mode = modeNames.find((name) => name === text.toLowerCase());
      return mode && { mode };
    },
  },
  {
    name: 'ORCHESTRATOR_MODELS',
    does: "Names the runners that are asked instead of the category's.",
    wanted: 'names of runners with commas or spaces between them',
    read: (text) => {
      const models = text.split(/[\s,]+/).filter((name) => name !== '');
      return models.length === 0 ? undefined : { models };
    },
  },
  {
    name: 'ORCHESTRATOR_TIMEOUT',
    does: 'Sets the seconds for each model, its retries and waits included.',
    wanted: `seconds from ${minSeconds} to ${maxSeconds}`,
    read: (text) => {
      const seconds = numberIn(text);
      if (seconds === undefined || seconds < minSeconds || seconds > maxSeconds) return undefined;
      return { timeoutMs: milliseconds(seconds) };
    },
  },
  {
    name: 'ORCHESTRATOR_RETRIES',
    does: 'Sets how many further requests follow a transient failure.',
    wanted: `a whole number from 0 to ${maxRetries}`,
    read: (text) => {
      const retries = numberIn(text);
      const usable = retries !== undefined && Number.isInteger(retries) && retries <= maxRetries;
      return usable ? { retries } : undefined;
    },
  },
  {
    name: 'ORCHESTRATOR_STRICT',
    does: 'Forbids giving the seat of an unavailable runner to another.',
    wanted: 'true or false',
    read: (text) => {
      const said = text.toLowerCase();
      if (said !== 'true' && said !== 'false') return undefined;
      return { strict: said === 'true' };
    },
  },
  {
    name: 'ORCHESTRATOR_HISTORY',
    does: 'Names the file or the PostgreSQL database where runs are kept, or keeps none.',
    wanted: 'an absolute path, postgres://user@host/database, or false',
    read: (text) => {
      if (text.toLowerCase() === 'false') return { history: false };
      return isAbsolute(text) || isAddress(text) ? { history: text } : undefined;
    },
  },
  {
    name: 'ORCHESTRATOR_RECORD',
    does: 'Names the cassette that requests are recorded to, as --record does.',
    wanted: 'an absolute path',
    read: (text) => (isAbsolute(text) ? { record: text } : undefined),
  },
  {
    name: 'ORCHESTRATOR_REPLAY',
    does: 'Names the cassette that requests are played from, as --replay does.',
    wanted: 'an absolute path',
    read: (text) => (isAbsolute(text) ? { replay: text } : undefined),
  },
  {
    name: 'ORCHESTRATOR_CACHE',
    does: 'Says whether answers are kept and given again.',
    wanted: 'true or false',
    read: (text) => {
      const said = text.toLowerCase();
      return said === 'true' || said === 'false' ? { cache: said === 'true' } : undefined;
    },
  },
  {
    name: 'ORCHESTRATOR_ENGINE',
    does: 'Names the Redis or Valkey that hands the runs of batches to workers.',
    wanted: 'an address such as redis://HOST:6379',
    // Whoever opens it refuses what is no address, without repeating the password that may be in it.
    read: (engine) => ({ engine }),
  },
];

/** What messages about the environment name as their source. */
export const environmentOrigin: Origin = { source: 'the environment', prefix: [], folder: '' };

/** Reads what the environment overrides; throws `bad-configuration` for the first bad value. */
export function environmentOverrides(env: Environment): FlagOverrides {
  const said = environmentVariables.map(({ name, read, wanted }): FlagOverrides => {
    const text = env[name]?.trim() ?? '';
    const overrides = text === '' ? {} : read(text);
    if (overrides) return overrides;
    // An address may hold a password.
    const found = isPostgresUrl(text) ? 'an address that cannot be read' : shown(text);
    const says = `is ${found}, wanted ${wanted}`;
    throw badConfiguration(environmentOrigin, { path: [name], says });
  });
  return Object.assign({}, ...said);
}

/** One line for each variable that is close to one of ours, and is none. */
export function mistypedVariables(env: Environment): readonly string[] {
  const known = environmentVariables.map(({ name }) => name);
  return Object.keys(env)
    .filter((name) => name.startsWith('ORCHESTRATOR_') && !known.includes(name))
    .flatMap((name) => {
      const meant = closestName(name, known);
      return meant === undefined ? [] : [`Ignored ${name}: did you mean ${meant}`];
    });
}

/** Plain decimal digits only: Number() would take '0x10', '1e3' and blanks as well. */
function numberIn(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
