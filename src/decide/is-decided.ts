import type { Decision } from '../domain/decision.ts';
import type { Seat } from '../domain/plan.ts';

/**
 * Tells whether a decision made of the answers in hand stands, whatever the seats that are left would bring: it
 * meets what is demanded of it, and the families behind its behaviour outnumber all others and those to come.
 */
export function isDecided(
  { chosen, verification, selection }: Decision,
  left: readonly Seat[],
): boolean {
  const isMet = verification.status === 'verified' || verification.status === 'partly';
  if (chosen === null || !selection || !isMet) return false;
  const [lead, ...others] = selection.behaviours;
  const behind = others.reduce((sum, { families }) => sum + families, 0);
  const coming = new Set(left.map(({ family, runner }) => family ?? runner)).size;
  return (lead?.families ?? 0) > behind + coming;
}
