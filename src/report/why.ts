import { decisionRules } from '../domain/decision.ts';
import type { ModelOutput, OrchestratorResult, ValidationResult } from '../domain/result.ts';
import { countText, listText, secondsText } from './amounts.ts';
import { budgetParagraphs } from './budget-paragraphs.ts';
import { checkText } from './check-text.ts';
import { evidenceEntries, verifiedEntry } from './evidence-text.ts';
import { failureTitles } from './failure-text.ts';
import { labelled } from './labelled.ts';
import { learningParagraphs } from './learning-text.ts';
import { type Look, lineOf } from './line.ts';
import { matrixLines } from './matrix-text.ts';
import type { Paragraph } from './paragraph.ts';

/** The most findings that are shown; `--json` has them all. */
const findingsMaxShown = 12;

const severityTones = { critical: 'bad', major: 'warning', minor: 'quiet' } as const;
const verdictTexts = { accept: 'accepts', revise: 'asks for changes', reject: 'rejects' } as const;
const verdictTones = { accept: 'good', revise: 'warning', reject: 'bad' } as const;

/**
 * Says in short why this answer was chosen, what validators and checks found, and who failed; last, since it
 * is then what a person sees first, whether to look closer. Without an answer only what it cost.
 */
export function whyLines(result: OrchestratorResult, look: Look): readonly string[] {
  const footer = lineOf([{ text: footerText(result), tone: 'quiet' }], look);
  if (result.metadata.chosen === null) return [...substitutedLines(result, look), footer];
  const { evidence } = result;
  const entries = [
    verifiedEntry(result, look),
    { label: 'Chosen', paragraphs: chosen(result) },
    ...(evidence ? evidenceEntries(evidence, look) : []),
    { label: 'Agreement', paragraphs: agreement(result) },
    { label: 'Checks', paragraphs: checks(result) },
    { label: 'Validators', paragraphs: reviews(result.validation) },
    { label: 'Findings', paragraphs: findings(result.validation) },
    { label: 'No answer', paragraphs: failures(result) },
    { label: 'Stand-ins', paragraphs: substitutions(result) },
    { label: 'Learned', paragraphs: learningParagraphs(result.metadata.learning) },
    { label: 'Cache', paragraphs: cached(result) },
    { label: 'Budgets', paragraphs: budgetParagraphs(result) },
  ];
  return [
    lineOf([{ text: 'Why this answer', tone: 'strong' }], look),
    ...labelled(entries, look),
    ...testLines(result, look),
    ...reviewLines(result.validation, look),
    '',
    footer,
  ];
}

function chosen({ evidence, metadata, explanation }: OrchestratorResult): readonly Paragraph[] {
  // What an explanation tells of a run is shown by the entries below.
  const isTold = evidence !== null || explanation === '';
  return [
    { lead: { text: `${metadata.chosen}:`, tone: 'strong' }, text: decisionRules[metadata.rule] },
    ...(isTold ? [] : [{ text: explanation }]),
  ];
}

/** The likeness of texts, which says nothing where they were run. */
function agreement({ evidence, metadata: { rankings } }: OrchestratorResult): readonly Paragraph[] {
  if (evidence !== null) return [];
  const shares = rankings.flatMap(({ model, agreement: share }) =>
    share === null ? [] : [`${model} ${Math.round(share * 100)} %`],
  );
  return shares.length === 0 ? [] : [{ text: shares.join(', ') }];
}

function checks({ metadata, outputs }: OrchestratorResult): readonly Paragraph[] {
  const output = outputs.find(({ seat }) => seat === metadata.chosenSeat);
  return (output?.checks ?? []).map(checkText);
}

function reviews(validation: ValidationResult | null): readonly Paragraph[] {
  return (validation?.reviews ?? []).map(({ model, verdict, summary }) => {
    if (verdict === null) return { lead: { text: `${model}:` }, text: summary, tone: 'warning' };
    const lead = { text: `${model} ${verdictTexts[verdict]}`, tone: verdictTones[verdict] };
    return summary === ''
      ? { lead, text: '' }
      : { lead: { ...lead, text: `${lead.text}:` }, text: summary };
  });
}

function findings(validation: ValidationResult | null): readonly Paragraph[] {
  const all = validation?.findings ?? [];
  const order = Object.keys(severityTones);
  const sorted = all.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const shown = sorted
    .slice(0, findingsMaxShown)
    .map(({ severity, file, line, message, model }) => {
      const place = [file, line].filter((part) => part !== null).join(':');
      return {
        lead: { text: severity.padEnd('critical'.length), tone: severityTones[severity] },
        text: `${place === '' ? '' : `${place} `}${message} (${model})`,
      };
    });
  const hidden = all.length - shown.length;
  return hidden === 0 ? shown : [...shown, { text: `${hidden} more with --json`, tone: 'quiet' }];
}

function failures({ outputs }: OrchestratorResult): readonly Paragraph[] {
  return outputs.flatMap(({ model, error }) =>
    error === null ? [] : [{ lead: { text: model, tone: 'bad' }, text: error }],
  );
}

function substitutions({ metadata }: OrchestratorResult): readonly Paragraph[] {
  return metadata.substitutions.map(({ planned, runner, because }) => ({
    text: `${runner} in place of ${planned}: ${failureTitles[because].toLowerCase()}`,
  }));
}

function cached({ outputs }: OrchestratorResult): readonly Paragraph[] {
  const models = outputs.flatMap(({ model, source }) => (source === 'cache' ? [model] : []));
  if (models.length === 0) return [];
  return [{ text: `${listText(models)}: an answer of before, for which nobody was asked` }];
}

function substitutedLines(result: OrchestratorResult, look: Look): readonly string[] {
  const entries = [
    { label: 'Stand-ins', paragraphs: substitutions(result) },
    { label: 'Budgets', paragraphs: budgetParagraphs(result) },
  ];
  return labelled(entries, look);
}

function testLines({ evidence, metadata }: OrchestratorResult, look: Look): readonly string[] {
  if (evidence === null) return [];
  const lines = matrixLines(evidence, metadata.chosenSeat, look);
  if (lines.length === 0) return [];
  return ['', lineOf([{ text: 'What was run', tone: 'strong' }], look), ...lines];
}

function reviewLines(validation: ValidationResult | null, look: Look): readonly string[] {
  if (!validation?.needsHumanReview) return [];
  const sign = look.unicode ? '▲' : '!';
  // Cut to one line each: validators, findings and checks are told in full above.
  const reasons = validation.reviewReasons.map(({ message, witness }) => {
    const isSaid = message.toLowerCase().includes(witness.toLowerCase());
    const text = isSaid ? message : `${message}: ${witness}`;
    return lineOf([{ text: `  ${sign} `, tone: 'warning' }, { text }], look);
  });
  const title = 'A person should look at this before it is used';
  return ['', lineOf([{ text: title, tone: 'warning' }], look), ...reasons];
}

function footerText({ mode, category, outputs, executionTime }: OrchestratorResult): string {
  const tokens = outputs.reduce(
    (sum, { usage }) => sum + (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0),
    0,
  );
  return [
    mode,
    category,
    secondsText(executionTime * 1000),
    ...(tokens === 0 ? [] : [`${countText(tokens)} tokens`]),
    ...costText(outputs),
  ].join(', ');
}

function costText(outputs: readonly ModelOutput[]): readonly string[] {
  const costs = outputs.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  if (costs.length === 0) return [];
  const dollars = costs.reduce((sum, cost) => sum + cost, 0);
  const unknown = outputs.some(({ success, cost }) => success && cost === null);
  return [`${unknown ? 'at least ' : ''}$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`];
}
