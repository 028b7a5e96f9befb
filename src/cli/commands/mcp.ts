import type { Command } from 'commander';
import { realClock } from '../../app/real-clock.ts';
import { ancestorDepth } from '../../config/ancestor-depth.ts';
import { exitStatus } from '../../domain/mistake.ts';
import { depthVariable, nestingRefusal } from '../../domain/nesting.ts';
import { safeLine } from '../../report/safe-text.ts';
import { cancelOnSignals } from '../cancel-on-signals.ts';
import type { CliCommand } from '../cli-command.ts';
import { openCliApp } from '../open-cli-app.ts';
import { packageVersion } from '../package-version.ts';
import type { CommandCall } from '../parse.ts';
import {
  declareConfigOption,
  declareHistoryFile,
  declareLimitOptions,
  declareSandboxOption,
} from '../run-options.ts';

/** Serves the tools of the Model Context Protocol: `orchestrator mcp`. */
export const mcpCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command.description(
    'Serves the tools run_task, get_run, route_task and list_models on stdin and stdout, for programs that speak the Model Context Protocol.',
  );
  declareHistoryFile(command);
  declareSandboxOption(command);
  declareLimitOptions(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const app = await openCliApp(command.opts(), io);
  // A run that cannot be found again is lost to a client that waited no longer.
  await app.history();
  const { serveMcp } = await import('../../serve/serve-mcp.ts');
  const ancestors = { [depthVariable]: String(ancestorDepth()) };
  using cancellation = cancelOnSignals();
  await serveMcp(
    {
      app,
      clock: realClock,
      version: packageVersion(),
      refusal: nestingRefusal(io.env) ?? nestingRefusal(ancestors),
      input: io.stdin,
      output: io.stdout,
      onError: (error) => io.stderr.write(`${safeLine(error.message)}\n`),
    },
    cancellation.signal,
  );
  await app.close();
  return cancellation.status() ?? exitStatus.ok;
}
