import * as Plot from '@observablehq/plot';

/** Draws a chart. What it needs of style is in the style sheet, since the page allows no style of its own. */
export function drawChart(options: Plot.PlotOptions, label: string): Element {
  const chart = Plot.plot({ ...options, className: 'chart', ariaLabel: label });
  for (const style of chart.querySelectorAll('style')) style.remove();
  // The picture has one name; the numbers in it stand in the table.
  for (const part of chart.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  chart.setAttribute('role', 'img');
  return chart;
}

/** The properties whose values come from the style sheet. */
const carried = ['fill', 'stroke', 'font-family', 'font-size'] as const;

/** Writes a chart as SVG that looks the same without the style sheet. */
export function standaloneSvg(chart: SVGSVGElement): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const [from, to] = [chart.querySelectorAll('*'), copy.querySelectorAll('*')];
  for (const [index, element] of [...from].entries()) {
    const style = getComputedStyle(element);
    for (const name of carried) to[index]?.setAttribute(name, style.getPropertyValue(name));
  }
  const { width, height } = chart.viewBox.baseVal;
  const back = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  back.setAttribute('width', String(width));
  back.setAttribute('height', String(height));
  back.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(back);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}
