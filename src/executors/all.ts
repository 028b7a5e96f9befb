import { javascript } from './javascript/javascript.ts';
import type { Language, LanguagePlace } from './language.ts';
import { python } from './python/python.ts';

/** Languages that are run alike, by their canonical names. */
export interface LanguageRow {
  readonly languages: readonly string[];
  readonly open: (place: LanguagePlace) => Language;
}

/** Every language that can be run. */
export const languageRows: readonly LanguageRow[] = [
  { languages: ['python'], open: python },
  { languages: ['javascript', 'typescript'], open: javascript },
];
