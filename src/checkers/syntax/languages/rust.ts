import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for Rust. */
export const rust: GrammarRules = {
  ...noRules,
  names: ['identifier', 'shorthand_field_identifier'],
  scopes: ['block', 'match_arm', 'for_expression', 'if_expression', 'while_expression'],
  functions: ['function_item', 'closure_expression', 'function_signature_item'],
  binds: [
    'let_declaration.pattern',
    'let_condition.pattern',
    'parameter.pattern',
    'closure_parameters',
    'for_expression.pattern',
    'match_arm.pattern',
  ],
  stops: [
    'parameter.type',
    'tuple_struct_pattern.type',
    'struct_pattern.type',
    'scoped_identifier',
    'range_pattern',
    'match_pattern.condition',
  ],
  shorthands: ['shorthand_field_identifier'],
  strings: ['string_literal'],
};
