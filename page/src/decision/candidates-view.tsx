import { type ReactNode, Suspense, useState } from 'react';
import { safeLine } from '../../../src/report/safe-text.ts';
import { lazyView } from '../shell/lazy-view.ts';
import { Loading } from '../shell/notice.tsx';
import { CandidateCard } from './candidate-card.tsx';
import { type Output, outputName } from './shapes.ts';

const DiffView = lazyView(async () => (await import('../code/diff-view.tsx')).DiffView);

interface CandidatesViewProps {
  readonly outputs: readonly Output[];
  readonly chosen: string | null;
}

/** Two answers side by side, or what differs between them. */
export function CandidatesView({ outputs, chosen }: CandidatesViewProps): ReactNode {
  const primaries = outputs.filter(({ role }) => role === 'primary');
  const first = primaries.find(({ seat }) => seat === chosen) ?? primaries[0];
  const second = primaries.find((output) => output !== first);
  const [pair, setPair] = useState({ left: first?.seat, right: second?.seat });
  const [isDiff, setIsDiff] = useState(false);
  const left = primaries.find(({ seat }) => seat === pair.left);
  const right = primaries.find(({ seat }) => seat === pair.right);
  if (!left) return <p className="empty">No model was asked for an answer.</p>;
  if (!right)
    return <CandidateCard output={left} name={left.model} isChosen={left.seat === chosen} />;
  const pick = (label: string, seat: string, onSeat: (next: string) => void): ReactNode => (
    <SeatPicker label={label} seat={seat} outputs={primaries} onSeat={onSeat} />
  );
  return (
    <div className="stack">
      <div className="row filters">
        {pick('Left', left.seat, (seat) => setPair({ ...pair, left: seat }))}
        {pick('Right', right.seat, (seat) => setPair({ ...pair, right: seat }))}
        <label className="check">
          <input type="checkbox" checked={isDiff} onChange={() => setIsDiff(!isDiff)} />
          Show as a diff
        </label>
      </div>
      {isDiff ? (
        <Suspense fallback={<Loading what="the comparison" />}>
          <DiffView
            before={left.code}
            after={right.code}
            label={`From ${safeLine(outputName(left, primaries))} to ${safeLine(outputName(right, primaries))}`}
          />
        </Suspense>
      ) : (
        <div className="side-by-side">
          {[left, right].map((output, index) => (
            <CandidateCard
              key={index === 0 ? 'left' : 'right'}
              output={output}
              name={outputName(output, primaries)}
              isChosen={output.seat === chosen}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface SeatPickerProps {
  readonly label: string;
  readonly seat: string;
  readonly outputs: readonly Output[];
  readonly onSeat: (seat: string) => void;
}

function SeatPicker({ label, seat, outputs, onSeat }: SeatPickerProps): ReactNode {
  return (
    <label className="field">
      {label}
      <select value={seat} onChange={(event) => onSeat(event.target.value)}>
        {outputs.map((output) => (
          <option key={output.seat} value={output.seat}>
            {outputName(output, outputs)}
          </option>
        ))}
      </select>
    </label>
  );
}
