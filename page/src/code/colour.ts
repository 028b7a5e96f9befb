import type { LanguageFn } from 'highlight.js';
import { createLowlight } from 'lowlight';
import type { Token } from './highlight.ts';

/** The part of a syntax tree that tokens are made of. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly object[];
}

/** Divides code into tokens by a grammar. */
export function colour(text: string, grammar: LanguageFn): readonly Token[] {
  return tokensOf(createLowlight({ it: grammar }).highlight('it', text), null);
}

function tokensOf(node: Node, kind: string | null): readonly Token[] {
  if (node.type === 'text') return [{ kind, text: node.value ?? '' }];
  const names = node.properties?.className;
  const own = Array.isArray(names) ? String(names[0]).replace('hljs-', '') : kind;
  return (node.children ?? []).flatMap((child) => tokensOf(child as Node, own));
}
