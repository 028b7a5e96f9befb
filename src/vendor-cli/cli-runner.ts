import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttemptFailure, FailureKind } from '../domain/failure.ts';
import type { AskContext, Outcome, Prompt, Runner } from '../domain/runner.ts';
import { findProgram } from '../lib/find-program.ts';
import { privateFolder } from '../lib/private-folder.ts';
import { runProcess } from '../lib/run-process.ts';
import { redactFailure } from '../wire/redact.ts';
import { availabilityOf, type CliModel, credentialOf, environmentOf } from './cli-model.ts';
import type { Credential } from './credential.ts';
import { outcomeOf } from './outcome-of.ts';
import { OutputReader } from './output-reader.ts';
import { probeCli } from './probe-cli.ts';
import { type CliQuestion, type CliReport, emptyReport, type VendorCli } from './vendor-cli.ts';

/** Makes the runner of a vendor's command line: answers only, in an empty private folder. */
export function cliRunner(model: CliModel): Runner {
  return {
    name: model.name,
    streaming: model.vendor.streaming,
    available: () => availabilityOf(model),
    ask: (prompt, context) => ask(model, prompt, context),
    probe: (context) => probeCli(model, context),
  };
}

async function ask(model: CliModel, prompt: Prompt, context: AskContext): Promise<Outcome> {
  const credential = await credentialOf(model);
  const secrets = credential.status === 'key' ? [credential.value] : [];
  const asked = { ...prompt, credential };
  const outcome = await answer(model, asked, context).catch(threw);
  if (outcome.status === 'answered') return outcome;
  const failure = redactFailure(outcome.failure, secrets);
  return { status: 'failed', failure: { ...failure, kind: kindFor(credential, failure.kind) } };
}

/** Some programs ask without any key and tell the refusal only; others call who has a wrong key a stranger. */
function kindFor({ status }: Credential, kind: FailureKind): FailureKind {
  if (status === 'none' && kind === 'unauthorized') return 'not-signed-in';
  return status === 'key' && kind === 'not-signed-in' ? 'unauthorized' : kind;
}

async function answer(
  model: CliModel,
  asked: Prompt & { readonly credential: Credential },
  context: AskContext,
): Promise<Outcome> {
  const { settings, tools, vendor } = model;
  const tooLong = excess(vendor, asked.text);
  if (tooLong) return { status: 'failed', failure: tooLong };
  const name = settings.command ?? vendor.program;
  // Looked up here, as a relative path means another file in the folder where the program runs.
  const program = (await findProgram(name, tools.env)) ?? name;

  await using folder = await privateFolder();
  const { baseUrl, maxOutputTokens, model: modelId } = settings;
  const question: CliQuestion = {
    ...asked,
    baseUrl,
    maxOutputTokens,
    model: modelId,
    folder: folder.path,
    limitMs: context.limitMs,
  };
  const call = vendor.call(question);
  await folder.write({ 'work/': '', 'tmp/': '', ...call.files });
  const reader = new OutputReader(vendor.output, context.report);
  const temporary = join(folder.path, 'tmp');
  // Some say nothing before their end, so that this is all there is to tell.
  const isSilent = !vendor.output.progress && !context.signal.aborted;
  if (isSilent) context.report({ type: 'activity', doing: 'working' });
  const end = await runProcess({
    command: [program, ...call.args],
    env: {
      ...environmentOf(model, asked.credential),
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
      ...call.env,
    },
    cwd: join(folder.path, 'work'),
    input: call.input,
    signal: context.signal,
    onText: (text) => reader.push(text),
    heldBytes: () => reader.heldBytes,
    maxBytes: settings.outputMaxBytes,
    folder: folder.path,
  });
  const said = end.status === 'exited' ? reader.end(end.stderr) : emptyReport;
  const report = await judged(said, { vendor, folder: folder.path, trace: call.trace });
  return outcomeOf({
    program: vendor.program,
    end,
    report,
    evidence: reader.evidence,
    exits: vendor.exits,
  });
}

interface Traced {
  readonly vendor: VendorCli;
  readonly folder: string;
  readonly trace: string | undefined;
}

async function judged(report: CliReport, { folder, trace, vendor }: Traced): Promise<CliReport> {
  const { judge } = vendor.output;
  if (!judge || trace === undefined || !report.whole) return report;
  return judge(report, await readFile(join(folder, trace), 'utf8').catch(() => ''));
}

function excess({ program, promptMax }: VendorCli, text: string): AttemptFailure | undefined {
  const { count, unit } = promptMax;
  const found = unit === 'bytes' ? Buffer.byteLength(text) : text.length;
  if (found <= count) return undefined;
  const message = `${program} takes prompts of at most ${count} ${unit}, and this one has ${found}`;
  return { kind: 'input-too-long', message };
}

/** The temporary folder cannot be made, or a listener threw. */
function threw(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return { status: 'failed', failure: { kind: 'unknown', message: `Cannot ask: ${message}` } };
}
