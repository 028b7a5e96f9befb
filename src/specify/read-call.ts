import type { Call } from '../domain/test-case.ts';
import type { Value } from '../domain/value.ts';
import { LiteralReader } from './literal-reader.ts';
import type { Place, Read } from './string-literal.ts';

type FunctionCall = Extract<Call, { kind: 'call' }>;

const callee = /(?:new\s+)?([A-Za-z_$][\w$]*)((?:\(\))?(?:\.[A-Za-z_$][\w$]*)+)?\s*\(/y;
const keyword = /\s*([A-Za-z_]\w*)\s*=(?![=>])/y;

/**
 * Reads a call of a function with literals for arguments, such as `f([1], key='a')` or `Solution().f(2)`;
 * undefined when none stands here or an argument is computed.
 */
export function readCall(place: Place): Read<FunctionCall> | undefined {
  callee.lastIndex = place.at;
  const [whole, first, path] = callee.exec(place.text) ?? [];
  if (whole === undefined || first === undefined || whole.startsWith('new')) return undefined;
  const name = `${first}${(path ?? '').replace('()', '')}`;
  const read = readArguments({ ...place, at: place.at + whole.length });
  if (read === undefined) return undefined;
  const { args, named } = read.value;
  const call = { kind: 'call', name, args } as const;
  return {
    value: Object.keys(named).length === 0 ? call : { ...call, named },
    end: read.end,
  };
}

interface Arguments {
  readonly args: readonly Value[];
  readonly named: Readonly<Record<string, Value>>;
}

/** Reads arguments up to their closing parenthesis. */
function readArguments(place: Place): Read<Arguments> | undefined {
  const reader = new LiteralReader(place);
  const args: Value[] = [];
  const named: [string, Value][] = [];
  while (!reader.take(')')) {
    const name = place.syntax === 'python' ? takeKeyword(reader) : undefined;
    const value = reader.value();
    if (value === undefined) return undefined;
    if (name !== undefined) named.push([name, value]);
    else if (named.length > 0) return undefined;
    else args.push(value);
    if (reader.take(')')) break;
    if (!reader.take(',')) return undefined;
  }
  return { value: { args, named: Object.fromEntries(named) }, end: reader.at };
}

function takeKeyword(reader: LiteralReader): string | undefined {
  keyword.lastIndex = reader.at;
  const [whole, name] = keyword.exec(reader.text) ?? [];
  if (whole === undefined) return undefined;
  reader.at += whole.length;
  return name;
}
