import type { ModelRow } from '../domain/model-row.ts';
import { jsonText } from './json.ts';

/** A model, and whether it can be asked here, as `models --json` has it. */
export interface ModelJson {
  readonly name: string;
  readonly type: string;
  readonly available: boolean;
  readonly where: string | null;
  readonly why_not: string | null;
  readonly remedy: string | null;
  /** Why it is not asked for a while, though it could be. */
  readonly refusal: string | null;
  /** What a local server lists. */
  readonly models?: readonly string[] | undefined;
}

/** Shows one model as a row of `models --json`. */
export function modelJson({ name, type, availability, models, refusal }: ModelRow): ModelJson {
  const isHere = availability.status === 'available';
  return {
    name,
    type,
    available: isHere,
    where: isHere ? availability.where : null,
    why_not: isHere ? null : availability.message,
    remedy: isHere ? null : availability.remedy,
    refusal: refusal?.message ?? null,
    ...(models && { models: [...models] }),
  };
}

/** Writes what can be asked here, and why not, as the JSON text of `models --json`. */
export function modelsJson(rows: readonly ModelRow[]): string {
  return jsonText({ models: rows.map(modelJson) });
}
