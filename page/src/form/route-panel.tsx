import type { ReactNode } from 'react';
import type { RouteView } from '../../../src/serve/api/shapes.ts';
import { Badge } from '../shell/badge.tsx';
import { Fault } from '../shell/notice.tsx';
import type { RoutePreview } from './use-route.ts';

/** Shows who would be asked. */
export function RoutePanel({ route, error }: RoutePreview): ReactNode {
  return (
    <section className="panel route" aria-labelledby="route-title">
      <h2 id="route-title">Who would be asked</h2>
      <p className="route-line" role="status">
        {route ? routeLine(route) : 'Write a task, and this says who would be asked for it.'}
      </p>
      {error !== null && <Fault error={error} />}
      {route && <Seats route={route} />}
    </section>
  );
}

function Seats({ route }: { readonly route: RouteView }): ReactNode {
  return (
    <ul className="seat-list">
      {route.seats.map(({ id, role, model, available, why_not }) => {
        const planned = route.substitutions.find(({ seat }) => seat === id)?.planned;
        return (
          <li key={id}>
            <span className="seat-name">{model}</span>
            <span className="quiet">{role === 'primary' ? 'answers' : 'reviews'}</span>
            <Badge tone={available ? 'good' : 'bad'}>
              {available ? 'available' : 'unavailable'}
            </Badge>
            {planned !== undefined && <p className="hint">in place of {planned}</p>}
            {why_not !== null && <p className="hint">{why_not}</p>}
          </li>
        );
      })}
    </ul>
  );
}

/** `frontend: react, form → gemini, claude-code; validator codex`. */
function routeLine({ reason, mode, seats }: RouteView): string {
  const of = (wanted: string): readonly string[] =>
    seats.filter(({ role }) => role === wanted).map(({ model }) => model);
  const validators = of('validator');
  const reviewed = validators.length === 0 ? '' : `; validator ${validators.join(', ')}`;
  return `${reason} → ${of('primary').join(', ')}${reviewed} (${mode})`;
}
