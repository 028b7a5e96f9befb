import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type FolderCache, folderCache } from '../cache/folder-cache.ts';
import { cacheFolder } from '../config/places.ts';
import type { AnswerCache } from '../domain/answer-cache.ts';
import { answerHash } from '../domain/answer-key.ts';
import type { RunnerSettings, RunnerTools } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';
import { askedModel } from './asked-model.ts';

/** Gives each runner its part of the cache; undefined where answers are not kept, or the runner could be any. */
export function openCache(
  settings: Settings,
  tools: RunnerTools,
): (name: string) => AnswerCache | undefined {
  if (!settings.cache.use) return () => undefined;
  const folder = cacheOf(settings, tools);
  return (name) => {
    const runner = settings.runners[name];
    if (!runner || !isKnownByItsSettings(runner)) return undefined;
    const asked = askedModel(name, runner);
    const more = detailsOf(runner);
    const nameOf = (prompt: Parameters<AnswerCache['find']>[0], repeat: number): string =>
      answerHash({ ...asked, prompt, repeat }, more);
    return {
      find: (prompt, repeat) => folder.find(nameOf(prompt, repeat)),
      keep: (prompt, repeat, answer) => folder.keep(nameOf(prompt, repeat), answer),
    };
  };
}

/** The cache of the settings, used or not. */
export function cacheOf(
  { cache }: Settings,
  { env, clock }: Pick<RunnerTools, 'env' | 'clock'>,
): FolderCache {
  const { path = join(cacheFolder(env), 'answers'), maxAgeMs, maxBytes } = cache;
  return folderCache(path, { maxAgeMs, maxBytes, now: clock.now });
}

/** What a module does stands in its code, and a recording is played faster than it is looked up. */
function isKnownByItsSettings({ type }: RunnerSettings): boolean {
  return type !== 'module' && type !== 'replay';
}

/**
 * All that was declared of a runner but what does not reach the model, so that two of one name in two projects share
 * no answer. Headers are in it, of which nothing but this hash is ever written.
 */
function detailsOf(settings: RunnerSettings): string {
  const said = Object.entries(settings)
    .filter(([key, value]) => value !== undefined && !apart.has(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

const apart: ReadonlySet<string> = new Set([
  'timeoutMs',
  'stallMs',
  'retries',
  'concurrency',
  'price',
  'family',
  'strength',
  'outputMaxBytes',
  'apiKey',
  'apiKeyEnv',
]);
