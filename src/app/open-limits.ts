import { dirname, join } from 'node:path';
import { dataFolder } from '../config/places.ts';
import type { Admission } from '../domain/admission.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Settings } from '../domain/settings.ts';
import type { SharedLimits, SharedLimitsTools } from '../domain/shared-limits.ts';
import type { Limiter } from '../limits/limiter.ts';
import { memoryLimits } from '../limits/memory-limits.ts';
import { orAlone } from '../limits/or-alone.ts';
import { limitRules } from './limit-rules.ts';
import { realClock } from './real-clock.ts';

/** The limits of one set of settings. */
export interface OpenLimits {
  /** Says when the requests of a runner may be sent. */
  admissionOf(name: string): Promise<Admission>;
  /** Why a runner would not be asked at this moment; undefined where it would be. */
  refusalOf(name: string): Promise<AttemptFailure | undefined>;
  /** Forgets what vendors have said; the names of whom it was about. */
  forget(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * Makes what opens the limits when they are first needed: beside the history, for all processes that use it, or
 * where none is kept for this process alone.
 */
export function openLimits(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
): OpenLimits {
  const ruleOf = limitRules(settings, env);
  let opening: Promise<{ readonly shared: SharedLimits; readonly limits: Limiter }> | undefined;
  const opened = () => {
    opening ??= open(settings, env);
    return opening;
  };
  return {
    admissionOf: async (name) => (await opened()).limits.admission(ruleOf(name)),
    refusalOf: async (name) => (await opened()).limits.refusal(ruleOf(name)),
    forget: async () => {
      const keys = await (await opened()).shared.forget();
      // The second word is the name.
      return [...new Set(keys.map((key) => key.split(' ')[1] ?? key))];
    },
    close: async () => {
      const before = opening;
      opening = undefined;
      await (await before)?.shared.close();
    },
  };
}

async function open({ history }: Settings, env: Readonly<Record<string, string | undefined>>) {
  // The command tells its version and its help without them.
  const [{ isGone, thisHolder }, { limiter }] = await Promise.all([
    import('../history/holder.ts'),
    import('../limits/limiter.ts'),
  ]);
  const tools = { now: realClock.now, holder: thisHolder(), isGone };
  const path = history.path ?? join(dataFolder(env), 'history.db');
  const shared =
    history.keep === true
      ? await openShared(join(dirname(path), 'limits.db'), tools)
      : memoryLimits(tools);
  return { shared, limits: limiter(shared, realClock) };
}

async function openShared(path: string, tools: SharedLimitsTools): Promise<SharedLimits> {
  // A program that keeps no runs does without it.
  const { sqliteLimits } = await import('../limits/sqlite/sqlite-limits.ts');
  return orAlone(sqliteLimits(path, tools), memoryLimits(tools), (error) => {
    const found = error instanceof Error ? error.message : String(error);
    process.emitWarning(
      `Cannot share limits with other processes through ${path}: ${found}; they hold for this process alone`,
    );
  });
}
