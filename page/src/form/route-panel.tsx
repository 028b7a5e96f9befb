import type { ReactNode } from 'react';
import { estimateParagraphs } from '../../../src/report/estimate-text.ts';
import { learningParagraphs } from '../../../src/report/learning-text.ts';
import type { RouteView } from '../../../src/serve/api/shapes.ts';
import { Badge } from '../shell/badge.tsx';
import { Fault } from '../shell/notice.tsx';
import { routeLine, seatGroups } from './route-line.ts';
import type { RoutePreview } from './use-route.ts';

interface RoutePanelProps extends RoutePreview {
  readonly hasTask: boolean;
  /** Whether the run is to begin with one model. */
  readonly isAdaptive: boolean;
}

/** Shows who would be asked, and what that may use. */
export function RoutePanel({
  route,
  error,
  isWithoutFiles,
  hasTask,
  isAdaptive,
}: RoutePanelProps): ReactNode {
  return (
    <section className="panel route" aria-labelledby="route-title">
      <h2 id="route-title">Who would be asked</h2>
      <p className="route-line" role="status">
        {route && routeLine(route)}
        {!(route || hasTask) && 'Write a task, and this says who would be asked for it.'}
        {!route && hasTask && error === null && 'Looking who can be asked.'}
      </p>
      {error !== null && <Fault error={error} />}
      {route && <Seats route={route} isAdaptive={isAdaptive} />}
      {route && <Estimate route={route} isWithoutFiles={isWithoutFiles} />}
    </section>
  );
}

interface SeatsProps extends Pick<RoutePanelProps, 'isAdaptive'> {
  readonly route: RouteView;
}

function Seats({ route, isAdaptive }: SeatsProps): ReactNode {
  const groups = seatGroups(route);
  const isStepwise = isAdaptive && route.mode !== 'architectural';
  const [first, ...later] = groups.filter(({ role }) => role === 'primary');
  return (
    <ul className="seat-list">
      {groups.map(({ id, role, model, available, why_not, count }) => {
        const planned = route.substitutions.find(({ seat }) => seat === id)?.planned;
        return (
          <li key={id}>
            <span className="seat-name">{model}</span>
            <span className="quiet">
              {role === 'primary' ? 'answers' : 'reviews'}
              {count > 1 && ` ${count} times`}
            </span>
            <Badge tone={available ? 'good' : 'bad'}>
              {available ? 'available' : 'unavailable'}
            </Badge>
            {planned !== undefined && <p className="hint">in place of {planned}</p>}
            {why_not !== null && <p className="hint">{why_not}</p>}
          </li>
        );
      })}
      {isStepwise && first && later.length > 0 && (
        <li className="hint">
          {first.model} begins; the other answers are asked for only where that settles nothing.
        </li>
      )}
    </ul>
  );
}

interface EstimateProps {
  readonly route: RouteView;
  readonly isWithoutFiles: boolean;
}

function Estimate({ route, isWithoutFiles }: EstimateProps): ReactNode {
  const { least, most, ...unknown } = route.estimate;
  const amounts = {
    least: { costUsd: least.cost_usd, tokens: least.tokens },
    most: { costUsd: most.cost_usd, tokens: most.tokens },
  };
  const [sum, ...notes] = estimateParagraphs({ ...amounts, ...unknown });
  const learned = learningParagraphs(route.learning);
  return (
    <dl className="route-facts">
      {learned.length > 0 && <Fact name="By past runs" lines={learned.map(lineOf)} />}
      <Fact
        name="Estimate"
        lines={[
          ...(sum ? [sum.text] : []),
          ...notes.map(lineOf),
          ...(isWithoutFiles ? ['without the files, which are large'] : []),
        ]}
      />
    </dl>
  );
}

function Fact({
  name,
  lines,
}: {
  readonly name: string;
  readonly lines: readonly string[];
}): ReactNode {
  return (
    <div>
      <dt className="quiet">{name}</dt>
      {lines.map((line, index) => (
        <dd key={line} className={index === 0 ? '' : 'hint'}>
          {line}
        </dd>
      ))}
    </div>
  );
}

function lineOf({ lead, text }: ReturnType<typeof learningParagraphs>[number]): string {
  return lead ? `${lead.text} ${text}` : text;
}
