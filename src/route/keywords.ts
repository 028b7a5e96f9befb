import type { Category } from '../domain/category.ts';

/** The keywords of a category that a text contains as whole words, singular or plural, in any case. */
export function keywordsIn(text: string, category: Category): readonly string[] {
  const lower = text.toLowerCase();
  // Most keywords are in no task, and to make a pattern takes longer than to see that.
  const near = category.keywords.filter((keyword) => lower.includes(stem(keyword)));
  return near.filter((keyword) => pattern(keyword).test(text));
}

/** What both the singular and the plural begin with. */
function stem(keyword: string): string {
  return keyword.toLowerCase().replace(/y$/, '');
}

function pattern(keyword: string): RegExp {
  const singular = RegExp.escape(keyword);
  const plural = keyword.endsWith('y') ? `|${RegExp.escape(keyword.slice(0, -1))}ies` : '';
  // A boundary of our own: \b would split "ci/cd" and see no letters outside ASCII.
  return new RegExp(
    `(?<![\\p{L}\\p{N}_])(?:${singular}(?:s|es)?${plural})(?![\\p{L}\\p{N}_])`,
    'iu',
  );
}
