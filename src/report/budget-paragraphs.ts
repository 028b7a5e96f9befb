import type { OrchestratorResult, ResultBudget } from '../domain/result.ts';
import { countText, dollarsText, listText } from './amounts.ts';
import type { Paragraph } from './paragraph.ts';

/** Says of each budget how much of it is used, and whom it does not cover; nothing where none held. */
export function budgetParagraphs({ spending }: OrchestratorResult): readonly Paragraph[] {
  const { budgets, estimated, unpriced } = spending;
  const rows = budgets.map(
    (budget): Paragraph => ({
      lead: { text: `${budget.kind}:` },
      text: `${usedText(budget)}${estimated ? ', in part an estimate' : ''}`,
    }),
  );
  const isInDollars = budgets.some(({ maxCost }) => maxCost !== null);
  if (!isInDollars || unpriced.length === 0) return rows;
  const text = `no price is known of ${listText(unpriced)}, which no budget in dollars covers`;
  return [...rows, { text, tone: 'warning' }];
}

function usedText({ cost, maxCost, maxTokens, tokens }: ResultBudget): string {
  const parts = [
    ...(maxCost === null ? [] : [`${dollarsText(cost)} of ${dollarsText(maxCost)}`]),
    ...(maxTokens === null ? [] : [`${countText(tokens)} of ${countText(maxTokens)} tokens`]),
  ];
  return parts.join(', ');
}
