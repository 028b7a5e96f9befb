import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'integration', include: ['test/**/*.test.ts'], testTimeout: 60_000 },
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
