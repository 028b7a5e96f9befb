import type { PoolTask } from './pool.ts';
import type { PoolRow } from './read-row.ts';

/**
 * Joins rows to tasks, in the order in which the tasks come first. Rows belong together that name the same task
 * and do not name different languages. Only tasks with a prompt are kept, also those without an answer.
 */
export function gatherTasks(rows: readonly PoolRow[]): readonly PoolTask[] {
  const languages = new Map<string, string>();
  for (const { id, language } of rows) {
    if (language !== null && !languages.has(id)) languages.set(id, language);
  }
  const groups = Map.groupBy(rows, ({ id, language }) =>
    JSON.stringify([id, language ?? languages.get(id) ?? null]),
  );
  return [...groups.values()].map(taskOf).filter(({ prompt }) => prompt !== '');
}

function taskOf(rows: readonly PoolRow[]): PoolTask {
  const first = <T>(read: (row: PoolRow) => T | null): T | null => {
    for (const row of rows) {
      const value = read(row);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    id: rows[0]?.id ?? '',
    language: first(({ language }) => language),
    prompt: usualPrompt(rows),
    entryPoint: first(({ entryPoint }) => entryPoint),
    hiddenTests: first(({ hiddenTests }) => hiddenTests ?? null),
    visibleTests: first(({ visibleTests }) => visibleTests ?? null),
    generatedTests: rows.flatMap(({ generatedTests }) => generatedTests),
    samples: rows.flatMap(({ sample }) => sample ?? []),
  };
}

/** Models are given a task in templates of their own: the one that most were given, the shortest of these. */
function usualPrompt(rows: readonly PoolRow[]): string {
  const counts = new Map<string, number>();
  for (const { prompt } of rows) {
    if (prompt !== null) counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
  }
  const [usual] = [...counts].toSorted(
    ([a, some], [b, more]) => more - some || a.length - b.length || (a < b ? -1 : 1),
  );
  return usual?.[0] ?? '';
}
