import type { Availability, Unavailable } from '../domain/availability.ts';
import type { CliRunnerSettings, RunnerTools } from '../domain/runner-settings.ts';
import { type Environment, findProgram } from '../lib/find-program.ts';
import { childEnvironment } from './child-environment.ts';
import { type Credential, findCredential } from './credential.ts';
import { ownSignIn } from './own-check.ts';
import type { VendorCli } from './vendor-cli.ts';

/** The parts of a runner behind a vendor's command line. */
export interface CliModel {
  readonly name: string;
  readonly vendor: VendorCli;
  readonly settings: CliRunnerSettings;
  readonly tools: RunnerTools;
}

/** Who asks: the key in the settings, or what the program would find by itself. */
export function credentialOf({ settings, tools, vendor }: CliModel): Promise<Credential> {
  const value = settings.apiKey?.trim();
  if (value) return Promise.resolve({ status: 'key', variable: vendor.keyVariable, value });
  return findCredential(vendor.credentials, tools.env);
}

/** What the program may see: of the keys, only the one that is used. */
export function environmentOf({ tools, vendor }: CliModel, credential: Credential): Environment {
  return {
    ...childEnvironment(tools.env, vendor.env),
    ...(credential.status === 'key' ? { [credential.variable]: credential.value } : undefined),
  };
}

/** Looks for the program and for a login; starts the program's own check only where it finds no login. */
export async function availabilityOf(model: CliModel): Promise<Availability> {
  const { settings, tools, vendor } = model;
  const program = settings.command ?? vendor.program;
  const where = await findProgram(program, tools.env);
  if (where === null) {
    const message = settings.command
      ? `No program is at ${program}`
      : `No program named ${program} is on PATH`;
    return { status: 'unavailable', kind: 'not-installed', message, remedy: vendor.install };
  }
  const credential = await credentialOf(model);
  if (credential.status !== 'none') return { status: 'available', where };
  const { signal } = new AbortController();
  const own = await ownSignIn({ program: where, vendor, tools }, signal);
  return own === 'yes' ? { status: 'available', where } : notSignedIn(model);
}

/** Says that nobody is signed in, and what signs in. */
export function notSignedIn({ settings, vendor }: CliModel): Unavailable {
  const program = settings.command ?? vendor.program;
  const message = `Nobody is signed in to ${program}, and no API key is set`;
  return { status: 'unavailable', kind: 'not-signed-in', message, remedy: vendor.signIn };
}
