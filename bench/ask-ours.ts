import { realClock } from '../src/app/real-clock.ts';
import { ask } from '../src/ask/ask.ts';
import type { Seat } from '../src/domain/plan.ts';
import { limit } from '../src/lib/limit.ts';
import { admitInTurn } from '../src/limits/admit-in-turn.ts';
import { limiter } from '../src/limits/limiter.ts';
import { memoryLimits } from '../src/limits/memory-limits.ts';
import { queueAdmission } from '../src/limits/queue-admission.ts';
import { openAiCompatible } from '../src/runners/openai-compatible/openai-compatible.ts';
import type { Asker } from './ask-plain.ts';

const seat: Seat = { id: 'primary-1', role: 'primary', runner: 'bench' };

const limits = limiter(
  memoryLimits({ now: realClock.now, holder: 'bench', isGone: () => false }),
  realClock,
);

/** Asks as a run does: through the stage, with its queue, its limits, its clocks and its retries. */
export function ours(origin: string): Asker {
  const asked = new Map<string, ReturnType<typeof asking>>();
  const askingAt = (folder: string): ReturnType<typeof asking> => {
    const known = asked.get(folder) ?? asking(`${origin}/${folder}/v1`);
    asked.set(folder, known);
    return known;
  };
  return {
    ask: async (folder, signal, onText) => {
      const attempt = await ask(
        seat,
        { system: '', text: 'Say hello' },
        {
          asking: () => Promise.resolve(askingAt(folder)),
          clock: realClock,
          random: Math.random,
          signal,
          runEndsAtMs: Number.POSITIVE_INFINITY,
          emit: (event) => {
            if (event.type === 'text-arrived') onText();
          },
        },
      );
      if (attempt.status === 'failed' && !signal.aborted) throw new Error(attempt.failure.message);
    },
  };
}

function asking(baseUrl: string) {
  const runner = openAiCompatible(
    'bench',
    {
      type: 'openai-compatible',
      baseUrl,
      model: 'bench',
      apiKeyEnv: undefined,
      headers: {},
      maxOutputTokens: undefined,
      timeoutMs: undefined,
      stallMs: undefined,
      retries: undefined,
      concurrency: undefined,
      price: undefined,
    },
    { env: {}, clock: realClock },
  );
  const admission = admitInTurn([
    queueAdmission(limit(Number.POSITIVE_INFINITY)),
    limits.admission({ runner: `runner ${baseUrl}`, group: 'provider bench', bounds: [] }),
  ]);
  return { runner, timeoutMs: 60_000, stallMs: 30_000, retries: 0, price: undefined, admission };
}
