import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for PHP. */
export const php: GrammarRules = {
  ...noRules,
  names: ['variable_name'],
  functions: ['function_definition', 'method_declaration'],
  open: ['declaration_list'],
  binds: ['formal_parameters'],
  // A variable is declared by being used.
  hoists: ['method_declaration.body', 'function_definition.body'],
  releases: ['global_declaration'],
  stops: ['property_promotion_parameter'],
  keeps: ['scoped_property_access_expression.name', 'property_element.name'],
};
