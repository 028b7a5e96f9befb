import type { Mode } from '../domain/mode.ts';

/** A mode, and what in the task spoke for it. */
export interface EstimatedMode {
  readonly mode: Mode;
  readonly because: string;
}

const critical =
  /\b(?:security|secure|payments?|authentication|authorization|encrypt\w*|migrations?|concurren\w*|distributed|production|critical|transactions?)\b/giu;
const quick =
  /\b(?:function|one-liner|regex|regexp|snippet|typo|rename|quick|small|simple|helper|convert|format)\b/iu;

/** Above this many words a task asks for more than one thing. */
const longTaskWords = 150;
/** Below this many words a task that names one small thing is one small thing. */
const shortTaskWords = 25;

/** Guesses from the task's text how many models it is worth, for `auto`. */
export function estimateMode(text: string, category: string): EstimatedMode {
  const words = text.split(/\s+/u).filter(Boolean).length;
  if (category === 'architecture') return { mode: 'architectural', because: 'it is a design task' };
  const risks = new Set(text.toLowerCase().match(critical));
  if (risks.size >= 2) return { mode: 'complex', because: `it names ${[...risks].join(', ')}` };
  if (words > longTaskWords) return { mode: 'complex', because: `it has ${words} words` };
  if (risks.size === 0 && words <= shortTaskWords && quick.test(text)) {
    return { mode: 'simple', because: 'it asks for one small thing' };
  }
  return { mode: 'medium', because: 'nothing in it speaks for fewer or more models' };
}
