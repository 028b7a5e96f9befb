import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for Python. */
export const python: GrammarRules = {
  ...noRules,
  names: ['identifier'],
  scopes: [
    'list_comprehension',
    'set_comprehension',
    'dictionary_comprehension',
    'generator_expression',
  ],
  functions: ['function_definition', 'lambda'],
  open: ['class_definition'],
  binds: [
    'parameters',
    'lambda_parameters',
    'assignment.left',
    'augmented_assignment.left',
    'named_expression.name',
    'for_statement.left',
    'for_in_clause.left',
    'as_pattern_target',
    'case_pattern',
  ],
  outer: ['function_definition.name', 'class_definition.name'],
  releases: ['global_statement', 'nonlocal_statement'],
  stops: [
    'attribute',
    'subscript',
    'call',
    'type',
    'default_parameter.value',
    'typed_default_parameter.value',
    'class_pattern>dotted_name',
  ],
  keeps: ['attribute.attribute', 'keyword_argument.name', 'keyword_pattern>identifier'],
  strings: ['string_content'],
  lists: ['module', 'block'],
  blocks: ['block'],
  idle: ['expression_statement>string', 'expression_statement>concatenated_string'],
};
