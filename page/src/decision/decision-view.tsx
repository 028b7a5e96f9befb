import type { ReactNode } from 'react';
import type { RunDetail } from '../../../src/serve/api/shapes.ts';
import { type Tab, Tabs } from '../shell/tabs.tsx';
import { AnswerView } from './answer-view.tsx';
import { CandidatesView } from './candidates-view.tsx';
import { DecisionActions } from './decision-actions.tsx';
import { DecisionHead } from './decision-head.tsx';
import { MatrixView } from './matrix-view.tsx';
import { ReviewReasons } from './review-reasons.tsx';
import { ReviewsView } from './reviews-view.tsx';
import { SplitView } from './split-view.tsx';
import { WhyView } from './why-view.tsx';

/** What came of a run: first where the answers part, and why a person should look. */
export function DecisionView({ detail }: { readonly detail: RunDetail }): ReactNode {
  const { result } = detail;
  if (!result) return null;
  const { evidence, validation, outputs } = result;
  const tabs: readonly Tab[] = [
    { id: 'answer', name: 'Answer', show: () => <AnswerView result={result} /> },
    { id: 'why', name: 'Why this one', show: () => <WhyView result={result} /> },
    {
      id: 'candidates',
      name: 'Candidates',
      show: () => <CandidatesView outputs={outputs} chosen={result.metadata.chosen_seat} />,
    },
    ...(evidence
      ? [
          {
            id: 'tests',
            name: 'Tests',
            show: () => <MatrixView evidence={evidence} chosen={result.metadata.chosen_seat} />,
          },
        ]
      : []),
    ...(validation
      ? [{ id: 'reviews', name: 'Reviews', show: () => <ReviewsView validation={validation} /> }]
      : []),
  ];
  return (
    <section className="stack" aria-label="Decision">
      {evidence?.separating && <SplitView split={evidence.separating} />}
      <DecisionHead result={result} />
      {validation && <ReviewReasons validation={validation} />}
      <DecisionActions detail={detail} />
      <Tabs label="Parts of the decision" tabs={tabs} />
    </section>
  );
}
