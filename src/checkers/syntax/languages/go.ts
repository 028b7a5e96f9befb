import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for Go. */
export const go: GrammarRules = {
  ...noRules,
  names: ['identifier'],
  scopes: [
    'block',
    'if_statement',
    'for_statement',
    'expression_switch_statement',
    'type_switch_statement',
    'expression_case',
    'type_case',
    'communication_case',
    'default_case',
    'function_type',
    'method_elem',
  ],
  functions: ['function_declaration', 'method_declaration', 'func_literal'],
  binds: [
    'parameter_declaration.name',
    'variadic_parameter_declaration.name',
    'short_var_declaration.left',
    'var_spec.name',
    'const_spec.name',
    'range_clause.left',
    'type_switch_statement.alias',
    'receive_statement.left',
  ],
  keeps: ['keyed_element.key', 'selector_expression.field'],
  stops: ['selector_expression', 'index_expression'],
  strings: ['interpreted_string_literal'],
  lists: ['source_file', 'statement_list', 'field_declaration_list'],
};
