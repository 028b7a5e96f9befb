import {
  type LevelRow,
  type SandboxChoice,
  type SandboxLevel,
  sandboxLevels,
} from '../domain/sandbox.ts';

/** Chooses the strongest level that is available and at or above the floor. */
export function chooseSandbox(rows: readonly LevelRow[], floor: SandboxLevel): SandboxChoice {
  const allowed = sandboxLevels.slice(0, sandboxLevels.indexOf(floor) + 1);
  for (const level of allowed) {
    const row = rows.find((other) => other.level === level);
    if (row?.status === 'available') return { status: 'chosen', sandbox: row.sandbox };
  }
  return { status: 'refused', floor, rows };
}
