import type { Entry } from '../domain/suite.ts';
import type { Syntax } from '../domain/syntax-of.ts';
import type { Call, Expected } from '../domain/test-case.ts';

/** One thing to try with what it should come to, as it stands in a text. */
export interface Example {
  readonly call: Call;
  readonly expected: Expected;
  /** Where in the text it stands. */
  readonly at: number;
  /** Whether a single `=` is all that says so, which formulas have too. */
  readonly isWeak: boolean;
}

/** A text in which examples of a function are looked for. */
export interface ExampleText {
  readonly text: string;
  readonly syntax: Syntax;
  readonly entry: FunctionEntry;
}

/** What is called in examples with arguments. */
export type FunctionEntry = Extract<Entry, { kind: 'function' }>;

/**
 * The name by which an entry is called, for a name in an example that means it: the same, the same method
 * without its class, or with one. Undefined for the name of something else.
 */
export function sameName(name: string, entry: FunctionEntry): string | undefined {
  return lastPart(name) === lastPart(entry.name) ? entry.name : undefined;
}

/**
 * A call by the name of the entry, its arguments in order where their names allow it; undefined when it
 * calls something else, or with too many or too few arguments.
 */
export function callOfEntry(call: FunctionCall, entry: FunctionEntry): Call | undefined {
  const name = sameName(call.name, entry);
  if (name === undefined) return undefined;
  const named = Object.entries(call.named ?? {});
  if (!takesCount(entry, call.args.length + named.length)) return undefined;
  if (named.length === 0) return { ...call, name };
  const byName = new Map(named);
  const next = entry.parameters.slice(call.args.length, call.args.length + named.length);
  if (next.some((parameter) => !byName.has(parameter.name))) return { ...call, name };
  const values = next.map((parameter) => byName.get(parameter.name) ?? null);
  return { kind: 'call', name, args: [...call.args, ...values] };
}

type FunctionCall = Extract<Call, { kind: 'call' }>;

/** Whether a function can be called with so many arguments. */
export function takesCount(
  { parameters, isVariadic }: Pick<FunctionEntry, 'parameters' | 'isVariadic'>,
  count: number,
): boolean {
  const least = parameters.filter(({ isOptional }) => !isOptional).length;
  return count >= least && (isVariadic || count <= parameters.length);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
