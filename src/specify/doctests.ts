import type { Call, Expected } from '../domain/test-case.ts';
import { readAssertion } from './assertion.ts';
import { equations } from './equations.ts';
import { callOfEntry, type Example, type FunctionEntry } from './example.ts';
import { readCall } from './read-call.ts';
import { readLiteral } from './read-literal.ts';
import { isBalanced } from './source-scanner.ts';

/** A prompt of an interactive session with what came of it. */
interface Prompt {
  readonly lines: readonly string[];
  readonly output: readonly string[];
  readonly at: number;
}

/** A prompt with its lines as one text. */
interface Read extends Prompt {
  readonly source: string;
}

/** What doctests are about. */
export interface DoctestText {
  readonly text: string;
  /** Undefined when the task is about a class, whose sessions are scripts. */
  readonly entry: FunctionEntry | undefined;
  /** The name that a session has to use to say anything about the task. */
  readonly name: string;
}

/** How many statements of a session are kept before the expression that is looked at. */
const statementsMax = 40;

const promptLine = /^[\s*#/|]*>>>\s?(.*)$/;
const continuation = /^[\s*#/|]*\.\.\.(?:\s(.*))?$/;
const border = /"""|'''|^\s*(?:```|(?:async\s+)?def\s|class\s)/;
const pythonStatement =
  /^(?:(?:import|from|assert|for|while|if|with|def|class|del|try|return|raise|async|@)\b|[\w.,\s[\]'"()*]+?(?:[-+*/%|&^]|\*\*|\/\/)?=(?!=))/;

/**
 * Reads the sessions of Python's doctest in a text. A call with literals becomes a call; what needs the
 * lines before it becomes a script.
 */
export function doctests(source: DoctestText): readonly Example[] {
  const sessions = sessionsIn(source.text);
  const hasOutput = sessions.flat().some(({ output }) => output.length > 0);
  return sessions.flatMap((session) => {
    const statements: string[] = [];
    return session.flatMap((prompt) => {
      const example = exampleOf(prompt, statements, { ...source, hasOutput });
      const isRaised = example?.expected.kind === 'raised';
      if (!isRaised && statements.length < statementsMax) statements.push(prompt.lines.join('\n'));
      return example ?? [];
    });
  });
}

function sessionsIn(text: string): readonly (readonly Prompt[])[] {
  const reader = new SessionReader();
  let at = 0;
  for (const line of text.split('\n')) {
    reader.read(line, at);
    at += line.length + 1;
  }
  return reader.sessions;
}

/** Gathers prompts line by line. */
class SessionReader {
  readonly sessions: Prompt[][] = [[]];
  #source: string[] = [];
  #output: string[] = [];
  #takes: 'nothing' | 'output' = 'nothing';

  read(line: string, at: number): void {
    const prompt = promptLine.exec(line)?.[1];
    if (prompt !== undefined) this.#open(prompt.trimEnd(), at);
    else if (border.test(line)) this.#divide();
    else if (line.trim() === '') this.#takes = 'nothing';
    else if (this.#takes === 'output') this.#continue(line);
  }

  #open(source: string, at: number): void {
    this.#source = [source];
    this.#output = [];
    this.#takes = 'output';
    this.sessions.at(-1)?.push({ lines: this.#source, output: this.#output, at });
  }

  #continue(line: string): void {
    const more = this.#output.length === 0 ? continuation.exec(line) : null;
    if (more === null) this.#output.push(line.trim());
    else this.#source.push((more[1] ?? '').trimEnd());
  }

  #divide(): void {
    this.#takes = 'nothing';
    if ((this.sessions.at(-1)?.length ?? 0) > 0) this.sessions.push([]);
  }
}

function exampleOf(
  prompt: Prompt,
  statements: readonly string[],
  about: DoctestText & { readonly hasOutput: boolean },
): Example | undefined {
  const { entry } = about;
  const source = prompt.lines.join('\n');
  const code = source.replace(/\s+#[^'"]*$/, '').replace(/;$/, '');
  if (code === '' || !isBalanced(code, 'python')) return undefined;
  if (entry !== undefined) {
    const call = callIn(code, entry);
    if (call !== undefined) return answered(call, prompt, about);
    const equation = equationIn({ ...prompt, source }, entry);
    if (equation !== undefined) return equation;
  }
  return scriptOf({ ...prompt, source: code }, statements, about);
}

function callIn(code: string, entry: FunctionEntry): Call | undefined {
  const read = readCall({ text: code, at: 0, syntax: 'python' });
  return read?.end === code.length ? callOfEntry(read.value, entry) : undefined;
}

function answered(
  call: Call,
  { output, at }: Prompt,
  { text, hasOutput }: { readonly text: string; readonly hasOutput: boolean },
): Example | undefined {
  if (output.length > 0) {
    const expected = expectedOf(output);
    return expected && { call, expected, at, isWeak: false };
  }
  // Doctest shows nothing for None; a text that never mentions it has left its outputs out.
  const isNone = hasOutput && /\bNone\b|\bOptional\b/.test(text);
  return isNone ? { call, expected: { kind: 'value', value: null }, at, isWeak: false } : undefined;
}

/** `>>> f(1) == 2` without an output, and `>>> f(1) 2`, which no Python would take. */
function equationIn({ source, output, at }: Read, entry: FunctionEntry): Example | undefined {
  const isConfirmed = output.length === 0 || /^True$/i.test(output.join(''));
  if (!isConfirmed) return undefined;
  const context = { syntax: 'python', entry } as const;
  const [example] = equations({ ...context, text: source });
  if (example !== undefined) return { ...example, at, isWeak: false };
  const read = readCall({ text: source, at: 0, syntax: 'python' });
  const call = read && callOfEntry(read.value, entry);
  const rest = read && source.slice(read.end);
  const value = rest?.startsWith(' ') ? readLiteral(rest.trim(), 'python') : undefined;
  if (call !== undefined && value !== undefined) {
    return { call, expected: { kind: 'value', value }, at, isWeak: false };
  }
  const asserted = readAssertion(`assert ${source.replace(/^assert\s+/, '')}`, context).example;
  return asserted?.expected.kind === 'value' ? { ...asserted, at } : undefined;
}

/** An expression that needs the lines before it, or more of Python than one call. */
function scriptOf(
  { source, output, at }: Read,
  statements: readonly string[],
  { name }: DoctestText,
): Example | undefined {
  const expected = output.length === 0 ? undefined : expectedOf(output);
  const printed = output.join('\n');
  if (output.length === 0 || pythonStatement.test(source)) return undefined;
  if (![...statements, source].some((line) => line.includes(name))) return undefined;
  const needed = needsSession(source, statements) ? statements.join('\n') : '';
  const call = { kind: 'script', statements: needed, expression: source } as const;
  const prints = /^print\s*\(/.test(source);
  if (expected !== undefined && !prints) return { call, expected, at, isWeak: false };
  // What is shown without being a literal is the text of `repr`, which only printing can compare.
  const isTrace = /^\s*(?:Traceback|\.\.\.)/.test(printed);
  if (isTrace || printed.includes('...') || (!prints && /^[A-Z]?[a-z]+ /.test(printed)))
    return undefined;
  const expression = prints ? source : `print(repr(${source}))`;
  return {
    call: { ...call, expression },
    expected: { kind: 'printed', text: printed },
    at,
    isWeak: false,
  };
}

const bound =
  /^\s*(?:import|from|def|class|for|with)\b|^\s*([A-Za-z_][\w, ()]*?)\s*(?::[^=]*)?=(?!=)/;

/** Whether an expression uses a name that an earlier line of its session made. */
function needsSession(source: string, statements: readonly string[]): boolean {
  const used = new Set(source.match(/[A-Za-z_]\w*/g));
  return statements.some((line) => {
    const match = bound.exec(line.slice(0, 300));
    if (match === null) return false;
    const names = (match[1] ?? line).match(/[A-Za-z_]\w*/g) ?? [];
    return names.some((name) => used.has(name));
  });
}

/** What the lines below a prompt demand; undefined when they are no literal. */
function expectedOf(output: readonly string[]): Expected | undefined {
  const [first = ''] = output;
  if (/^Traceback \(most recent call last\)/.test(first)) {
    const error = /^([A-Za-z_][\w.]*)(?::|$)/.exec(output.at(-1) ?? '')?.[1];
    return { kind: 'raised', error: error?.slice(error.lastIndexOf('.') + 1) ?? null };
  }
  const raised = /^(?:raises?\s+)?([A-Z]\w*(?:Error|Exception))\b/.exec(first)?.[1];
  if (raised !== undefined) return { kind: 'raised', error: raised };
  const value = readLiteral(output.join('\n'), 'python') ?? readLiteral(first, 'python');
  return value === undefined ? undefined : { kind: 'value', value };
}
