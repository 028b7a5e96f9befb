/**
 * The words that carry the content of a text, stemmed, without repeats and numbers. Plurals lose their
 * ending as in Harman's S stemmer ("How effective is suffixing?", 1991), then "-ing", "-ed" and a last "e" go.
 */
export function contentTerms(text: string): ReadonlySet<string> {
  return new Set(contentWords(text).map(stem));
}

/** The words that carry the content of a text, as they stand there, in lower case. */
export function contentWords(text: string): readonly string[] {
  return wordsOf(text).filter((word) => !stopWords.has(word) && !/^[\d.,]+$/.test(word));
}

/** The stem of a word in lower case; good enough to find a word again, not to be read. */
export function stem(word: string): string {
  const singular = singularOf(word);
  const root = singular.length > 5 ? singular.replace(/(?:ing|ed)$/, '') : singular;
  return root.length > 3 ? root.replace(/e$/, '') : root;
}

/** Whether a text says that something is not so, or should not be done. */
export function isNegative(text: string): boolean {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\bnot only\b/g, '');
  return (plain.match(negation) ?? []).length % 2 === 1;
}

function wordsOf(text: string): readonly string[] {
  const plain = text.toLowerCase().replaceAll('’', "'");
  return plain.match(/[\p{L}\p{N}](?:[\p{L}\p{N}'+#./-]*[\p{L}\p{N}+#])?/gu) ?? [];
}

function singularOf(word: string): string {
  if (word.length < 4) return word;
  if (/[^ae]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/[^aeo]es$/.test(word)) return word.slice(0, -1);
  return /[^us]s$/.test(word) ? word.slice(0, -1) : word;
}

const negation =
  /\b(?:not|never|cannot|avoid(?:s|ing)?|(?:do|does|is|are|was|should|must|need|ca|wo|would|could)n't)\b|^no\b/g;

/** Function words, words of duty and words of negation: what two statements can share without sharing a subject. */
const stopWords: ReadonlySet<string> = new Set(
  `a about above after again all also always an and any are aren't as at avoid avoids avoiding be because been
  before being below between both but by can can't cannot could couldn't did do does doesn't doing don't down
  during each either etc even every few for from further had has have having he her here him his how i i'd
  i'll i've if in instead into is isn't it it's its itself just keep let like made make makes may me might
  more most must mustn't my need needn't needs neither never no nor not of off on once only or other our out
  over own per rather s same shall she should shouldn't since so some such than that that's the their them
  then there these they this those through to too under until up us very via was wasn't we we'll we're were
  what when where which while who why will with within without won't would wouldn't you you'll you're your
  use used uses using choose chosen pick adopt prefer recommend recommended consider ensure provide`.split(
    /\s+/,
  ),
);
