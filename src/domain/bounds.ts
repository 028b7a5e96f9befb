/** How far a number goes that a person gives, and what it counts. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Whether it has no fraction. */
  readonly isWhole: boolean;
  /** What is counted, as messages say it. */
  readonly noun: string;
}

/** Seconds that a timer can wait: a day at most, as a timer of Node fires at once when it is set for more than 24.8. */
export const secondsBounds: Bounds = { min: 0.001, max: 86_400, isWhole: false, noun: 'seconds' };

/** Answers that one model is asked for. */
export const samplesBounds: Bounds = { min: 1, max: 20, isWhole: true, noun: 'a whole number' };

/** Further requests after a failure that may pass. */
export const retriesBounds: Bounds = { min: 0, max: 10, isWhole: true, noun: 'a whole number' };

/** What a budget allows, in US dollars. */
export const dollarsBounds: Bounds = {
  min: 0,
  max: 1_000_000_000,
  isWhole: false,
  noun: 'US dollars',
};

/** What a budget allows, in tokens of prompts and answers. */
export const tokensBounds: Bounds = {
  min: 1,
  max: 1_000_000_000_000_000,
  isWhole: true,
  noun: 'a whole number',
};

/** Says what is wanted of a number: `a whole number from 1 to 20`. */
export function wantedWithin({ min, max, noun }: Bounds): string {
  return `${noun} from ${min} to ${max}`;
}

/** Reads a number as a person writes it, such as `12` or `0.5`; undefined for any other text, and beyond the bounds. */
export function numberWithin(text: string, { min, max, isWhole }: Bounds): number | undefined {
  if (!(isWhole ? /^\d+$/ : /^\d+(\.\d+)?$/).test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}
