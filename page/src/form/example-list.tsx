import type { ReactNode } from 'react';
import type { ExampleView } from '../../../src/serve/api/shapes.ts';
import { listExamples } from '../api/calls.ts';
import { useLoaded } from '../api/use-loaded.ts';

/** Offers the tasks that there are recordings of, where the server plays recordings. */
export function ExampleList({
  onChosen,
}: {
  readonly onChosen: (example: ExampleView) => void;
}): ReactNode {
  const [examples] = useLoaded(listExamples, 'examples');
  if (examples.status !== 'loaded' || examples.value.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="examples-title">
      <h2 id="examples-title">This server plays recordings</h2>
      <p className="hint">It asks nobody, and it answers these tasks alone:</p>
      <ul className="example-list">
        {examples.value.map((example) => (
          <li key={example.title}>
            <button type="button" className="link-button" onClick={() => onChosen(example)}>
              {example.title}
            </button>
            <p className="hint">{example.shows}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
