import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for Ruby. */
export const ruby: GrammarRules = {
  ...noRules,
  names: ['identifier'],
  scopes: ['block', 'do_block', 'lambda'],
  functions: ['method', 'singleton_method'],
  open: ['class', 'module', 'singleton_class'],
  binds: ['method_parameters', 'block_parameters', 'lambda_parameters'],
  hoists: ['assignment.left', 'operator_assignment.left', 'exception_variable', 'for.pattern'],
  stops: ['optional_parameter.value', 'call', 'element_reference'],
  keeps: ['call.method', 'keyword_parameter.name', 'method.name', 'singleton_method.name'],
  lists: ['program', 'body_statement', 'block_body', 'then', 'else', 'ensure', 'do'],
};
