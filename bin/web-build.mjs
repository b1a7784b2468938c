import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root } from './root.mjs';

// What a change cannot alter in the built screens. A name too few here only costs a needless build.
const besideTheWeb = ['adapters', 'cli', 'demo', 'engine', 'ports', 'server'].map((name) => join('src', name) + sep);
const stampPath = join(root, 'dist', '.stamp');

const inputs = () =>
  readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !besideTheWeb.some((folder) => path.startsWith(folder)))
    .filter((path) => !path.includes(`${sep}server${sep}`) && !/\.test\.tsx?$/.test(path))
    .concat(['index.html', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'])
    .filter((path) => existsSync(join(root, path)))
    .sort();

/** SHA-256 over paths and contents of all that the screens are built from. */
export function webStamp() {
  const hash = createHash('sha256');
  for (const path of inputs()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

const isBuilt = (stamp) =>
  existsSync(join(root, 'dist', 'web', 'index.html')) &&
  existsSync(stampPath) &&
  readFileSync(stampPath, 'utf8') === stamp;

/** Builds dist/web when its sources have changed. Returns false when the build failed; vite has then said why. */
export function buildWeb(node) {
  const stamp = webStamp();
  if (isBuilt(stamp)) return true;
  console.error('Building the screens …');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) return false;
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampPath, stamp);
  return true;
}
