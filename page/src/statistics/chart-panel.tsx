import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { downloadText } from '../share/download.ts';
import type { Chart } from './charts.ts';
import { drawChart, standaloneSvg } from './draw-chart.ts';
import { savePng } from './save-png.ts';

interface ChartPanelProps {
  readonly title: string;
  /** How to read it. */
  readonly hint: string;
  readonly empty: string;
  readonly chart: Chart;
}

/** A chart with what it means, to be saved as SVG or PNG. */
export function ChartPanel({ title, hint, empty, chart }: ChartPanelProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const width = useWidth(box);
  useEffect(() => {
    if (!box.current) return;
    box.current.replaceChildren(...(chart && width > 0 ? [drawChart(chart(width), title)] : []));
  }, [chart, width, title]);
  const file = title.toLowerCase().replaceAll(' ', '-');
  const save = (as: (svg: string) => void): void => {
    const svg = box.current?.querySelector('svg');
    if (svg) as(standaloneSvg(svg));
  };
  return (
    <section className="panel chart-panel" aria-labelledby={id}>
      <div className="row">
        <h2 id={id}>{title}</h2>
        <span className="grow" />
        {chart && (
          <>
            <button
              type="button"
              className="button small"
              aria-label={`Save ${title} as SVG`}
              onClick={() => save((svg) => downloadText(`${file}.svg`, svg, 'image/svg+xml'))}
            >
              SVG
            </button>
            <button
              type="button"
              className="button small"
              aria-label={`Save ${title} as PNG`}
              onClick={() => save((svg) => void savePng(`${file}.png`, svg))}
            >
              PNG
            </button>
          </>
        )}
      </div>
      <p className="hint">{chart ? hint : empty}</p>
      <div ref={box} className="chart-box" />
    </section>
  );
}

function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.floor(entry?.contentRect.width ?? 0)),
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
