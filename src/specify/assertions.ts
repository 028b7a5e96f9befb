import { readAssertion } from './assertion.ts';
import type { Example, ExampleText } from './example.ts';
import { isBalanced } from './source-scanner.ts';

/** How many lines one assertion may take. */
const linesMax = 30;
/** How many assertions of one text are looked at. */
const statementsMax = 500;

const start = /^[\s>*\-`]*((?:assert\b|self\.assert|console\.assert|expect\s*\().*)$/;

/** Finds the assertions in a text, each begun on a line of its own, perhaps ended on a later one. */
export function assertionsIn(source: ExampleText): readonly Example[] {
  return statementsIn(source).flatMap(({ text, at }) => {
    const { example } = readAssertion(text, source);
    return example === undefined ? [] : [{ ...example, at }];
  });
}

/** Lists the assertions of a text as they are written. */
export function statementsIn({ text, syntax }: Pick<ExampleText, 'text' | 'syntax'>): readonly {
  readonly text: string;
  readonly at: number;
}[] {
  const lines = text.split('\n');
  const found: { readonly text: string; readonly at: number }[] = [];
  let at = 0;
  for (const [index, line] of lines.entries()) {
    if (found.length >= statementsMax) break;
    const first = start.exec(line)?.[1]?.replace(/`+$/, '');
    if (first !== undefined) {
      const whole = completed(first, lines.slice(index + 1, index + linesMax), syntax);
      found.push({ text: whole, at });
    }
    at += line.length + 1;
  }
  return found;
}

/** Adds lines until every bracket is closed; the first line alone when they never are. */
function completed(
  first: string,
  more: readonly string[],
  syntax: 'python' | 'javascript',
): string {
  let whole = first;
  for (const line of more) {
    if (isBalanced(whole, syntax) || whole.length > 5000) break;
    whole = `${whole}\n${line}`;
  }
  const text = isBalanced(whole, syntax) ? whole : first;
  return (
    syntax === 'python' ? text.replace(/\s+#[^'"\n]*$/, '') : text.replace(/\s*\/\/[^'"\n]*$/, '')
  ).trim();
}
