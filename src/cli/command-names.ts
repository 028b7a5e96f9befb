import { mistypedName } from '../config/closest-name.ts';

/** How each command is called, and what it is for. */
export const commandSummaries = {
  ask: { usage: 'ask "task"', summary: 'ask, also about a single word; the same as without' },
  batch: { usage: 'batch TASKS', summary: 'run many tasks from a file of JSON lines' },
  models: { usage: 'models', summary: 'list what can be asked here, and why not' },
  route: { usage: 'route "task"', summary: 'say who would be asked, and why, asking nobody' },
  doctor: { usage: 'doctor', summary: 'check each model: found, version, signed in, reachable' },
  trust: { usage: 'trust [dir]', summary: "allow a project's configuration file to be used" },
  history: { usage: 'history [text]', summary: 'list the runs that were kept, the newest first' },
  show: { usage: 'show [run]', summary: 'show a run again; the last one without an id' },
  resume: { usage: 'resume [run]', summary: 'go on with a run that was ended before its end' },
  redecide: {
    usage: 'redecide <run>',
    summary: 'decide again from the kept answers, asking nobody',
  },
  stats: { usage: 'stats', summary: 'say how the models fared in the runs that were kept' },
  export: { usage: 'export [run]', summary: 'write every event of runs as JSON lines' },
  delete: { usage: 'delete <run>', summary: 'delete runs for good' },
  worker: { usage: 'worker', summary: 'perform the runs of batches that others submit' },
  serve: { usage: 'serve', summary: 'serve the page and the API on this machine' },
  open: { usage: 'open [run]', summary: 'open the page in the browser, on a run' },
  mcp: {
    usage: 'mcp',
    summary: 'serve the tools of the Model Context Protocol on stdin and stdout',
  },
  cache: { usage: 'cache [clear]', summary: 'show or remove the answers that are given again' },
  limits: { usage: 'limits', summary: 'say who is not asked for a while, or try them at once' },
  sandbox: { usage: 'sandbox', summary: 'show in what code of models is run here, and get it' },
  completion: { usage: 'completion SHELL', summary: 'print what completes words in a shell' },
  demo: { usage: 'demo [id]', summary: 'show the whole pipeline on recorded answers' },
  bench: { usage: 'bench POOL...', summary: 'measure ways to choose on recorded answers' },
} as const;

/** The name of a command. */
export type CommandName = keyof typeof commandSummaries;

/** Whether a word is the name of a command. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commandSummaries, word);
}

/** Names that a task of one word is compared with; `ask` is left out, which is too like `task` and `mask`. */
const likely = [...Object.keys(commandSummaries).filter((name) => name !== 'ask'), 'help'];

/** The command that a word was probably meant to be; undefined for a command, and for any other word. */
export function mistypedCommand(word: string): string | undefined {
  if (/\s/.test(word) || likely.includes(word)) return undefined;
  return mistypedName(word, likely);
}
