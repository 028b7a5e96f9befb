// Compares the public API with the committed report in etc/, or accepts it with --accept.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = fileURLToPath(new URL('..', import.meta.url));
const accept = process.argv.includes('--accept');
const entries = {
  index: 'index',
  v1: 'v1',
  testing: 'testing/index',
  'ai-sdk': 'runners/ai-sdk/ai-sdk',
};

mkdirSync(`${root}etc`, { recursive: true });
const changed = Object.entries(entries).filter(([name, entry]) => !report(name, entry));
if (changed.length > 0) {
  const names = changed.map(([name]) => name).join(', ');
  process.stderr.write(
    `The public API of ${names} is not as in etc/: run "npm run api" and commit it\n`,
  );
  process.exitCode = 1;
}

function report(name, entry) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `${root}dist/${entry}.d.ts`,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'nodenext',
            target: 'es2022',
            lib: ['es2023', 'esnext.disposable', 'dom'],
            skipLibCheck: true,
            types: ['node'],
            allowImportingTsExtensions: true,
            noEmit: true,
          },
          include: ['dist'],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder: `${root}etc`,
        reportTempFolder: `${root}.cache/api`,
        reportFileName: `${name}.api.md`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: 'none' },
          'ae-forgotten-export': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}package.json`,
  });
  const result = Extractor.invoke(config, { localBuild: accept, showVerboseMessages: false });
  return accept || !result.apiReportChanged;
}
