import type { Prompt } from './runner.ts';

/** Characters of a token, about: vendors name this for English, and code has fewer. */
const charactersPerToken = 4;

/** Tokens that an answer with code is expected to have; one that is longer books more as it is written. */
const usualTokens = 1000;

/** Counts the tokens of so many characters, about. */
export function tokensIn(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

/** Counts the tokens of a prompt, about. */
export function promptTokens({ system, text }: Prompt): number {
  return tokensIn(system.length + text.length);
}

/** The tokens that an answer is expected to have where no more than so many are allowed. */
export function usualAnswerTokens(maxTokens: number = usualTokens): number {
  return Math.min(maxTokens, usualTokens);
}
