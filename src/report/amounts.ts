/** Writes a duration in milliseconds as seconds: `0.4 s`, `12.3 s`, `125 s`. */
export function secondsText(durationMs: number): string {
  const seconds = durationMs / 1000;
  return `${seconds.toFixed(seconds < 99.95 ? 1 : 0)} s`;
}

/** Writes a count shortly: `340`, `1.2k`, `12k`, `3.4M`. */
export function countText(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return `${shortly(count / 1000)}k`;
  return `${shortly(count / 1_000_000)}M`;
}

/** Writes how many of a thing there are: `1 test`, `2 tests`, `1.2k tokens`. */
export function countedText(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Writes US dollars with as many digits as matter: `$1.20`, `$0.0123`. */
export function dollarsText(amount: number): string {
  return `$${amount.toFixed(amount !== 0 && amount < 0.1 ? 4 : 2)}`;
}

/** Joins words as a person lists them: `a`, `a and b`, `a, b and c`. */
export function listText(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function shortly(number: number): string {
  return number.toFixed(number < 9.95 ? 1 : 0);
}
