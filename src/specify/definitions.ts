import type { Parameter } from '../domain/suite.ts';
import type { Syntax } from '../domain/syntax-of.ts';
import { readType } from './read-type.ts';
import { closingBracket, splitTop } from './source-scanner.ts';

/** A function that other code can call. */
export interface Definition {
  /** A path for a method: `Solution.twoSum`. */
  readonly name: string;
  /** Without `self`. */
  readonly parameters: readonly Parameter[];
  /** Whether it takes any number of arguments. */
  readonly isVariadic: boolean;
}

/** The most definitions that are read of one file. */
const definitionsMax = 300;

const pythonHead = /^([ \t]*)(?:async[ \t]+)?(def|class)[ \t]+([A-Za-z_]\w*)[ \t]*(\(|:)?/gm;
const scriptHead =
  /^([ \t]*)(?:export[ \t]+)?(?:default[ \t]+)?(?:(?:async[ \t]+)?function[ \t]*\*?[ \t]*([\w$]+)[ \t]*(?:<[^>\n]{0,200}>)?[ \t]*\(|(?:const|let|var)[ \t]+([\w$]+)[ \t]*(?::[^=\n]{0,200})?=[ \t]*(?:async[ \t]*)?(?:function[ \t]*\*?[ \t]*[\w$]*[ \t]*)?(?:<[^>\n]{0,200}>)?[ \t]*(?:\(|([\w$]+)[ \t]*=>)|(?:abstract[ \t]+)?class[ \t]+([\w$]+)|(?:static[ \t]+|public[ \t]+|async[ \t]+){0,3}([\w$]+)[ \t]*\([^()\n]{0,300}\)[ \t]*(?::[^{\n]{0,200})?\{)/gm;

/** Lists the functions and methods of a source text that other code can call; private ones are left out. */
export function definitionsOf(source: string, syntax: Syntax): readonly Definition[] {
  const found = syntax === 'python' ? pythonDefinitions(source) : scriptDefinitions(source);
  return found.filter(({ name }) => !/^_|\._/.test(name));
}

/** The start of a definition, before its parameters are read. */
interface Head {
  readonly indent: number;
  /** Undefined for a class. */
  readonly parametersAt: number | undefined;
  readonly name: string;
  readonly isClass: boolean;
}

function pythonDefinitions(source: string): readonly Definition[] {
  const heads = [...source.matchAll(pythonHead)].slice(0, definitionsMax).map((match): Head => {
    const [whole, space = '', kind, name = '', open] = match;
    const end = match.index + whole.length - 1;
    const isClass = kind === 'class';
    return { indent: space.length, name, isClass, parametersAt: open === '(' ? end : undefined };
  });
  return definitionsFrom(heads, { source, syntax: 'python' });
}

function scriptDefinitions(source: string): readonly Definition[] {
  const heads = [...source.matchAll(scriptHead)]
    .slice(0, definitionsMax)
    .flatMap((match) => scriptHeadOf(match) ?? []);
  return definitionsFrom(heads, { source, syntax: 'javascript' });
}

const notMethods: ReadonlySet<string> = new Set(
  'if for while switch catch constructor function return with else do super'.split(' '),
);

function scriptHeadOf(match: RegExpExecArray): Head | undefined {
  const [whole, space = '', declared, assigned, single, className, method] = match;
  const name = className ?? declared ?? assigned ?? method ?? '';
  const isMethod = method !== undefined;
  if (notMethods.has(name) || isMethod !== (space !== '' && className === undefined))
    return undefined;
  // The parameters of a method are in the match; of a function, its last character opens them.
  const open = isMethod ? whole.indexOf('(') : whole.length - 1;
  const at = single === undefined ? match.index + open : match.index + whole.lastIndexOf(single);
  return { indent: space.length, name, isClass: className !== undefined, parametersAt: at };
}

/** The functions at the top, and the methods of the classes there; what is inside of these nobody can call. */
function definitionsFrom(
  heads: readonly Head[],
  { source, syntax }: { readonly source: string; readonly syntax: Syntax },
): readonly Definition[] {
  const base = heads[0]?.indent ?? 0;
  return heads.flatMap((head, index) => {
    if (head.isClass || head.parametersAt === undefined) return [];
    const owner = heads.slice(0, index).findLast(({ indent }) => indent <= base);
    const isInside = head.indent > base;
    if (isInside && (owner?.isClass !== true || head.indent > owner.indent + 4)) return [];
    const parameters = parametersAt({ source, at: head.parametersAt, syntax });
    if (parameters === undefined) return [];
    return [definition(isInside ? owner : undefined, head.name, parameters)];
  });
}

function definition(
  owner: { readonly name: string } | undefined,
  name: string,
  parameters: Pick<Definition, 'parameters' | 'isVariadic'>,
): Definition {
  if (owner === undefined) return { name, ...parameters };
  const isBound = /^(?:self|cls|this)$/.test(parameters.parameters[0]?.name ?? '');
  const own = isBound ? parameters.parameters.slice(1) : parameters.parameters;
  return { name: `${owner.name}.${name}`, parameters: own, isVariadic: parameters.isVariadic };
}

interface Parameters {
  readonly parameters: readonly Parameter[];
  readonly isVariadic: boolean;
}

/** Reads the parameters in the parentheses that open at a place of a source text; undefined when they do not close. */
export function parametersAt(place: {
  readonly source: string;
  readonly at: number;
  readonly syntax: Syntax;
}): Parameters | undefined {
  const { source, at, syntax } = place;
  if (source[at] !== '(') return singleParameter(source, at);
  const end = closingBracket(source, at, syntax);
  if (end === undefined) return undefined;
  const parts = splitTop(uncommented(source.slice(at + 1, end), syntax), {
    syntax,
    separator: ',',
    hasAngles: true,
  });
  const written = parts.filter((part) => !/^(?:[*/]?)$/.test(part));
  const isRest = (part: string): boolean => /^(?:\*|\.\.\.)/.test(part);
  return {
    parameters: written.filter((part) => !isRest(part)).map((part) => parameterFrom(part, syntax)),
    isVariadic: written.some(isRest),
  };
}

/** The parameter of `x => x + 1`. */
function singleParameter(source: string, at: number): Parameters {
  const name = /^[\w$]+/.exec(source.slice(at, at + 100))?.[0] ?? '';
  return { parameters: [{ name, type: undefined, isOptional: false }], isVariadic: false };
}

function uncommented(source: string, syntax: Syntax): string {
  return source.replaceAll(
    syntax === 'python' ? /#[^\n"']*$/gm : /\/\/[^\n"']*$|\/\*.*?\*\//gms,
    '',
  );
}

function parameterFrom(part: string, syntax: Syntax): Parameter {
  const [declared = '', ...defaults] = splitTop(part, { syntax, separator: '=', hasAngles: false });
  const [name = '', ...annotation] = splitTop(declared, {
    syntax,
    separator: ':',
    hasAngles: false,
  });
  const isOptional = defaults.length > 0 || name.endsWith('?');
  const type = annotation.length === 0 ? undefined : readType(annotation.join(':'), syntax);
  return { name: name.replace(/\?$/, ''), type, isOptional };
}
