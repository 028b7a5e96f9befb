import type { CodeFile } from '../../domain/candidate.ts';
import type { Check, Checker, FileCheck } from '../../domain/verdict.ts';
import { canonicalTokens } from './canonical-tokens.ts';
import { type Fault, faultOf } from './fault.ts';
import { type Grammar, type GrammarSource, shippedGrammars } from './grammars.ts';
import { type GrammarName, languageOf } from './language-of.ts';

/** The most characters of a file that is parsed. */
export const fileMaxLength = 400_000;

/** What most answers are written in. */
const commonest = ['python', 'typescript', 'javascript'] as const;

/**
 * Languages whose grammar calls valid code broken: macros stand for any text in C, and style sheets grow
 * faster than their grammar. There, only a bracket without a partner counts as a failure.
 */
const doubtful: ReadonlySet<GrammarName> = new Set(['c', 'css']);

type Outcome = Check['outcome'];

/** Checks that a file is of its language, by the language's grammar, and gives its canonical tokens. */
export function syntaxChecker(grammars: GrammarSource = shippedGrammars()): Checker {
  let warmed: Promise<unknown> | undefined;
  return {
    name: 'syntax',
    warm: async () => {
      warmed ??= warm(grammars);
      await warmed;
    },
    check: async (file) => {
      try {
        return await checkFile(file, grammars);
      } catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        return notRun(file, `the parser could not be used: ${message}`);
      }
    },
  };
}

/** The first parse of a grammar takes ten times as long as the second. */
function warm(grammars: GrammarSource): Promise<unknown> {
  const checks = commonest.map((language) =>
    checkFile({ path: null, language, text: warmUp }, grammars),
  );
  return Promise.allSettled(checks);
}

/** Code in each of the commonest languages. */
const warmUp = 'a = 1\n';

async function checkFile(file: CodeFile, grammars: GrammarSource): Promise<FileCheck> {
  const found = languageOf(file);
  if (found.status === 'unknown') {
    return notRun(
      file,
      found.name === null ? 'language unknown' : `no grammar for "${found.name}"`,
    );
  }
  if (file.text.length > fileMaxLength) {
    return notRun(file, `${file.text.length} characters, over the limit of ${fileMaxLength}`);
  }
  if (found.language === 'json') return row(file, checkJson(file.text), null);
  return checkCode(file, found.language, grammars);
}

async function checkCode(
  file: CodeFile,
  language: GrammarName,
  grammars: GrammarSource,
): Promise<FileCheck> {
  let broken: FileCheck | null = null;
  for (const name of candidatesFor(language, file.text)) {
    const parsed = parseWith(await grammars(name), name, file.text);
    if (parsed === null) return notRun(file, 'parsing takes too long');
    if (parsed.fault === null) return row(file, { status: 'passed' }, parsed.tokens);
    broken ??= row(file, failureOf(parsed.fault, language), parsed.tokens);
  }
  return broken ?? notRun(file, `no grammar for "${language}"`);
}

/**
 * The grammars to try, the likelier one first. Of TypeScript's two, each allows what the other does not, and a
 * fence called "typescript" often has markup in it.
 */
function candidatesFor(language: GrammarName, text: string): readonly GrammarName[] {
  if (language !== 'typescript' && language !== 'tsx') return [language];
  return /<\/|\/>/.test(text) ? ['tsx', 'typescript'] : ['typescript', 'tsx'];
}

interface Parsed {
  readonly fault: Fault | null;
  readonly tokens: readonly string[];
}

function parseWith(grammar: Grammar, language: GrammarName, code: string): Parsed | null {
  // What stands outside of its tags is plain text to PHP, and answers often leave the tags out.
  const text = language === 'php' && !code.includes('<?') ? `<?php ${code}` : code;
  const tree = grammar.parse(text);
  if (tree === null) return null;
  try {
    const { placeOf, rules } = grammar;
    const tokens = canonicalTokens(tree, text, { placeOf, idle: rules.idle });
    return { fault: faultOf(tree, language), tokens };
  } finally {
    tree.delete();
  }
}

function failureOf({ line, message, isBracket }: Fault, language: GrammarName): Outcome {
  if (isBracket || !doubtful.has(language)) return { status: 'failed', line, message };
  const because = `the ${language} grammar does not know what stands in line ${line}, and may be behind`;
  return { status: 'not-run', because };
}

function checkJson(text: string): Outcome {
  try {
    JSON.parse(text);
    return { status: 'passed' };
  } catch (cause) {
    if (comment.test(text.replace(jsonString, '')))
      return { status: 'not-run', because: withComments };
    const message = cause instanceof Error ? cause.message : String(cause);
    const line = Number(/line (\d+)/.exec(message)?.[1] ?? 1);
    return { status: 'failed', line, message };
  }
}

/** A string, or what is left of the text after a quote without a partner. */
const jsonString = /"(?:\\.|[^"\\])*"?/gs;
const comment = /\/\/|\/\*/;
const withComments = 'JSON with comments, which some programs read and others do not';

function notRun(file: CodeFile, because: string): FileCheck {
  return row(file, { status: 'not-run', because }, null);
}

function row(file: CodeFile, outcome: Outcome, tokens: readonly string[] | null): FileCheck {
  return { check: { checker: 'syntax', file: file.path, outcome }, tokens };
}
