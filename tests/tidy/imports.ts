import { posix } from 'node:path';
import { withoutComments } from './files.ts';

const patterns = [
  /(?:^|[\s;}])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g,
  /(?:^|[\s;}])import\s*['"]([^'"]+)['"]/g,
  /\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g,
];

/** Every module that this code names: static, for its effect, dynamic, or as a type. */
export function specifiersIn(code: string): string[] {
  const text = withoutComments(code);
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** The path from the root that a specifier means, or the specifier itself for packages and `node:` modules. */
export function resolveSpecifier(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  return specifier.startsWith('#') ? specifier.slice(1) : specifier;
}
