import { type ReactNode, Suspense } from 'react';
import type { Merge } from '../../../src/domain/merge.ts';
import type { ResultJson } from '../../../src/report/json.ts';
import type { RunDetail } from '../../../src/serve/api/shapes.ts';
import { lazyView } from '../shell/lazy-view.ts';
import { Loading } from '../shell/notice.tsx';
import { type Tab, Tabs } from '../shell/tabs.tsx';
import { AnswerView } from './answer-view.tsx';
import { CandidatesView } from './candidates-view.tsx';
import { DecisionActions } from './decision-actions.tsx';
import { DecisionHead } from './decision-head.tsx';
import { MatrixView } from './matrix-view.tsx';
import { ReviewReasons } from './review-reasons.tsx';
import { ReviewsView } from './reviews-view.tsx';
import type { EvidenceJson } from './shapes.ts';
import { SplitView } from './split-view.tsx';
import { SynthesisView } from './synthesis-view.tsx';
import { WhyView } from './why-view.tsx';

const MergeView = lazyView(async () => (await import('./merge-view.tsx')).MergeView);

interface DecisionViewProps {
  readonly detail: RunDetail;
  /** What became of a merged answer; null where none was tried. */
  readonly merge: Merge | null;
}

/** What came of a run: first where the answers part, and why a person should look. */
export function DecisionView({ detail, merge }: DecisionViewProps): ReactNode {
  const { result } = detail;
  if (!result) return null;
  const { evidence, validation } = result;
  const tabs = tabsOf(result, merge);
  return (
    <section className="stack" aria-label="Decision">
      {evidence?.separating && (
        <SplitView
          split={evidence.separating}
          chosen={merge?.taken ? null : result.metadata.chosen_seat}
        />
      )}
      <DecisionHead result={result} />
      {validation && <ReviewReasons validation={validation} />}
      <DecisionActions detail={detail} />
      {tabs.length > 0 && <Tabs label="Parts of the decision" tabs={tabs} />}
    </section>
  );
}

/** What there is to see of a decision; a part that it has not is no tab. */
function tabsOf(result: ResultJson, merge: Merge | null): readonly Tab[] {
  const { evidence, validation, outputs, metadata } = result;
  const { synthesis, chosen } = metadata;
  // The chosen answer is the merged one, and no candidate's.
  const seat = merge?.taken ? null : metadata.chosen_seat;
  const views = outputs.filter(({ role, success }) => role === 'primary' && success);
  const names = [...new Set(views.map(({ model }) => model))];
  const all: readonly (Tab | false)[] = [
    synthesis !== null &&
      chosen !== null && {
        id: 'views',
        name: 'Views side by side',
        show: () => <SynthesisView synthesis={synthesis} names={names} />,
      },
    chosen !== null && {
      id: 'answer',
      name: 'Answer',
      show: () => <AnswerView result={result} />,
    },
    chosen !== null && {
      id: 'why',
      name: 'Why this one',
      show: () => <WhyView result={result} />,
    },
    merge !== null && {
      id: 'merge',
      name: 'Merge',
      show: () => (
        <Suspense fallback={<Loading what="the comparison" />}>
          <MergeView merge={merge} result={result} />
        </Suspense>
      ),
    },
    // Why each failed is said above; there is only more to see where one wrote something.
    (chosen !== null || outputs.some(({ raw_output }) => raw_output !== '')) && {
      id: 'candidates',
      name: 'Candidates',
      show: () => <CandidatesView outputs={outputs} chosen={seat} />,
    },
    evidence !== null && {
      id: 'tests',
      name: 'Tests',
      show: () => <MatrixView evidence={withMerged(evidence)} chosen={seat ?? mergedSeat} />,
    },
    validation !== null && {
      id: 'reviews',
      name: 'Reviews',
      show: () => <ReviewsView validation={validation} />,
    },
  ];
  return all.filter((tab) => tab !== false);
}

/** Stands in the matrix where a candidate has its seat. */
const mergedSeat = 'merged';

/** A merged answer is tried on the same tests, so it has a column beside the candidates. */
function withMerged(evidence: EvidenceJson): EvidenceJson {
  const { merge, matrix } = evidence;
  if (merge === null || merge.cells.length === 0) return evidence;
  const { cells } = merge;
  const row = { model: 'merged', seat: mergedSeat, status: 'ran', because: null, cells } as const;
  return { ...evidence, matrix: [...matrix, row] };
}
