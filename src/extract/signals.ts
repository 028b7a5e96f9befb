import type { Block } from './blocks.ts';

type Context = Pick<Block, 'lead' | 'headings'>;

const workedExample =
  /\b(?:example|similar|related|analogous|sample|warm-?up|relevant)\s+(?:problems?|exercises?|questions?|tasks?|exemplars?)\b|\b(?:problem|exemplar|example)\s+#?[1-9]\b/i;
const alternative =
  /\balternative(?:ly)?\b|\banother (?:way|approach|version|option|implementation|method|solution|function)\b|\bif you (?:want|need|prefer|would like|['’]d like|do ?n[o'’]t want)\b|\byou (?:can|could|may|might) also\b|\bor,? (?:you|using|as an?|with)\b|\b(?:one[- ]liner|in contrast|for comparison|bonus)\b|\binstead of\b/i;
const revision =
  /\b(?:final|finally|complete|full|fixed|corrected|correct|updated|revised|rewritten|refined|put(?:ting)? (?:it|everything|this) (?:all )?together|altogether|mistake|original problem)\b/i;

/** Whether a block stands among worked examples, and not in the answer proper. */
export function isWorkedExample({ lead, headings }: Context): boolean {
  return workedExample.test(headings.join('\n')) || workedExample.test(lead);
}

/** Whether a block is offered beside the answer: another way to do what has been done. */
export function isAlternative({ lead, headings }: Context): boolean {
  const said = `${headings.at(-1) ?? ''}\n${lead}`;
  return alternative.test(said) && !isRevision({ lead, headings });
}

/** Whether a block is announced as the last word. */
export function isRevision({ lead, headings }: Context): boolean {
  return revision.test(`${headings.at(-1) ?? ''}\n${lead}`);
}

const elision =
  /^\s*(?:(?:\/\/|#|\/\*|<!--|\{\/\*)\s*)?(?:\.{3}|…)[^\w\n]*$|^\s*(?:\/\/|#|\/\*|<!--|\{\/\*).*(?:\.{3}|…).*\b(?:rest|existing|remaining|same|previous|other|unchanged|here)\b|^\s*(?:\/\/|#|\/\*|<!--|\{\/\*).*\b(?:rest of|existing|remaining|unchanged|(?:your|same) code)\b.*(?:\.{3}|…|here)/im;

/** Whether a text leaves out a part that the reader is to fill in. */
export function isElided(text: string): boolean {
  return text.split('\n').some((line) => line.length < 200 && elision.test(line));
}
