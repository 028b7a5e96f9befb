/** The versions of the vendors' programs that `npm run test:vendors` runs, by the programs' names. */
export const testedVersions: Readonly<Record<string, string>> = {
  claude: '2.1.330',
  codex: '0.169.0',
  gemini: '0.61.0',
  grok: '1.0.41',
};
