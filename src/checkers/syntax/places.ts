import type * as TreeSitter from 'web-tree-sitter';
import type { GrammarRules } from './grammar-rules.ts';

/** What happens to a name: it is declared here, around here, in the function, or set free. */
export type Binding = 'none' | 'here' | 'function' | 'around' | 'release';

/** What the rules say of a node, by its type and where it stands. */
export interface Place {
  readonly type: string;
  /** A rule of the grammar, as opposed to a literal piece of text like `(`. */
  readonly isNamed: boolean;
  readonly isComment: boolean;
  readonly scope: 'function' | 'block' | 'open' | null;
  /** Null where it is as for the node around it. */
  readonly binding: Binding | null;
  readonly isName: boolean;
  readonly isShorthand: boolean;
  readonly isString: boolean;
  readonly isList: boolean;
  readonly isBlock: boolean;
  readonly isWrapped: boolean;
}

/** Where a node stands, in the numbers of its grammar; -1 for no parent, 0 for no field. */
export interface Standing {
  readonly parentId: number;
  readonly fieldId: number;
  readonly typeId: number;
}

/** Makes the look-up of what the rules of a grammar say of a node. */
export function placesOf(
  language: TreeSitter.Language,
  rules: GrammarRules,
): (standing: Standing) => Place {
  const known = new Map<number, Place>();
  return (standing) => {
    const key = (standing.parentId + 1) * 2 ** 32 + standing.fieldId * 2 ** 16 + standing.typeId;
    const found = known.get(key);
    if (found !== undefined) return found;
    const place = placeOf(standing, language, rules);
    known.set(key, place);
    return place;
  };
}

function placeOf(standing: Standing, language: TreeSitter.Language, rules: GrammarRules): Place {
  const typeName = (id: number): string => language.types[id] ?? 'ERROR';
  const type = typeName(standing.typeId);
  const parent = typeName(standing.parentId);
  const field = language.fields[standing.fieldId] ?? '';
  const isIn = (list: readonly string[]): boolean =>
    list.includes(type) ||
    list.includes(`${parent}.${field}`) ||
    list.includes(`${parent}>${type}`);
  return {
    type,
    isNamed: language.nodeTypeIsNamed(standing.typeId),
    isComment: type.endsWith('comment'),
    scope: scopeOf(type, rules),
    binding: bindingOf(isIn, rules),
    isName: rules.names.includes(type) && !isIn(rules.keeps),
    isShorthand: isIn(rules.shorthands),
    isString: isIn(rules.strings),
    isList: isIn(rules.lists),
    isBlock: isIn(rules.blocks),
    isWrapped: isIn(rules.wraps) && type === 'identifier',
  };
}

function scopeOf(type: string, rules: GrammarRules): Place['scope'] {
  if (rules.functions.includes(type)) return 'function';
  if (rules.open.includes(type)) return 'open';
  return rules.scopes.includes(type) ? 'block' : null;
}

function bindingOf(
  isIn: (list: readonly string[]) => boolean,
  rules: GrammarRules,
): Place['binding'] {
  if (isIn(rules.stops)) return 'none';
  if (isIn(rules.releases)) return 'release';
  if (isIn(rules.outer)) return 'around';
  if (isIn(rules.hoists)) return 'function';
  return isIn(rules.binds) ? 'here' : null;
}
