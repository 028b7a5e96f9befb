import type { Random } from './random.ts';

const wholeNumber = /^-?\d{1,9}$/;
const letters = /^[a-z]+$|^[A-Z]+$/;

/**
 * Changes values on standard input without changing its form: how many lines there are, how many words on
 * each, and every number that could be one of these counts. Undefined where nothing can safely be changed.
 */
export function mutateStdin(stdin: string, random: Random): string | undefined {
  const lines = stdin.split('\n').map((line) => line.split(' '));
  const counts = new Set([lines.length, ...lines.map((words) => words.length)].flatMap(nearCounts));
  const places = lines.flatMap((words, line) =>
    words.flatMap((word, at) => (isFree(word, words, counts) ? [{ line, at }] : [])),
  );
  const isOneNumber = wholeNumber.test(stdin.trim());
  if (isOneNumber) return otherNumber(stdin, random);
  const changed = lines.map((words) => [...words]);
  for (let times = random.int(1, 3); times > 0; times -= 1) {
    const place = random.pick(places);
    const words = place && changed[place.line];
    if (place === undefined || words === undefined) return undefined;
    words[place.at] = otherWord(words[place.at] ?? '', lines[place.line] ?? [], random);
  }
  const made = changed.map((words) => words.join(' ')).join('\n');
  return made === stdin ? undefined : made;
}

function nearCounts(count: number): readonly string[] {
  return [count - 2, count - 1, count].map(String);
}

/** A number may change among three or more on its line, which are a sequence rather than settings. */
function isFree(word: string, words: readonly string[], counts: ReadonlySet<string>): boolean {
  if (letters.test(word)) return word.length > 2;
  const isSequence = words.length > 2 && words.every((one) => wholeNumber.test(one));
  return isSequence && !counts.has(word);
}

function otherNumber(stdin: string, random: Random): string {
  const amount = Number(stdin.trim());
  const least = amount > 0 ? 1 : Math.min(amount, 0);
  return stdin.replace(stdin.trim(), String(random.int(least, Math.max(amount * 2, 10))));
}

/** Another number of the same line, or the same letters with one of them in place of another. */
function otherWord(word: string, line: readonly string[], random: Random): string {
  if (wholeNumber.test(word)) {
    const amounts = line.map(Number);
    const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
    return String(random.int(least, most));
  }
  const at = random.int(0, word.length - 1);
  const other = random.pick([...line.join('')].filter((one) => letters.test(one))) ?? '';
  const isSameCase = letters.test(word[0] + other);
  return isSameCase ? word.slice(0, at) + other + word.slice(at + 1) : word;
}
