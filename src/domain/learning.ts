/** How the runners of a category are put in order: as configured, or by what the history says of them. */
export const routeWishes = ['usual', 'learned'] as const;

export type RouteWish = (typeof routeWishes)[number];

/** Evidence for and against, each the sum of its weights. */
export interface Tally {
  readonly right: number;
  readonly wrong: number;
}

/** What the history says of one runner, with a view to one category. */
export interface TrackRecord {
  /** Answers in the category that won, and those that won or lost. */
  readonly won: number;
  readonly decided: number;
  /** Those that won or lost in any category. */
  readonly decidedInAll: number;
  /** Answers in any category, and attempts that failed by the model's own fault. */
  readonly answered: number;
  readonly failed: number;
  /** Evidence in the category. */
  readonly here: Tally;
  /** Evidence in all other categories. */
  readonly elsewhere: Tally;
  /** What running against demands showed in the category. */
  readonly verified: Tally;
}

/** What a runner was drawn by. */
export interface Draw {
  readonly runner: string;
  /** Answers in the category that won, of those that won or lost. */
  readonly won: number;
  readonly decided: number;
  /** The share of its calls that is expected to bring a right answer, 0 to 1. */
  readonly expected: number;
  /** The share that was drawn, by which the runners were put in order. */
  readonly drawn: number;
}

/** How runs of the past took part in a route that was to go by them. */
export type RouteLearning =
  | {
      readonly status: 'used';
      /** Whether chance alone made the order, as it does in a few runs so that every runner stays known. */
      readonly explored: boolean;
      /** In the order of the route. */
      readonly draws: readonly Draw[];
    }
  | { readonly status: 'not-used'; readonly because: string };
