/** How each command is called besides the default one, and what it is for. */
export const commandSummaries = {
  models: { usage: 'models', summary: 'list what can be asked here, and why not' },
  route: { usage: 'route "task"', summary: 'say who would be asked, and why, asking nobody' },
  doctor: { usage: 'doctor', summary: 'check each model: found, version, signed in, latency' },
  trust: { usage: 'trust [dir]', summary: "allow a project's configuration file to be used" },
  demo: { usage: 'demo [id]', summary: 'show the whole pipeline on recorded answers' },
} as const;

/** The name of a command besides the default one. */
export type CommandName = keyof typeof commandSummaries;

/** Whether a word is the name of a command. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commandSummaries, word);
}
