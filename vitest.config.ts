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
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'services',
          include: withServices,
          globalSetup: './test/services/start-services.ts',
          testTimeout: 60_000,
        },
      },
    ],
    reporters: ['default', './tools/count-reporter.ts'],
    restoreMocks: true,
    allowOnly: false,
    sequence: { shuffle: true },
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['**/*.test.ts'] },
  },
});

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default config;
