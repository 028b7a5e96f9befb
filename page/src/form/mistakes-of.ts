import {
  type Bounds,
  numberWithin,
  samplesBounds,
  wantedWithin,
} from '../../../src/domain/bounds.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import type { ProblemPlace } from '../../../src/serve/api/shapes.ts';
import { type Draft, type NumberName, numberBounds } from './draft.ts';

/** What is wrong with a form, one line by the name of each field; `samples/codex` is the number of one model. */
export type Mistakes = { readonly [Field in keyof Draft | SamplesField]?: string };

/** The name of the field with the number of one model. */
export type SamplesField = `samples/${string}`;

/** Names the field with the number of one model. */
export function samplesField(model: string): SamplesField {
  return `samples/${model}`;
}

/** Says of each number that cannot be used what was found and what is wanted. */
export function mistakesOf(draft: Draft): Mistakes {
  const names = Object.keys(numberBounds) as readonly NumberName[];
  const rows = [
    ...names.map((name) => [name, mistakeIn(draft[name], numberBounds[name])] as const),
    ...draft.models.map(
      (model) =>
        [samplesField(model), mistakeIn(draft.samples_of[model] ?? '', samplesBounds)] as const,
    ),
  ];
  return Object.fromEntries(rows.flatMap(([name, line]) => (line === null ? [] : [[name, line]])));
}

/** What the server says of fields, by the same names. */
export function mistakesAt(places: readonly ProblemPlace[]): Mistakes {
  return Object.fromEntries(
    places.map(({ pointer, detail }) => [
      fieldAt(pointer),
      detail.startsWith('Cannot') ? detail : `Cannot use this: ${detail}`,
    ]),
  );
}

/** `#/samples/codex` has a field of its own; any other place is shown at the field that it lies in. */
function fieldAt(pointer: string): string {
  const steps = decodeURIComponent(pointer).split('/').slice(1);
  const [field = '', inside] = steps.map((step) =>
    step.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
  return field === 'samples' && inside !== undefined ? samplesField(inside) : field;
}

/** Longer texts are cut. */
const shownMaxLength = 40;

function mistakeIn(text: string, bounds: Bounds): string | null {
  const found = text.trim();
  if (found === '' || numberWithin(found, bounds) !== undefined) return null;
  const shown = safeLine(
    found.length > shownMaxLength ? `${found.slice(0, shownMaxLength)}…` : found,
  );
  return `Cannot use "${shown}": wanted ${wantedWithin(bounds)}`;
}
