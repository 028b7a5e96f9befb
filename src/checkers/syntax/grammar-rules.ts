/**
 * What of a grammar's trees is a name, a scope or layout. A place is written as the type of a node
 * (`lambda`), as a field of one (`assignment.left`), or as a child of one (`class_pattern>dotted_name`).
 */
export interface GrammarRules {
  /** Leaves that can be the name of a local. */
  readonly names: readonly string[];
  /** Nodes whose names are seen only inside them. */
  readonly scopes: readonly string[];
  /** The scopes to which a hoisted name belongs. */
  readonly functions: readonly string[];
  /** Nodes whose own names can be seen from outside, so that they are no locals. */
  readonly open: readonly string[];
  /** Places in which every name is a declaration. */
  readonly binds: readonly string[];
  /** The same, for the enclosing function rather than the enclosing block. */
  readonly hoists: readonly string[];
  /** The same, for the scope around the node that the name belongs to. */
  readonly outer: readonly string[];
  /** Places in which names belong to no scope of their own: `global x`. */
  readonly releases: readonly string[];
  /** Places inside a declaration that only use names. */
  readonly stops: readonly string[];
  /** Places whose leaf is a property or a label, not a variable. */
  readonly keeps: readonly string[];
  /** Leaves that stand for `name: name`. */
  readonly shorthands: readonly string[];
  /** Nodes with children that count as one token, and whose quotes do not matter. */
  readonly strings: readonly string[];
  /** Nodes in which line breaks, semicolons or commas part one child from the next. */
  readonly lists: readonly string[];
  /** Nodes that are braces only by their indentation. */
  readonly blocks: readonly string[];
  /** Nodes that do nothing when they have this one child, or, with no child named, none. */
  readonly idle: readonly string[];
  /** Places that may be written with or without parentheses. */
  readonly wraps: readonly string[];
}

/** To begin with: nothing is a name, and all layout matters. */
export const noRules: GrammarRules = {
  names: [],
  scopes: [],
  functions: [],
  open: [],
  binds: [],
  hoists: [],
  outer: [],
  releases: [],
  stops: [],
  keeps: [],
  shorthands: [],
  strings: [],
  lists: [],
  blocks: [],
  idle: [],
  wraps: [],
};
