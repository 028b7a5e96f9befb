import type { App } from '../app/app.ts';
import { safeLine } from '../report/safe-text.ts';
import type { CommandIo } from './command-io.ts';
import { packageVersion } from './package-version.ts';

/** The same app, whose telemetry is exported until it is closed, where OpenTelemetry's variables ask for it. */
export async function exporting(app: App, { env, stderr }: CommandIo): Promise<App> {
  // Most processes export nothing, and need not load what reads these variables.
  if (!Object.keys(env).some((name) => name.startsWith('OTEL_'))) return app;
  const { startExporting } = await import('../telemetry/start-exporting.ts');
  const onNotice = (line: string): boolean => stderr.write(`${safeLine(line)}\n`);
  const stop = await startExporting({ env, version: packageVersion(), onNotice });
  return {
    ...app,
    close: async () => {
      await app.close();
      await stop();
    },
  };
}
