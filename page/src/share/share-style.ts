/** The look of a shared run. */
export const shareStyle = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-inline-size: 70rem; margin: 2rem auto; padding-inline: 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .6rem; border: 1px solid #8886; border-radius: 6px; unicode-bidi: isolate; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; }
th, td { border: 1px solid #8886; padding: .3rem .5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
`;
