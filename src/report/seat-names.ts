import type { SeatId } from '../domain/plan.ts';

/** Names the seats by their models, with the seat itself where one model has several. */
export function seatNames(
  rows: readonly { readonly model: string; readonly seat: SeatId }[],
): (seat: SeatId) => string {
  return (seat) => {
    const model = rows.find((row) => row.seat === seat)?.model ?? seat;
    const isShared = rows.filter((row) => row.model === model).length > 1;
    return isShared ? `${model} (${seat})` : model;
  };
}
