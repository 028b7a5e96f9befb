import { commandSummaries } from './command-names.ts';

/** The end of the help: the commands, examples and exit codes. */
export function helpEnd(): string {
  const rows = [
    ...Object.values(commandSummaries).map(
      ({ usage, summary }) => `  ${usage.padEnd(14)} ${summary}`,
    ),
    `  ${'help [command]'.padEnd(14)} show the help of a command`,
  ];
  return `
Commands:
${rows.join('\n')}

Examples:
  orchestrator "Build a REST API endpoint"
  orchestrator "Create a React form" --models gemini claude-code
  orchestrator --mode complex @task.md --context src/server.ts --output out
  orchestrator "Write add(a, b)" --tests test_solution.py
  git diff | orchestrator - --json
  orchestrator ask route         asks the models about the word "route"

Exit codes:
  0    an answer, and every planned model did its part
  1    a defect of this program
  2    wrong usage or configuration
  3    an answer, but a planned model failed; or no sandbox of the wanted level
  4    no model answered
  130  cancelled by Ctrl-C (143 by SIGTERM, 129 by SIGHUP)
`;
}
