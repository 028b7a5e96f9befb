import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for C. */
export const c: GrammarRules = {
  ...noRules,
  names: ['identifier'],
  scopes: ['compound_statement', 'for_statement'],
  functions: ['function_definition'],
  binds: ['parameter_declaration.declarator', 'declaration.declarator'],
  stops: ['init_declarator.value', 'array_declarator.size', 'function_declarator.declarator'],
  strings: ['string_literal'],
};
