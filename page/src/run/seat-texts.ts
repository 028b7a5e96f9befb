import type { Told } from '../../../src/serve/told.ts';

type ToldText = Extract<Told, { readonly type: 'text' }>;

/** What one seat wrote. */
export interface SeatText {
  readonly turn: number;
  readonly text: string;
  /** Changes whenever the text is another one rather than a longer one. */
  readonly edition: number;
}

/** What a seat wrote that wrote nothing. */
export const noText: SeatText = { turn: 0, text: '', edition: 0 };

/** What a seat wrote, after it wrote more. */
export function textAfter(before: SeatText, { turn, from, text }: ToldText): SeatText {
  const { text: known, edition } = before;
  if (before.turn === turn && from >= known.length) return { turn, text: known + text, edition };
  const kept = before.turn === turn ? known.slice(0, from) : '';
  return { turn, text: kept + text, edition: edition + 1 };
}

/** What a seat wrote, once the whole of it is known. */
export function wholeAfter(before: SeatText, text: string): SeatText {
  if (before.text === text) return before;
  return { turn: before.turn, text, edition: before.edition + 1 };
}
