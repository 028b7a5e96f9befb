import type { GrammarRules } from '../grammar-rules.ts';
import type { GrammarName } from '../language-of.ts';
import { bash } from './bash.ts';
import { c } from './c.ts';
import { css } from './css.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';

/** The rules of every grammar that the package ships. */
export const grammarRules: Readonly<Record<GrammarName, GrammarRules>> = {
  bash,
  c,
  css,
  go,
  java,
  javascript,
  php,
  python,
  ruby,
  rust,
  tsx: javascript,
  typescript: javascript,
};
