import { javascriptInDeno, pythonInDeno } from './deno/deno-languages.ts';
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
  { languages: ['python'], open: at(python, pythonInDeno) },
  { languages: ['javascript', 'typescript'], open: at(javascript, javascriptInDeno) },
];

type Open = LanguageRow['open'];

/** Deno confines what runs in it alone, so there every language runs in Deno. */
function at(open: Open, openInDeno: Open): Open {
  return (place) => (place.sandbox.level === 'runtime' ? openInDeno(place) : open(place));
}
