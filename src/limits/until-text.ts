const dayMs = 86_400_000;

/** Says a time as a person reads it, `14:05`, with the date unless it is within a day; milliseconds since the epoch. */
export function untilText(untilMs: number, nowMs: number): string {
  const until = new Date(untilMs);
  const time = `${padded(until.getHours())}:${padded(until.getMinutes())}`;
  if (untilMs - nowMs < dayMs) return time;
  const day = [until.getFullYear(), until.getMonth() + 1, until.getDate()].map(padded).join('-');
  return `${day} ${time}`;
}

function padded(part: number): string {
  return String(part).padStart(2, '0');
}
