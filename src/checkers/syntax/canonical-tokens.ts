import type * as TreeSitter from 'web-tree-sitter';
import type { Binding, Place, Standing } from './places.ts';
import { Scope } from './scope.ts';

/** What the tokens of a tree are made with. */
export interface TokenRules {
  readonly placeOf: (standing: Standing) => Place;
  /** Nodes that do nothing: `type>only-child`, or `type>` for a childless one. */
  readonly idle: readonly string[];
}

/** A node on the way from the root to where the walk is. */
interface Frame {
  readonly place: Place;
  readonly typeId: number;
  readonly scope: Scope;
  readonly binding: Binding;
  /** How many tokens there were before it. */
  readonly start: number;
  /** Named children that are no comments. */
  children: number;
  lastChild: string;
  commas: number;
}

interface NameUse {
  readonly name: string;
  readonly scope: Scope;
  readonly isShorthand: boolean;
}

/**
 * The code as a list of tokens: without comments, layout and optional punctuation, with one kind of quotes,
 * and with positions in place of the names of locals. Two texts that differ in nothing else have equal
 * lists. Names that other code can see (top level, members, properties, imports) stay. A broken tree gives
 * the tokens of what could be read.
 */
export function canonicalTokens(
  tree: TreeSitter.Tree,
  text: string,
  rules: TokenRules,
): readonly string[] {
  const cursor = tree.walk();
  try {
    return new Walk(cursor, text, rules).tokens();
  } finally {
    cursor.delete();
  }
}

class Walk {
  readonly #cursor: TreeSitter.TreeCursor;
  readonly #text: string;
  readonly #rules: TokenRules;
  readonly #frames: Frame[] = [];
  readonly #tokens: (string | NameUse)[] = [];

  constructor(cursor: TreeSitter.TreeCursor, text: string, rules: TokenRules) {
    this.#cursor = cursor;
    this.#text = text;
    this.#rules = rules;
  }

  tokens(): readonly string[] {
    // A loop, because a long sum is a tree as deep as it is long.
    for (;;) {
      if (!this.#visit() && !this.#leave()) break;
    }
    return this.#tokens.flatMap((token) => (typeof token === 'string' ? token : spell(token)));
  }

  /** Writes a leaf, or opens a node and goes to its first child; false when there is nothing inside. */
  #visit(): boolean {
    const parent = this.#frames.at(-1);
    const typeId = this.#cursor.nodeTypeId;
    const place = this.#rules.placeOf({
      parentId: parent?.typeId ?? -1,
      fieldId: this.#cursor.currentFieldId,
      typeId,
    });
    if (place.isComment) return false;
    const frame = this.#frameOf(place, typeId, parent);
    const isWhole = place.isString || place.isName;
    if (isWhole || !this.#cursor.gotoFirstChild()) {
      this.#write(frame, parent);
      this.#close(frame, parent);
      return false;
    }
    if (place.isBlock) this.#tokens.push('{');
    this.#frames.push(frame);
    return true;
  }

  /** Goes to the next node that is not inside this one; false at the end of the tree. */
  #leave(): boolean {
    while (!this.#cursor.gotoNextSibling()) {
      if (!this.#cursor.gotoParent()) return false;
      const frame = this.#frames.pop();
      if (frame !== undefined) this.#close(frame, this.#frames.at(-1));
    }
    return true;
  }

  #frameOf(place: Place, typeId: number, parent: Frame | undefined): Frame {
    const outer = parent?.scope ?? new Scope(null, 'file');
    const scope = place.scope === null ? outer : new Scope(outer, place.scope);
    const inherited = place.scope === null ? (parent?.binding ?? 'none') : 'none';
    const binding = place.binding ?? inherited;
    const start = this.#tokens.length;
    return { place, typeId, scope, binding, start, children: 0, lastChild: '', commas: 0 };
  }

  #write({ place, scope, binding }: Frame, parent: Frame | undefined): void {
    const text = this.#text.slice(this.#cursor.startIndex, this.#cursor.endIndex);
    if (place.isName) {
      bind({ name: text, scope, binding });
      const use = { name: text, scope, isShorthand: place.isShorthand };
      if (place.isWrapped) this.#tokens.push('(', use, ')');
      else this.#tokens.push(use);
      return;
    }
    if (place.type === 'jsx_text') this.#push(text.replace(/\s+/g, ' ').trim());
    else if (place.type === 'string_content') this.#push(plainEscapes(text));
    else if (place.isString) this.#push(plainQuotes(text));
    else if (parent !== undefined) this.#writePunctuation(text.trim(), parent);
  }

  #push(token: string): void {
    if (token !== '') this.#tokens.push(token);
  }

  #writePunctuation(token: string, parent: Frame): void {
    if (parent.place.isList && (token === ';' || token === ',')) return;
    if (token === ',') parent.commas += 1;
    // The comma of a tuple of one is what makes it a tuple.
    const isTuple = parent.place.type.includes('tuple') && parent.commas === 1;
    if (closers.has(token) && this.#tokens.at(-1) === ',' && !isTuple) this.#tokens.pop();
    this.#push(quoteMark.test(token) ? token.toLowerCase().replace(/'''|"""|'/, '"') : token);
  }

  #close(frame: Frame, parent: Frame | undefined): void {
    const { place, start } = frame;
    if (this.#rules.idle.includes(`${place.type}>${frame.children > 1 ? '*' : frame.lastChild}`)) {
      this.#tokens.length = start;
      return;
    }
    if (place.isBlock) this.#tokens.push('}');
    if (parent === undefined || !place.isNamed) return;
    parent.children += 1;
    parent.lastChild = place.type;
    if (!parent.place.isList) return;
    if (this.#tokens.length > start && this.#tokens.at(-1) === ';') this.#tokens.pop();
    this.#tokens.push(';');
  }
}

const closers: ReadonlySet<string> = new Set([')', ']', '}']);

/** The start or the end of a string, with the letters before it: `f"`, `'''`. */
const quoteMark = /^[a-z]{0,2}(?:'''|"""|'|")$/i;

/** What a name in a place that declares, or sets free, means for the scopes. */
function bind({ name, scope, binding }: { name: string; scope: Scope; binding: Binding }): void {
  if (binding === 'here') scope.declare(name);
  if (binding === 'function') scope.enclosingFunction().declare(name);
  if (binding === 'around') (scope.parent ?? scope).declare(name);
  if (binding === 'release') scope.release(name);
}

function spell({ name, scope, isShorthand }: NameUse): string | readonly string[] {
  const position = scope.positionOf(name);
  if (position === null) return name;
  return isShorthand ? [name, ':', position] : position;
}

/** The text of a string between double quotes, whichever it was written with. */
function plainQuotes(text: string): string {
  const quote = /^[a-z]*(["'])/i.exec(text)?.[1];
  const plain = plainEscapes(text);
  if (quote === undefined || !text.endsWith(quote)) return plain;
  const start = text.indexOf(quote);
  return `${text.slice(0, start)}"${plain.slice(start + 1, -1)}"`;
}

function plainEscapes(text: string): string {
  return text.replace(/\\(["'])/g, '$1');
}
