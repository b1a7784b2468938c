// `npm start`, `npm run serve`, `npm test`, `npm run sim`, `npm run conformance`, `npm run bench`, `npm run mutants`: make the machine ready, then hand over to Node 26.
import { refuseOldNode } from './node-version.mjs';

refuseOldNode();

const { join } = await import('node:path');
const { root } = await import('./root.mjs');
const { installDependencies } = await import('./install.mjs');
const { modernNodeOrExit, runToTheEnd } = await import('./modern-node.mjs');
const { buildWeb } = await import('./web-build.mjs');

// The screens are built first where they will be shown.
const modes = {
  demo: { screens: true, run: ['src/cli/main.ts', 'demo'] },
  serve: { screens: true, run: ['src/cli/main.ts', 'serve'] },
  build: { screens: true, run: null },
  test: { screens: false, run: ['tools/test-run/main.ts'] },
  sim: { screens: false, run: ['sim/main.ts'] },
  conformance: { screens: false, run: ['conformance/main.ts'] },
  bench: { screens: false, run: ['bench/main.ts'] },
  mutants: { screens: false, run: ['tools/mutants/main.ts'] },
};

const [name, ...args] = process.argv.slice(2);
const mode = Object.hasOwn(modes, name ?? '') ? modes[name] : null;
if (mode === null) {
  console.error(`usage: node bin/bootstrap.mjs ${Object.keys(modes).join('|')} [options]`);
  process.exit(2);
}

await installDependencies();
const node = modernNodeOrExit();
if (mode.screens && !buildWeb(node)) {
  console.error('The screens could not be built.');
  process.exit(1);
}
if (mode.run !== null) {
  const [script, ...first] = mode.run;
  process.exit(await runToTheEnd(node, [join(root, script), ...first, ...args]));
}
