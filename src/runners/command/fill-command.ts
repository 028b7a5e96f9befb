import type { CommandSettings } from '../../domain/runner-settings.ts';

const promptPlace = '{prompt-file}';
const modelPlace = '{model}';

/** What is wrong with a command before it is started; undefined when nothing is. */
export function commandFault({ command, model, prompt }: CommandSettings): string | undefined {
  const has = (place: string): boolean => command.some((part) => part.includes(place));
  if (prompt === 'file' && !has(promptPlace)) {
    return `Cannot tell ${command[0]} its prompt: "prompt" is "file", and the command has no ${promptPlace}`;
  }
  if (prompt === 'stdin' && has(promptPlace)) {
    return `Cannot start ${command[0]}: the command has ${promptPlace}, for which "prompt": "file" is wanted`;
  }
  if (model === undefined && has(modelPlace)) {
    return `Cannot start ${command[0]}: the command has ${modelPlace}, and the runner has no "model"`;
  }
  return undefined;
}

/** The command with the file and the model in their places. */
export function fillCommand(
  { command, model = '' }: CommandSettings,
  promptFile: string,
): readonly [string, ...string[]] {
  const [program, ...args] = command;
  const fill = (part: string): string =>
    part.replaceAll(promptPlace, () => promptFile).replaceAll(modelPlace, () => model);
  return [program, ...args.map(fill)];
}
