import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Tests on real servers, which are started once for all of them. */
const withServices = [
  'src/history/postgres/**/*.test.ts',
  'src/engines/bullmq/**/*.test.ts',
  'test/services/**/*.test.ts',
  'test/cluster.test.ts',
];

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'page/src/**/*.test.ts'],
          exclude: withServices,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: withServices,
        },
      },
      {
        extends: true,
        test: {
          name: 'services',
          include: withServices,
          globalSetup: './test/services/start-services.ts',
        },
      },
    ],
    // How soon a process or a server gets its turn is up to the machine. What has to be quick says how quick.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // Most tests wait for processes, so that no core has to be left to Vitest.
    maxWorkers: '100%',
    reporters: ['default', './tools/count-reporter.ts'],
    restoreMocks: true,
    allowOnly: false,
    sequence: { shuffle: true },
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['**/*.test.ts'] },
  },
});

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default config;
