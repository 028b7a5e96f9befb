import type { KeptEvent } from '../src/domain/history.ts';
import { sqliteHistory } from '../src/history/sqlite/sqlite-history.ts';
import {
  answered,
  codeCandidate,
  decision,
  plan,
  seat,
  task,
  verdict,
} from '../src/testing/builders.ts';

/** Milliseconds between the beginnings of two runs. */
const everyMs = 60_000;

/** How many runs are written at once. */
const atOnce = 500;

const verbs = ['Write', 'Rewrite', 'Explain', 'Test', 'Speed up', 'Shorten'];
const nouns = ['a parser', 'an endpoint', 'the cache', 'a queue', 'this query', 'the form'];
const names = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel'];

/** The only run whose task has this word is the oldest. */
export const rareWord = 'xylophone';

/** Fills a history with finished runs of four answers each, the last of which began at `untilMs`. */
export async function fillHistory(path: string, count: number, untilMs: number): Promise<void> {
  let nowMs = untilMs;
  const tools = { now: () => nowMs, holder: 'bench', isGone: () => true };
  const store = sqliteHistory(path, tools);
  for (let index = 0; index < count; index += atOnce) {
    const runs = Array.from({ length: Math.min(atOnce, count - index) }, async (_, offset) => {
      const number = index + offset;
      nowMs = untilMs - (count - number) * everyMs;
      const held = await store.begin({
        type: 'run-started',
        atMs: nowMs,
        task: task(textOf(number)),
      });
      await Promise.all(eventsAt(nowMs).map((event) => held.append(event)));
    });
    await Promise.all(runs);
  }
  await store.close();
}

/** About as long as a task is that a person types. */
function textOf(number: number): string {
  const pick = (words: readonly string[], by: number): string => words[by % words.length] ?? '';
  const head = `${pick(verbs, number)} ${pick(nouns, Math.floor(number / 6))} number ${number}`;
  const rest = Array.from({ length: 30 }, (_, index) =>
    pick(names, (number * 31 + index * index * 7) >>> 2),
  );
  return `${head}: ${number === 0 ? `${rareWord} ` : ''}${rest.join(' ')}`;
}

const ok = { needsHumanReview: false, reasons: [], reviews: [] } as const;

function eventsAt(atMs: number): readonly KeptEvent[] {
  const seats = [1, 2, 3, 4].map((number) => seat(`primary-${number}`, `model-${number}`));
  const text = `Here it is:\n\n\`\`\`python\n${'def add(a, b):\n    return a + b\n'.repeat(8)}\`\`\`\n`;
  return [
    { type: 'plan-made' as const, value: plan(seats) },
    ...seats.map((each) => ({
      type: 'attempt-ended' as const,
      seat: each.id,
      value: answered(each, text),
    })),
    ...seats.map(({ id }) => ({
      type: 'verdict-given' as const,
      seat: id,
      value: verdict(id, 'passed'),
    })),
    {
      type: 'decision-made' as const,
      value: decision(codeCandidate('primary-1', 'def add(a, b): ...')),
    },
    { type: 'validation-made' as const, value: ok },
    { type: 'run-ended' as const, status: 'complete' as const },
  ].map((event) => ({ ...event, atMs }));
}
