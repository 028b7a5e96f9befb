/** The execution modes, from the cheapest to the widest panel. */
export const modes = ['simple', 'medium', 'complex', 'architectural'] as const;

/** How many models a task is worth. */
export type Mode = (typeof modes)[number];

/** How many seats of each role a mode has; `'all'` means every runner of the category. */
export interface ModeShape {
  readonly primaries: number | 'all';
  readonly validators: number;
}
