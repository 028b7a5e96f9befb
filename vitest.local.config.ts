import { defineConfig, type ViteUserConfig } from 'vitest/config';

// What needs the engine of local models, which is installed from the registry: not part of `npm test`.
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.local.ts'],
    reporters: ['default', './tools/count-reporter.ts'],
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    allowOnly: false,
  },
});

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default config;
