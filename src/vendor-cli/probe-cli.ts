import type { Availability, Probe, ProbeContext, Reach, SignedIn } from '../domain/availability.ts';
import { findProgram } from '../lib/find-program.ts';
import type { ProcessEnd } from '../lib/run-process.ts';
import { reachServer } from '../wire/reach-server.ts';
import { availabilityOf, type CliModel, credentialOf, notSignedIn } from './cli-model.ts';
import type { Credential } from './credential.ts';
import { type CheckRequest, ownCheck, ownSignIn } from './own-check.ts';
import { testedVersions } from './tested-versions.ts';

const version = /\d+\.\d+\.\d+[\w.+-]*/;
/** Characters of a program's own words, at most. */
const messageMaxLength = 200;
/** Some programs take seconds to start on a busy machine. */
const versionCheck: CheckRequest = { args: ['--version'], limitMs: 20_000 };

/**
 * Asks a vendor's program for its version and whether somebody is signed in, and its API for an answer of any
 * kind; asks no model and hands no key to anybody.
 */
export async function probeCli(model: CliModel, context: ProbeContext): Promise<Probe> {
  const { settings, tools, vendor } = model;
  const program = await findProgram(settings.command ?? vendor.program, tools.env);
  if (program === null) return absent(await availabilityOf(model));

  const start = tools.clock.elapsed();
  const told = await ownCheck({ program, vendor, tools }, versionCheck, context.signal);
  const fault = faultOf(told.end);
  if (fault !== undefined) return broken(model, `${program} ${fault}`);
  const startMs = told.end.status === 'exited' ? tools.clock.elapsed() - start : null;
  const credential = await credentialOf(model);
  const signedIn = await signedInOf(model, { program, credential }, context.signal);
  return {
    availability: stateOf(model, { program, credential }, signedIn),
    version: versionIn(told.text, vendor.program),
    testedVersion: testedVersions[vendor.program],
    signedIn,
    startMs,
    reach: await reachOf(model, credential, context),
  };
}

interface Found {
  readonly program: string;
  readonly credential: Credential;
}

function absent(availability: Availability): Probe {
  const reach: Reach = { status: 'not-tried', because: 'it is not installed' };
  return { availability, version: null, signedIn: 'unknown', startMs: null, reach };
}

/** Why a program cannot be used at all; one that is slow, or was stopped by us, may yet be. */
function faultOf(end: ProcessEnd): string | undefined {
  if (end.status === 'not-started') return `did not start: ${end.message}`;
  if (end.status === 'signalled') return `--version was ended by ${end.signal}`;
  if (end.status !== 'exited' || end.code === 0) return undefined;
  const said = end.stderr.trim().split('\n').at(-1)?.trim() ?? '';
  const words = said === '' ? '' : `: ${said.slice(0, messageMaxLength)}`;
  return `--version ended with exit code ${end.code}${words}`;
}

function broken({ vendor }: CliModel, message: string): Probe {
  const remedy = vendor.install;
  return {
    availability: { status: 'unavailable', kind: 'bad-usage', message, remedy },
    version: null,
    testedVersion: testedVersions[vendor.program],
    signedIn: 'unknown',
    startMs: null,
    reach: { status: 'not-tried', because: 'it does not start' },
  };
}

/** Where the program can tell, its word is the one that counts: the login may be in the system's keyring. */
async function signedInOf(
  { tools, vendor }: CliModel,
  { credential, program }: Found,
  signal: AbortSignal,
): Promise<SignedIn> {
  // Of a key in the environment its own check knows nothing.
  if (credential.status === 'key') return 'key';
  if (vendor.statusArgs) return ownSignIn({ program, vendor, tools }, signal);
  return credential.status === 'login' ? 'yes' : 'no';
}

/** Says the same as the column beside it. */
function stateOf(
  model: CliModel,
  { credential, program }: Found,
  signedIn: SignedIn,
): Availability {
  const isLost = signedIn === 'unknown' && credential.status === 'none';
  return signedIn === 'no' || isLost ? notSignedIn(model) : { status: 'available', where: program };
}

function reachOf(
  { settings, tools, vendor }: CliModel,
  { status }: Credential,
  context: ProbeContext,
): Promise<Reach> {
  const { variable, withKey, withLogin } = vendor.api;
  const named = settings.baseUrl ?? (variable && tools.env[variable]);
  const url = named || (status === 'key' ? withKey : withLogin);
  if (url !== undefined) return reachServer(url, tools, context);
  const because = `it is not known where ${vendor.program} asks with its own login`;
  return Promise.resolve({ status: 'not-tried', because });
}

/**
 * The version on the line that names the program, as banners may have one of something else, else the first
 * one: `2.1.330 (Claude Code)`, `codex-cli 0.169.0`.
 */
function versionIn(text: string, program: string): string | null {
  const lines = text.split('\n').filter((line) => version.test(line));
  const named = lines.find((line) => line.toLowerCase().includes(program)) ?? lines[0];
  return version.exec(named ?? '')?.[0] ?? null;
}
