import { resolve } from 'node:path';
import { OrchestratorError } from '../domain/mistake.ts';
import { readTextFile } from './read-text-file.ts';

/** What can be written after `orchestrator bench`. */
export interface BenchCliOptions {
  readonly panel?: number;
  readonly panels?: number;
  readonly models?: readonly string[];
  readonly prior?: string;
  readonly limit?: number;
  readonly seed?: number;
  readonly jobs?: number;
  /** False with `--no-generated-inputs`. */
  readonly generatedInputs: boolean;
  readonly inputs?: number;
  readonly ask?: true;
  readonly save?: string;
  readonly config?: string;
  readonly json?: true;
  readonly html?: string;
  readonly svg?: string;
  readonly details?: string;
}

/** Where strengths come from, as `--prior` says it. */
export type PriorChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'learned' }
  | { readonly kind: 'visible' }
  | { readonly kind: 'given'; readonly strengths: Readonly<Record<string, number>> };

/** Reads names separated by commas; throws `bad-usage` for none. */
export function namesValue(text: string, before: readonly string[] = []): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length > 0) return [...before, ...names];
  throw new OrchestratorError('bad-usage', 'Cannot use an empty --models: wanted names');
}

/**
 * Reads `--prior`: `visible`, the default, `none`, `learn`, pairs such as `a=0.8,b=0.6`, or the path of a JSON file with an object of names and
 * shares. Throws `bad-usage`, and `unreadable-file` for the file.
 */
export async function readPrior(text: string | undefined, cwd: string): Promise<PriorChoice> {
  if (text === undefined || text === 'visible') return { kind: 'visible' };
  if (text === 'none') return { kind: 'none' };
  if (text === 'learn') return { kind: 'learned' };
  const pairs = text.split(',').map((part) => /^\s*(.+?)\s*=\s*([\d.]+)\s*$/.exec(part));
  if (pairs.every((pair) => pair !== null)) {
    return given(
      pairs.map(([, name = '', share]) => [name, Number(share)]),
      text,
    );
  }
  const json = parsed(await readTextFile(resolve(cwd, text), `the strengths in "${text}"`));
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw badPrior(text);
  return given(Object.entries(json), text);
}

function given(entries: readonly (readonly [string, unknown])[], text: string): PriorChoice {
  const shares = entries.map(([name, share]): [string, number] => {
    if (typeof share !== 'number' || !(share >= 0 && share <= 1)) throw badPrior(text);
    return [name, share];
  });
  return { kind: 'given', strengths: Object.fromEntries(shares) };
}

function parsed(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}

function badPrior(text: string): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    `Cannot use --prior "${text}": wanted visible, none, learn, name=share pairs with shares from 0 to 1, or a JSON file of such`,
  );
}
