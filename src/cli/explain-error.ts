import { exitStatus, exitStatusOf, OrchestratorError } from '../domain/mistake.ts';
import { safeText } from '../report/safe-text.ts';

/** What is said of an error, and the exit status after it. */
export interface Explanation {
  /** Lines for stderr, with their line ends. */
  readonly text: string;
  readonly status: number;
}

/** Explains what was thrown: a misuse in its own words, anything else as a defect of this program. */
export function explainError(error: unknown, verbose: boolean): Explanation {
  if (error instanceof OrchestratorError) {
    const hint = error.hint === undefined ? '' : `. ${error.hint}`;
    return { text: `${safeText(error.message + hint)}\n`, status: exitStatusOf[error.code] };
  }
  const [what, stack] =
    error instanceof Error ? [error.message, error.stack ?? ''] : [String(error), ''];
  const detail = verbose ? `${stack}\n` : 'Run it again with --verbose to see where\n';
  const line = `Cannot go on for a defect of orchestrator, please report it: ${what}`;
  return { text: `${safeText(`${line}\n${detail}`)}`, status: exitStatus.unexpected };
}
