import type { DefaultsView } from '../../../src/serve/api/shapes.ts';
import type { Draft } from './draft.ts';
import type { Mistakes } from './mistakes-of.ts';

/** What every part of the form is given. */
export interface FormPart {
  readonly draft: Draft;
  /** What holds where a field is left empty; null until the server has told. */
  readonly defaults: DefaultsView | null;
  /** Those that are to be shown. */
  readonly mistakes: Mistakes;
  readonly onChange: (change: Partial<Draft>) => void;
  /** Is told the name of a field that was left, so that its mistake is shown. */
  readonly onLeft: (field: string) => void;
  /** Is told when files of a field begin to be read, and when they are: no run begins without them meanwhile. */
  readonly onReading: (field: string, isReading: boolean) => void;
}
