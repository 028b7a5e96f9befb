import { contentWords, stem } from './terms.ts';

/** Units that measure the same thing, by their stem: the smallest one, and how many of it each is. */
const measures: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  '%': ['percent', 1],
  percent: ['percent', 1],
  ms: ['millisecond', 1],
  millisecond: ['millisecond', 1],
  s: ['millisecond', 1_000],
  sec: ['millisecond', 1_000],
  second: ['millisecond', 1_000],
  min: ['millisecond', 60_000],
  minut: ['millisecond', 60_000],
  h: ['millisecond', 3_600_000],
  hour: ['millisecond', 3_600_000],
  day: ['millisecond', 86_400_000],
  kb: ['byte', 1_000],
  mb: ['byte', 1_000_000],
  gb: ['byte', 1_000_000_000],
  tb: ['byte', 1_000_000_000_000],
};

/** The amounts in a text by their unit (`3 replicas`, `30 s`); of two with one unit, neither. */
export function amountsOf(text: string): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  const twice = new Set<string>();
  for (const [, digits = '', word = ''] of text.matchAll(
    /(?<![\w.])(\d[\d,]*(?:\.\d+)?)[ -]?(%|[a-z]+)/gi,
  )) {
    const name = stem(word.toLowerCase());
    const isUnit = name in measures || contentWords(word).length > 0;
    if (!isUnit) continue;
    const [unit, factor] = measures[name] ?? [name, 1];
    if (amounts.has(unit)) twice.add(unit);
    amounts.set(unit, Number(digits.replaceAll(',', '')) * factor);
  }
  for (const unit of twice) amounts.delete(unit);
  return amounts;
}
