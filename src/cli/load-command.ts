import type { CliCommand } from './cli-command.ts';
import type { CommandName } from './command-names.ts';

/** Every command; one is loaded when it is called. */
const loaders: Readonly<Record<CommandName, () => Promise<CliCommand>>> = {
  ask: async () => (await import('./commands/ask.ts')).namedAskCommand,
  batch: async () => (await import('./commands/batch.ts')).batchCommand,
  models: async () => (await import('./commands/models.ts')).modelsCommand,
  route: async () => (await import('./commands/route.ts')).routeCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  trust: async () => (await import('./commands/trust.ts')).trustCommand,
  history: async () => (await import('./commands/history.ts')).historyCommand,
  show: async () => (await import('./commands/show.ts')).showCommand,
  resume: async () => (await import('./commands/resume.ts')).resumeCommand,
  redecide: async () => (await import('./commands/redecide.ts')).redecideCommand,
  stats: async () => (await import('./commands/stats.ts')).statsCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  worker: async () => (await import('./commands/worker.ts')).workerCommand,
  delete: async () => (await import('./commands/delete.ts')).deleteCommand,
  cache: async () => (await import('./commands/cache.ts')).cacheCommand,
  limits: async () => (await import('./commands/limits.ts')).limitsCommand,
  sandbox: async () => (await import('./commands/sandbox.ts')).sandboxCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  open: async () => (await import('./commands/open.ts')).openCommand,
  completion: async () => (await import('./commands/completion.ts')).completionCommand(loadCommand),
  mcp: async () => (await import('./commands/mcp.ts')).mcpCommand,
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
  bench: async () => (await import('./commands/bench.ts')).benchCommand,
};

/** Loads a command; without a name the one that asks the models. */
export async function loadCommand(name: CommandName | undefined): Promise<CliCommand> {
  if (name !== undefined) return loaders[name]();
  return (await import('./commands/ask.ts')).askCommand;
}
