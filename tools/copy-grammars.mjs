// Copies the tree-sitter grammars that the package ships from their development-time packages.
import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

const target = fileURLToPath(new URL('../grammars/', import.meta.url));
mkdirSync(target, { recursive: true });
for (const [folder, languages] of Object.entries(sources)) {
  for (const language of languages) {
    const file = `tree-sitter-${language}.wasm`;
    copyFileSync(
      fileURLToPath(new URL(`../node_modules/${folder}${file}`, import.meta.url)),
      `${target}${file}`,
    );
  }
}
