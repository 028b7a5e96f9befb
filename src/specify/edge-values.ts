import type { Value } from '../domain/value.ts';
import { floatValue } from './number-literal.ts';
import { boundsOf } from './sample-shape.ts';
import type { NumberShape, Shape } from './shape.ts';

/** The values of a shape with which programs most often go wrong: empty, one, equal, least and greatest. */
export function edgeValues(shape: Shape): readonly Value[] {
  switch (shape.kind) {
    case 'number':
      return numberEdges(shape);
    case 'string':
      return ['', [...shape.alphabet][0] ?? '', (shape.seen[0] ?? '').repeat(2)];
    case 'list': {
      const [item = false] = itemEdges(shape.of);
      const lists = shape.of.kind === 'number' ? [[], [item], [item, item]] : [[], [item]];
      return lists.map((items) => (shape.isSet ? { set: items.slice(0, 1) } : { list: items }));
    }
    case 'bool':
      return [true, false];
    case 'choice':
      return shape.options.flatMap((option) => edgeValues(option)).slice(0, 6);
    case 'map':
      return [{ map: [] }];
    case 'constant':
      return [shape.value];
    case 'tuple':
    case 'record':
      return [];
  }
}

function itemEdges(shape: Shape): readonly Value[] {
  if (shape.kind === 'string') return [shape.seen[0] ?? 'a'];
  if (shape.kind === 'tuple')
    return [{ tuple: shape.items.map((item) => itemEdges(item)[0] ?? null) }];
  if (shape.kind === 'record') {
    return [{ map: shape.fields.map(({ key, shape: held }) => [key, itemEdges(held)[0] ?? null]) }];
  }
  return edgeValues(shape);
}

function numberEdges(shape: NumberShape): readonly Value[] {
  const [least, most] = boundsOf(shape, 0);
  const amounts = [1, 0, 2, least, most, ...(shape.min < 0 ? [-1] : [])];
  const fitting = [...new Set(amounts)].filter((amount) => amount >= least && amount <= most);
  return fitting.map((amount) => (shape.isWhole ? { int: String(amount) } : floatValue(amount)));
}
