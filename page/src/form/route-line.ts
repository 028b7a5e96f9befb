import type { RouteView } from '../../../src/serve/api/shapes.ts';

/** A seat, and how many answers its model is asked for. */
export type SeatGroup = RouteView['seats'][number] & { readonly count: number };

/** The seats, those of further answers of one model counted with its first: `primary-1.2` with `primary-1`. */
export function seatGroups({ seats }: RouteView): readonly SeatGroup[] {
  const groups = Map.groupBy(seats, ({ id }) => id.replace(/\.\d+$/, ''));
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first ? [{ ...first, count: rest.length + 1 }] : [],
  );
}

/** `frontend: react, form → gemini, claude-code (2 times); validator codex (complex)`. */
export function routeLine(route: RouteView): string {
  const groups = seatGroups(route);
  const of = (wanted: string): string =>
    groups
      .filter(({ role }) => role === wanted)
      .map(({ model, count }) => (count > 1 ? `${model} (${count} times)` : model))
      .join(', ');
  const validators = of('validator');
  const reviewed = validators === '' ? '' : `; validator ${validators}`;
  return `${route.reason} → ${of('primary')}${reviewed} (${route.mode})`;
}
