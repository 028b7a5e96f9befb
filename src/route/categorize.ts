import type { Category } from '../domain/category.ts';
import { keywordsIn } from './keywords.ts';

/** The category of a text, with the words that decided it. */
export interface Categorized {
  readonly category: Category;
  readonly words: readonly string[];
}

/** Picks the category with most distinct keywords in the text; ties go to the earlier one, no hit to the last. */
export function categorize(
  text: string,
  categories: readonly [Category, ...Category[]],
): Categorized {
  const found = categories.map((category) => ({ category, words: keywordsIn(text, category) }));
  const best = found.reduce((a, b) => (b.words.length > a.words.length ? b : a));
  if (best.words.length > 0) return best;
  return { category: categories.at(-1) ?? categories[0], words: [] };
}
