import type { StateGroup } from './groups.ts';

const intro = `# Every state of the page

\`npm run picture:page\` takes these pictures from the real page, with models that are scripts, and writes this list.
Each state is there in light, the important ones also in dark, and 360 and 2560 pixels wide.
`;

/** Writes the document that shows the pictures of all states. */
export function galleryOf(groups: readonly StateGroup[]): string {
  const parts = groups.map(({ title, states }) => {
    const shown = states.map(({ name, says, looks }) => {
      const [first = 'light', ...others] = looks;
      const more = others.map((look) => `[${look}](${pathOf(name, look)})`).join(', ');
      const also = more === '' ? '' : ` Also: ${more}.`;
      return `${says}.${also}\n\n![${says}](${pathOf(name, first)})\n`;
    });
    return [`## ${title}\n`, ...shown].join('\n');
  });
  return [intro, ...parts].join('\n');
}

function pathOf(name: string, look: string): string {
  return `pictures/states/${name}-${look}.webp`;
}
