// Copies the tree-sitter grammars that the package ships from their development-time packages, compressed:
// 11 MB of WebAssembly become 0.9 MB, and unpacking one takes about 2 ms.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const sources = {
  '@vscode/tree-sitter-wasm/wasm/': [
    'bash',
    'css',
    'go',
    'java',
    'javascript',
    'php',
    'python',
    'ruby',
    'rust',
    'tsx',
    'typescript',
  ],
  '@repomix/tree-sitter-wasms/out/': ['c'],
};
const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };

const root = fileURLToPath(new URL('../', import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const versions = JSON.stringify(
  Object.entries(devDependencies).filter(([name]) => name.includes('tree-sitter')),
);
const stamp = `${root}grammars/versions.json`;

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== versions) copyAll();

function copyAll() {
  rmSync(`${root}grammars`, { recursive: true, force: true });
  mkdirSync(`${root}grammars`, { recursive: true });
  for (const [folder, languages] of Object.entries(sources)) {
    for (const language of languages) copy(folder, `tree-sitter-${language}.wasm`);
  }
  writeFileSync(stamp, versions);
}

function copy(folder, file) {
  const wasm = readFileSync(`${root}node_modules/${folder}${file}`);
  writeFileSync(`${root}grammars/${file}.br`, brotliCompressSync(wasm, { params: quality }));
}
