// `npm start`, `npm run serve`, `npm test`: make the machine ready, then hand over to Node 26.
import { refuseOldNode } from './node-version.mjs';

refuseOldNode();

const { join } = await import('node:path');
const { root } = await import('./root.mjs');
const { installDependencies } = await import('./install.mjs');
const { modernNodeOrExit, runToTheEnd } = await import('./modern-node.mjs');
const { buildWeb } = await import('./web-build.mjs');

const [mode, ...args] = process.argv.slice(2);
if (!['demo', 'serve', 'test', 'build'].includes(mode)) {
  console.error('usage: node bin/bootstrap.mjs demo|serve|test|build [options]');
  process.exit(2);
}

await installDependencies();
const node = modernNodeOrExit();

if (mode === 'test') {
  process.exit(await runToTheEnd(node, [join(root, 'tools', 'test-run', 'main.ts'), ...args]));
}
if (!buildWeb(node)) {
  console.error('The screens could not be built.');
  process.exit(1);
}
if (mode !== 'build') {
  process.exit(await runToTheEnd(node, [join(root, 'src', 'cli', 'main.ts'), mode, ...args]));
}
