import { type GrammarRules, noRules } from '../grammar-rules.ts';

/** The rules for shell, which has no locals that could be told from the rest. */
export const bash: GrammarRules = {
  ...noRules,
  lists: ['program', 'compound_statement', 'do_group', 'if_statement', 'else_clause', 'case_item'],
};
