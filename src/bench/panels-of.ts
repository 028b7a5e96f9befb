import { Random } from '../specify/random.ts';
import type { PoolSample, PoolTask } from './pool.ts';

/** Which candidates of a task are compared. */
export interface PanelOptions {
  readonly seed: number;
  /** Models in one panel; undefined for all of them together. */
  readonly panel: number | undefined;
  /** How many panels are drawn for each task. */
  readonly panels: number;
}

/**
 * Makes the panels of one task: one answer of each model, or all answers where there is one model; or random
 * panels of different models, the same for the same seed and task. A task with fewer models than wanted has none.
 */
export function panelsOf(
  { id, language, samples }: PoolTask,
  { seed, panel, panels }: PanelOptions,
): readonly (readonly PoolSample[])[] {
  const byModel = [...Map.groupBy(samples, ({ model }) => model).values()];
  if (panel === undefined) {
    if (byModel.length === 1) return [samples];
    return [byModel.flatMap((own) => own.toSorted((a, b) => a.index - b.index)[0] ?? [])];
  }
  if (byModel.length < panel) return [];
  const random = new Random(seed + hashOf(`${id} ${language ?? ''}`));
  return Array.from({ length: panels }, () =>
    random
      .shuffle(byModel)
      .slice(0, panel)
      .flatMap((own) => random.pick(own) ?? []),
  );
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
