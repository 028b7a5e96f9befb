import type { Value } from './value.ts';

/** Values inside values; what a driver writes stays far below. */
const depthMax = 300;

/** Whether untrusted data is a `Value`, all the way down. */
export function isValue(data: unknown): data is Value {
  return isValueAt(data, 0);
}

function isValueAt(data: unknown, depth: number): boolean {
  if (data === null || typeof data === 'boolean' || typeof data === 'string') return true;
  if (typeof data !== 'object' || Array.isArray(data) || depth > depthMax) return false;
  const [[tag, content] = [''], second, ...more] = Object.entries(data);
  if (more.length > 0) return false;
  if (tag === 'object') {
    return typeof content === 'string' && second?.[0] === 'fields' && areFields(second[1], depth);
  }
  return second === undefined && (contentChecks.get(tag)?.(content, depth + 1) ?? false);
}

type ContentCheck = (content: unknown, depth: number) => boolean;

const contentChecks: ReadonlyMap<string, ContentCheck> = new Map(
  Object.entries<ContentCheck>({
    int: (content) => typeof content === 'string' && /^-?\d+$/.test(content),
    float: (content) =>
      typeof content === 'string' && /^(-?inf|nan|-?[\d.]+(e[+-]?\d+)?)$/.test(content),
    bytes: (content) => typeof content === 'string',
    opaque: (content) => typeof content === 'string',
    list: areValues,
    tuple: areValues,
    set: areValues,
    map: (content, depth) =>
      Array.isArray(content) && content.every((pair) => isPair(pair) && areValues(pair, depth)),
  }),
);

function areFields(content: unknown, depth: number): boolean {
  return (
    Array.isArray(content) &&
    content.every(
      (pair) => isPair(pair) && typeof pair[0] === 'string' && isValueAt(pair[1], depth + 1),
    )
  );
}

function areValues(content: unknown, depth: number): boolean {
  return Array.isArray(content) && content.every((item) => isValueAt(item, depth));
}

function isPair(data: unknown): data is readonly [unknown, unknown] {
  return Array.isArray(data) && data.length === 2;
}
