import type { Block } from './blocks.ts';

type Context = Pick<Block, 'lead' | 'headings'>;

const workedExample =
  /\b(?:example|similar|related|analogous|sample|warm-?up|relevant)\s+(?:problems?|exercises?|questions?|tasks?|exemplars?)\b|\b(?:problem|exemplar|example)\s+#?[1-9]\b/i;
const answerProper =
  /\b(?:original|actual|given) (?:problem|task|question)\b|\b(?:final|complete|full) (?:answer|solution|code|program|implementation)\b/i;
const alternative =
  /\balternative(?:ly)?\b|\banother (?:way|approach|version|option|implementation|method|solution|function)\b|\bif you (?:want|need|prefer|would like|['’]d like|do ?n[o'’]t want)\b|\byou (?:can|could|may|might) (?:also|want to)\b|\bor,? (?:you|using|as an?|with)\b|\b(?:one[- ]liner|in contrast|for comparison|bonus)\b|\binstead of\b|\bmore (?:efficient|concise|compact|pythonic|general|advanced)\b/i;
const revision =
  /\b(?:final|complete|full|fixed|corrected|updated|revised|rewritten|refined|put(?:ting)? (?:it|everything|this) (?:all )?together|altogether|mistake)\b/i;

/** Whether a block stands among worked examples, and not in the answer proper. */
export function isWorkedExample({ lead, headings }: Context): boolean {
  if (answerProper.test(lastParagraphs(lead, 1))) return false;
  return workedExample.test(headings.join('\n')) || workedExample.test(lead);
}

/** Whether a block is offered beside the answer: another way to do what has been done. */
export function isAlternative(context: Context): boolean {
  const said = `${context.headings.at(-1) ?? ''}\n${lastParagraphs(context.lead, 2)}`;
  return alternative.test(said) && !isRevision(context);
}

/** Whether a block is announced as the last word. */
export function isRevision({ lead, headings }: Context): boolean {
  const said = `${headings.at(-1) ?? ''}\n${lastParagraphs(lead, 1)}`;
  return revision.test(said) || answerProper.test(said);
}

/** What announces a block is right before it; what stands further above explains the one before. */
function lastParagraphs(lead: string, count: number): string {
  return lead.trim().split('\n\n').slice(-count).join('\n');
}

const elision =
  /^\s*(?:(?:\/\/|#|\/\*|<!--|\{\/\*)\s*)?(?:\.{3}|…)[^\w\n]*$|^\s*(?:\/\/|#|\/\*|<!--|\{\/\*).*(?:\.{3}|…).*\b(?:rest|existing|remaining|same|previous|other|unchanged|here)\b|^\s*(?:\/\/|#|\/\*|<!--|\{\/\*).*\b(?:rest of|existing|remaining|unchanged|(?:your|same) code)\b.*(?:\.{3}|…|here)/im;

/** Whether a text leaves out a part that the reader is to fill in. */
export function isElided(text: string): boolean {
  return text.split('\n').some((line) => line.length < 200 && elision.test(line));
}
