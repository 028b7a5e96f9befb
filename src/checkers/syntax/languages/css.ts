import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for style sheets, which have no locals. */
export const css: GrammarRules = { ...noRules, strings: ['string_value'] };
