import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for Java. */
export const java: GrammarRules = {
  ...noRules,
  names: ['identifier'],
  scopes: [
    'block',
    'for_statement',
    'enhanced_for_statement',
    'catch_clause',
    'try_with_resources_statement',
    'switch_block_statement_group',
    'switch_rule',
  ],
  functions: ['method_declaration', 'constructor_declaration', 'lambda_expression'],
  open: ['class_body', 'interface_body', 'enum_body', 'record_declaration', 'annotation_type_body'],
  binds: [
    'variable_declarator.name',
    'formal_parameter.name',
    'inferred_parameters',
    'lambda_expression.parameters',
    'enhanced_for_statement.name',
    'catch_formal_parameter.name',
    'resource.name',
    'instanceof_expression.name',
  ],
  keeps: [
    'field_access.field',
    'method_invocation.name',
    'method_declaration.name',
    'annotation.name',
    'marker_annotation.name',
    'element_value_pair.key',
    'scoped_identifier.name',
  ],
  strings: ['string_literal'],
};
