import type { ValueType } from '../domain/value-type.ts';

const int: ValueType = { kind: 'int' };
const string: ValueType = { kind: 'string' };
const strings: ValueType = { kind: 'list', of: string };
const ints: ValueType = { kind: 'list', of: int };

/** What the words right before or after a parameter's name in the task say. */
const words: readonly (readonly [RegExp, ValueType])[] = [
  [/\b(?:list|array)s? of (?:strings|words|names|lines)\b/i, strings],
  [
    /\b(?:list|array)s? of (?:lists|arrays)\b|\bmatrix\b|\bgrid\b|\b2d array\b/i,
    { kind: 'list', of: ints },
  ],
  [/\b(?:list|array|sequence)\b/i, ints],
  [/\b(?:string|text|word|sentence|character)\b/i, string],
  [/\b(?:float|decimal|real number)\b/i, { kind: 'float' }],
  [/\b(?:boolean|flag)\b/i, { kind: 'bool' }],
  [/\b(?:object|dictionary|dict|mapping|hash)\b/i, { kind: 'map', key: string, value: int }],
  [/\b(?:integers?|numbers?|length|count|index)\b/i, int],
];

/** What parameters of these names usually are. */
const names: readonly (readonly [RegExp, ValueType])[] = [
  [/^(?:words|strings|strs|names|lines|tokens)$/i, strings],
  [/^(?:matrix|grid|board|mat|points|edges|intervals|pairs)$/i, { kind: 'list', of: ints }],
  [/^(?:arr|array|lst|list|nums|numbers|values|items|xs|a?list\d*|arr\d+|lst\d+)$/i, ints],
  [
    /^(?:s|s\d|str|string|text|word|sentence|substr|substring|txt|line|phrase|pattern|char|ch|name|prefix|suffix)$/i,
    string,
  ],
  [/^(?:is|has|should)[A-Z_]/, { kind: 'bool' }],
  [/^(?:obj|dict|map|mapping|d|counts)$/i, { kind: 'map', key: string, value: int }],
];

/**
 * Guesses what a parameter without an annotation takes, by the words next to its name in the task, else by
 * the name; an integer where nothing says more.
 */
export function guessType(name: string, task: string): ValueType {
  const near = wordsNear(name, task);
  const bySentence = near === '' ? undefined : words.find(([word]) => word.test(near))?.[1];
  const byName = names.find(([pattern]) => pattern.test(name))?.[1];
  return byName ?? bySentence ?? int;
}

/** The few words around the first mention of a name in a sentence. */
function wordsNear(name: string, task: string): string {
  const escaped = name.replaceAll('$', '\\$');
  const mention = new RegExp(
    `([^\\n.(]{0,40})[\`'"*]?\\b${escaped}\\b[\`'"*]?(?![(=])([^\\n.]{0,50})`,
  );
  const prose = task.replaceAll(/\([^()\n]*\)/g, '');
  const [, before = '', after = ''] = mention.exec(prose) ?? [];
  // What a function returns says nothing of what it takes.
  const [taken = ''] = after.split(/\breturn/i);
  return `${before} ${taken}`;
}
