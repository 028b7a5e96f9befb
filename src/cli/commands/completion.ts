import type { Command } from 'commander';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { type CompletionSources, completeLine } from '../completion/complete-line.ts';
import { filesAt } from '../completion/files-at.ts';
import { type Shell, shellScripts, shells } from '../completion/shell-scripts.ts';
import { openCliApp } from '../open-cli-app.ts';

/** Prints what completes words in a shell: `orchestrator completion bash`. */
export function completionCommand(command: CompletionSources['command']): CliCommand {
  return { declare, run: (parsed, { io }) => run(parsed, { command, io }) };
}

/** The most runs that are offered. */
const runsMaxCount = 50;

/** The most characters of a task that are shown beside the id of its run. */
const aboutMaxLength = 60;

function declare(command: Command): void {
  command
    .description('Prints what a shell reads to complete words, for bash, zsh or fish.')
    .argument('<shell>', 'bash, zsh or fish')
    .argument('[words...]', 'what the printed lines ask with: words -- LINE');
}

interface Place {
  readonly command: CompletionSources['command'];
  readonly io: CommandIo;
}

async function run(parsed: Command, place: Place): Promise<number> {
  const { io } = place;
  const [name = '', ...words] = parsed.args;
  if (name === 'words') {
    const found = await completeLine(words, sourcesHere(place));
    const lines = found.map(({ word, about }) => (about === '' ? word : `${word}\t${about}`));
    io.stdout.write(lines.map((line) => `${line}\n`).join(''));
    return exitStatus.ok;
  }
  io.stdout.write(shellScripts[shellNamed(name)]);
  return exitStatus.ok;
}

function shellNamed(text: string): Shell {
  const known = shells.find((shell) => shell === text);
  if (known) return known;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot complete words in "${text}": wanted bash, zsh or fish`,
  );
}

/** Whoever types is told nothing of a place whose configuration or history cannot be read. */
function sourcesHere({ command, io }: Place): CompletionSources {
  return {
    command,
    runners: async () => {
      try {
        const app = await openCliApp({}, io);
        await app.close();
        return Object.keys(app.settings.runners).map((word) => ({ word, about: '' }));
      } catch {
        return [];
      }
    },
    files: async (start) => (await filesAt(start, io.cwd)).map((word) => ({ word, about: '' })),
    runs: async () => {
      try {
        const app = await openCliApp({}, io);
        const runs = await (await app.history()).list({ limit: runsMaxCount });
        await app.close();
        return runs.map(({ id, state, text }) => ({ word: id, about: aboutOf(state, text) }));
      } catch {
        return [];
      }
    },
  };
}

function aboutOf(state: string, text: string): string {
  return safeLine(`${state}: ${text.slice(0, aboutMaxLength)}`);
}
