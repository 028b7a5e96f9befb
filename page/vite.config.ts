import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    // What is inlined as data: would not pass the policy of the server.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:7377' } },
});

// biome-ignore lint/style/noDefaultExport: Vite reads the default export.
export default config;
