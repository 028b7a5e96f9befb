import { runStates } from '../../domain/history.ts';
import { routeWishes } from '../../domain/learning.ts';
import { modes } from '../../domain/mode.ts';
import { sandboxWishes } from '../../domain/sandbox-wish.ts';
import { replayPaces } from '../../domain/settings.ts';
import { mergeWhens } from '../../domain/task.ts';
import { logLevels } from '../../telemetry/log-level.ts';

/** The values of options that take one of a few, by their long names. */
export const optionChoices: Readonly<Record<string, readonly string[]>> = {
  '--mode': [...modes, 'auto'],
  '--merge': mergeWhens,
  '--route': routeWishes,
  '--sandbox': sandboxWishes,
  '--replay-pace': replayPaces,
  '--status': runStates,
  '--log-level': logLevels,
};
