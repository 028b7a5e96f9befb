/** What people write in place of an extractor: one regular expression over the answer, one match taken. */
export const simpleExtractors: Readonly<
  Record<'first' | 'longest' | 'last', (text: string) => string>
> = {
  first: (text) => fences(text)[0] ?? text,
  longest: (text) =>
    fences(text).reduce((best, code) => (code.length > best.length ? code : best), '') || text,
  last: (text) => fences(text).at(-1) ?? text,
};

function fences(text: string): readonly string[] {
  return [...text.matchAll(/```[^\n]*\n([\s\S]*?)(?:```|$)/g)].map(([, code]) => code ?? '');
}
