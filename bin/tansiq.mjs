#!/usr/bin/env node
// `npx tansiq …`: the command line, on the Node that it needs whatever the system's is.
import { refuseOldNode } from './node-version.mjs';

refuseOldNode();

const { existsSync } = await import('node:fs');
const { join } = await import('node:path');
const { root } = await import('./root.mjs');
const { modernNodeOrExit, runToTheEnd } = await import('./modern-node.mjs');
const { buildWeb } = await import('./web-build.mjs');

if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
  console.error('The dependencies are not installed yet. Run `npm ci` (or `npm start`) here once.');
  process.exit(1);
}
const node = modernNodeOrExit();
const args = process.argv.slice(2);
// These two show the screens; every other command speaks to a node that already runs.
const showsScreens = ['serve', 'demo'].includes(args[0]) && !args.includes('--help');
if (showsScreens && !buildWeb(node)) process.exit(1);
process.exit(await runToTheEnd(node, [join(root, 'src', 'cli', 'main.ts'), ...args]));
