import { type Amount, addSpent, nothingSpent } from '../domain/budget.ts';
import type { Estimate } from '../domain/estimate.ts';
import type { Plan, Seat } from '../domain/plan.ts';
import { type Price, priced } from '../domain/price.ts';
import { usualAnswerTokens } from '../domain/token-count.ts';

/** What of a runner an estimate rests on. */
export interface Rates {
  readonly price: Price | undefined;
  readonly maxOutputTokens: number | undefined;
}

/** What is estimated. */
export interface Estimating {
  readonly plan: Plan;
  /** Tokens of what the primaries are told. */
  readonly promptTokens: number;
  /** Whether the first primary may be the only one. */
  readonly adaptive: boolean;
  readonly ratesOf: (runner: string) => Rates;
}

/** Estimates a plan by its prompt, and by the longest answers that the runners allow. */
export function estimatePlan(given: Estimating): Estimate {
  const { plan, promptTokens: inputTokens, adaptive, ratesOf } = given;
  const asked = plan.seats.filter(({ unavailable }) => !unavailable);
  const primaries = asked.filter(({ role }) => role === 'primary');
  const needed = adaptive ? primaries.slice(0, 1) : primaries;
  const single = primaries.map(({ runner }) => {
    const { price, maxOutputTokens } = ratesOf(runner);
    return amountOf({ inputTokens, outputTokens: usualAnswerTokens(maxOutputTokens) }, price);
  });
  const namesWithout = (key: keyof Rates): readonly string[] => [
    ...new Set(
      asked.map(({ runner }) => runner).filter((name) => ratesOf(name)[key] === undefined),
    ),
  ];
  const [unpriced, unbounded] = [namesWithout('price'), namesWithout('maxOutputTokens')];
  const most = unbounded.length === 0 ? mostOf(asked, given) : undefined;
  return {
    least: leastOf(needed, given),
    single: {
      costUsd: Math.min(...single.map(({ costUsd }) => costUsd ?? 0)),
      tokens: Math.min(...single.map(({ tokens }) => tokens)),
    },
    most: {
      costUsd: unpriced.length === 0 && most ? most.costUsd : null,
      tokens: most?.tokens ?? null,
    },
    unpriced,
    unbounded,
  };
}

/** Every prompt is read; of an answer there may be one word. */
function leastOf(seats: readonly Seat[], { promptTokens, ratesOf }: Estimating): Amount {
  const rows = seats.map(({ runner }) =>
    amountOf({ inputTokens: promptTokens, outputTokens: 1 }, ratesOf(runner).price),
  );
  const known = rows.filter(({ costUsd }) => costUsd !== null);
  return {
    costUsd: known.length === 0 ? null : sum(known).costUsd,
    tokens: sum(rows).tokens,
  };
}

/** Validators write tests, and then review an answer that they are shown. */
function mostOf(seats: readonly Seat[], { promptTokens, ratesOf }: Estimating): Amount {
  const lengths = seats.map(({ runner }) => ratesOf(runner).maxOutputTokens ?? 0);
  const longest = Math.max(0, ...lengths);
  return sum(
    seats.map(({ role, runner }, index) => {
      const answers = role === 'validator' ? 2 : 1;
      const inputTokens = promptTokens * answers + (role === 'validator' ? longest : 0);
      const outputTokens = (lengths[index] ?? 0) * answers;
      return amountOf({ inputTokens, outputTokens }, ratesOf(runner).price);
    }),
  );
}

function amountOf(
  tokens: { readonly inputTokens: number; readonly outputTokens: number },
  price: Price | undefined,
): Amount {
  return { costUsd: priced(tokens, price), tokens: tokens.inputTokens + tokens.outputTokens };
}

function sum(amounts: readonly Amount[]): Amount {
  return amounts.reduce<ReturnType<typeof addSpent>>(
    (total, amount) => addSpent(total, { ...amount, isEstimate: true }),
    nothingSpent,
  );
}
