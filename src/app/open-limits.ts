import { dirname, join } from 'node:path';
import { dataFolder } from '../config/places.ts';
import type { Admission } from '../domain/admission.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { HistoryTools } from '../domain/history.ts';
import type { HistorySettings, Settings } from '../domain/settings.ts';
import type { SharedLimits } from '../domain/shared-limits.ts';
import type { Limiter } from '../limits/limiter.ts';
import { memoryLimits } from '../limits/memory-limits.ts';
import { orAlone } from '../limits/or-alone.ts';
import { orNobody } from '../limits/or-nobody.ts';
import { limitRules } from './limit-rules.ts';
import type { OpenHistory } from './open-history.ts';
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

/** What limits are opened with. */
export interface LimitsPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly history: Pick<OpenHistory, 'store'>;
}

/**
 * Makes what opens the limits when they are first needed: in the history or beside it, for all processes that use it,
 * or where none is kept for this process alone.
 */
export function openLimits(settings: Settings, place: LimitsPlace): OpenLimits {
  const ruleOf = limitRules(settings, place.env);
  let opening: Promise<{ readonly shared: SharedLimits; readonly limits: Limiter }> | undefined;
  const opened = () => {
    opening ??= open(settings, place);
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
      // What could not be opened was told to who asked for it, and has nothing to close.
      await (await before?.catch(() => undefined))?.shared.close();
    },
  };
}

async function open({ history }: Settings, place: LimitsPlace) {
  // The command tells its version and its help without them.
  const [{ isGone, thisHolder }, { limiter }] = await Promise.all([
    import('../history/holder.ts'),
    import('../limits/limiter.ts'),
  ]);
  const tools = { now: realClock.now, holder: thisHolder(), isGone };
  const shared = await openShared(history, place, tools);
  return { shared, limits: limiter(shared, realClock) };
}

async function openShared(
  { keep, path, server }: HistorySettings,
  { env, history }: LimitsPlace,
  tools: HistoryTools,
): Promise<SharedLimits> {
  if (keep !== true) return memoryLimits(tools);
  const kept = server && (await history.store())?.limits;
  if (kept) return orNobody(kept, tellUnshared);
  const file = path ?? join(dataFolder(env), 'history.db');
  return openBeside(join(dirname(file), 'limits.db'), tools);
}

function tellUnshared(error: unknown): void {
  const found = error instanceof Error ? error.message : String(error);
  process.emitWarning(
    `Cannot share limits with other processes through the history: ${found}; nobody is asked until they can be`,
  );
}

async function openBeside(path: string, tools: HistoryTools): Promise<SharedLimits> {
  // A program that keeps no runs does without it.
  const { sqliteLimits } = await import('../limits/sqlite/sqlite-limits.ts');
  return orAlone(sqliteLimits(path, tools), memoryLimits(tools), (error) => {
    const found = error instanceof Error ? error.message : String(error);
    process.emitWarning(
      `Cannot share limits with other processes through ${path}: ${found}; they hold for this process alone`,
    );
  });
}
