import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type BenchRun, runBench } from '../../app/run-bench.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { benchHtml, benchSvg } from '../../report/bench-chart.ts';
import { renderBench } from '../../report/bench-text.ts';
import { safeLine } from '../../report/safe-text.ts';
import { askForPool } from '../ask-for-pool.ts';
import { type BenchCliOptions, namesValue, readPrior } from '../bench-options.ts';
import { showBenchProgress } from '../bench-progress.ts';
import { cancelOnSignals } from '../cancel-on-signals.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { lookOf } from '../look.ts';
import { numberValue, pathValue } from '../option-values.ts';
import type { CommandCall } from '../parse.ts';
import { declareConfigOption } from '../run-options.ts';
import { writeText } from '../write-text.ts';

/** Measures ways to choose on recorded answers: `orchestrator bench`. */
export const benchCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .usage('[options] POOL...')
    .description(
      'Lets every way to choose an answer choose from the same recorded answers, and counts how often each is right. Runs the answers in a sandbox.',
    )
    .argument('<pool...>', 'files of JSON lines, gzip or not, or folders of such')
    .option(
      '--panel <models>',
      'compare random panels of so many models',
      numberValue('--panel', 2, 1000),
    )
    .option(
      '--panels <count>',
      'panels for each task; 10 unless said',
      numberValue('--panels', 1, 10_000),
    )
    .option('--models <names>', 'only these, separated by commas', namesValue)
    .option(
      '--prior <strengths>',
      'NAME=SHARE,..., a JSON file of such, visible (unless said), none or learn',
      pathValue,
    )
    .option('--limit <count>', 'only the first tasks', numberValue('--limit', 1, 1_000_000))
    .option(
      '--seed <number>',
      'another draw of panels and inputs',
      numberValue('--seed', 0, 0x7fffffff),
    )
    .option('--jobs <count>', 'tasks at once', numberValue('--jobs', 1, 256))
    .option(
      '--inputs <count>',
      'inputs that are made for each task; 80 unless said',
      numberValue('--inputs', 1, 1000),
    )
    .option('--no-generated-inputs', 'make no inputs')
    .option('--ask', 'the pool holds tasks: ask the models first')
    .option('--save <file>', 'where --ask keeps the answers, as a pool', pathValue)
    .option('--json', 'print the figures as one JSON object')
    .option('--svg <file>', 'draw the figures', pathValue)
    .option('--html <file>', 'write the drawing and the figures as a page', pathValue)
    .option('--details <file>', 'write what came of each task, as JSON lines', pathValue);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const options = command.opts<BenchCliOptions>();
  const prior = await readPrior(options.prior, io.cwd);
  const inputs = options.generatedInputs ? options.inputs : 0;
  using cancellation = cancelOnSignals();
  const { signal } = cancellation;
  const paths = command.args.map((path) => resolve(io.cwd, path));
  const pools = options.ask ? [await askForPool(paths, options, { io, signal })] : paths;
  const { panel, panels, models, limit, seed, jobs } = options;
  const outcome = await runBench(
    { pools, panel, panels, models, limit, seed, jobs, prior, inputs },
    { env: io.env, signal, onProgress: showBenchProgress(io) },
  );
  await show(outcome, options, io);
  return cancellation.status() ?? exitStatus.ok;
}

async function show(
  { report, details, missing }: BenchRun,
  options: BenchCliOptions,
  io: CommandIo,
): Promise<void> {
  for (const { file, line, because } of report.bad_lines.slice(0, badLinesMax)) {
    io.stderr.write(`${safeLine(`Left out line ${line} of ${file}: ${because}`)}\n`);
  }
  for (const line of missing) io.stderr.write(`${safeLine(`Not run, ${line}`)}\n`);
  if (report.tasks === 0 && report.is_whole) throw nothingToCompare(options);
  const json = options.json === true;
  const text = json
    ? `${JSON.stringify(report)}\n`
    : renderBench(report, lookOf(io.stdout, io.env));
  io.stdout.write(text);
  const files: readonly (readonly [string | undefined, () => string])[] = [
    [options.svg, () => benchSvg(report)],
    [options.html, () => benchHtml(report)],
    [options.details, () => details.map((detail) => `${JSON.stringify(detail)}\n`).join('')],
  ];
  for (const [path, content] of files) {
    if (path !== undefined) await writeText(resolve(io.cwd, path), content());
  }
}

/** How many lines of a pool are complained of one by one; JSON has all. */
const badLinesMax = 20;

function nothingToCompare({ panel }: BenchCliOptions): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    `Cannot compare anything: no task of the pool has answers of ${panel ?? 'the wanted'} models`,
  );
}
