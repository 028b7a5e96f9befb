import type { Parameter } from '../domain/suite.ts';
import { readType } from './read-type.ts';
import { closingBracket, splitTop } from './source-scanner.ts';
import type { Syntax } from './syntax-of.ts';

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

function pythonDefinitions(source: string): readonly Definition[] {
  const found: Definition[] = [];
  let owner: { readonly name: string; readonly indent: number } | undefined;
  let base: number | undefined;
  for (const head of source.matchAll(pythonHead)) {
    if (found.length >= definitionsMax) break;
    const [whole, space = '', kind, name = '', open] = head;
    const indent = space.length;
    base ??= indent;
    if (indent <= base) owner = kind === 'class' ? { name, indent } : undefined;
    if (kind === 'class' || open !== '(' || (indent > base && owner === undefined)) continue;
    // A function inside a method is as deep again, and nobody outside can call it.
    if (owner !== undefined && indent > owner.indent + 4) continue;
    const at = head.index + whole.length - 1;
    const parameters = parametersAt({ source, at, syntax: 'python' });
    if (parameters !== undefined) found.push(definition(owner, name, parameters));
  }
  return found;
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

const notMethods: ReadonlySet<string> = new Set(
  'if for while switch catch constructor function return with else do super'.split(' '),
);

function scriptDefinitions(source: string): readonly Definition[] {
  const found: Definition[] = [];
  let owner: { readonly name: string } | undefined;
  for (const head of source.matchAll(scriptHead)) {
    if (found.length >= definitionsMax) break;
    const [whole, indent = '', declared, assigned, single, className, method] = head;
    if (indent === '') owner = className === undefined ? undefined : { name: className };
    const name = declared ?? assigned ?? method;
    if (name === undefined || notMethods.has(name)) continue;
    const isMethod = method !== undefined;
    if (isMethod !== (owner !== undefined) || (!isMethod && indent !== '')) continue;
    const open = isMethod ? whole.indexOf('(') : whole.length - 1;
    const parameters =
      single === undefined
        ? parametersAt({ source, at: head.index + open, syntax: 'javascript' })
        : { parameters: [{ name: single, type: undefined, isOptional: false }], isVariadic: false };
    if (parameters !== undefined) found.push(definition(owner, name, parameters));
  }
  return found;
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
