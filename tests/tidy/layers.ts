import { resolveSpecifier, specifiersIn } from './imports.ts';

/**
 * Who may import whom, as prefixes of paths from the root, by the first layer whose pattern fits. `packages` are the
 * npm packages and `node:` modules that a layer may use; `any` leaves them open.
 */
interface Layer {
  readonly name: string;
  readonly files: RegExp;
  readonly may: readonly string[];
  readonly packages: 'any' | readonly string[];
  readonly because: string;
}

const shared = String.raw`src/features/[^/]+\.tsx?$`;
const contracts = String.raw`src/features/[^/]+/contract\.ts$`;

const layers: readonly Layer[] = [
  {
    name: 'protocol',
    files: /^src\/protocol\//,
    may: ['src/protocol/'],
    packages: [],
    because: 'the pure core could be lifted out as it is',
  },
  {
    name: 'kinds',
    files: /^src\/kinds\//,
    may: ['src/protocol/', 'src/kinds/'],
    packages: ['typebox'],
    because: 'a kind is a schema, captions and a few rules',
  },
  { name: 'names', files: /^src\/names\//, may: ['src/names/'], packages: [], because: 'names stand alone' },
  {
    name: 'formats',
    files: /^src\/formats\//,
    may: ['src/protocol/', 'src/kinds/', 'src/formats/', 'src/names/'],
    packages: [],
    because: 'formats are pure maps between records and documents',
  },
  {
    name: 'ports',
    files: /^src\/ports\//,
    may: ['src/protocol/', 'src/ports/'],
    packages: ['kysely'],
    because: 'ports say what is needed, not how it is done',
  },
  {
    name: 'adapters',
    files: /^src\/adapters\//,
    may: ['src/protocol/', 'src/ports/', 'src/adapters/'],
    packages: 'any',
    because: 'an adapter does what a port says and knows nothing above it',
  },
  {
    name: 'engine',
    files: /^src\/engine\//,
    may: ['src/protocol/', 'src/kinds/', 'src/ports/', 'src/engine/'],
    packages: ['kysely'],
    because: 'the engine runs on any adapter',
  },
  {
    name: 'features, the screens',
    files: /^src\/features\/[^/]+\/web\//,
    may: ['src/protocol/', 'src/kinds/', 'src/formats/text', shared, contracts, 'src/web/', '<own>/web/'],
    packages: 'any',
    because: 'the screen never decides access, so it never holds what decides',
  },
  {
    name: 'features, the server side',
    files: /^src\/features\/[^/]+\//,
    may: [
      'src/protocol/',
      'src/kinds/',
      'src/formats/',
      'src/names/',
      'src/ports/',
      'src/engine/',
      shared,
      '<own>/contract.ts',
      '<own>/server/',
    ],
    packages: 'any',
    because: 'one feature never leans on another; what they share stands beside them',
  },
  {
    name: 'features, what they share',
    files: /^src\/features\/[^/]+$/,
    may: ['src/protocol/', 'src/kinds/', 'src/formats/', 'src/names/', 'src/ports/', 'src/engine/', shared, contracts],
    packages: 'any',
    because: 'what all features share knows none of them beyond its contract',
  },
  {
    name: 'web',
    files: /^src\/web\//,
    may: ['src/protocol/', 'src/kinds/', 'src/formats/text', shared, contracts, 'src/features/[^/]+/web/', 'src/web/'],
    packages: 'any',
    because: 'the web is built files; it reaches the node through its contracts alone',
  },
  {
    name: 'server',
    files: /^src\/server\//,
    may: [
      'src/protocol/',
      'src/kinds/',
      'src/formats/',
      'src/names/',
      'src/ports/',
      'src/adapters/',
      'src/engine/',
      'src/server/',
      shared,
      contracts,
      'src/features/[^/]+/server/',
    ],
    packages: 'any',
    because: 'the composition root stands on everything but the web, the command line and the demo',
  },
  {
    name: 'command line and demo',
    files: /^src\/(cli|demo)\//,
    may: [
      'src/protocol/',
      'src/kinds/',
      'src/formats/',
      'src/names/',
      'src/ports/',
      'src/adapters/',
      'src/engine/',
      'src/server/',
      'src/cli/',
      'src/demo/',
      shared,
      contracts,
    ],
    packages: 'any',
    because: 'they speak the contracts, or start a whole node; they never reach into a feature',
  },
  {
    name: 'simulator',
    files: /^sim\//,
    may: ['src/protocol/', 'src/kinds/', 'src/ports/', 'src/engine/', 'src/adapters/', 'sim/'],
    packages: 'any',
    because: 'the simulator drives the core and the engine, without server and screens',
  },
];

const isInside = (target: string) => /^(src|sim|tests|tools|bench|conformance)\//.test(target);
const packageName = (specifier: string) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0] ?? specifier;

function isAllowed(layer: Layer, path: string, target: string): boolean {
  if (!isInside(target))
    return layer.packages === 'any' ? !webOnly(layer, target) : layer.packages.includes(packageName(target));
  const own = /^src\/features\/[^/]+/.exec(path)?.[0] ?? '';
  return layer.may.some((prefix) => new RegExp(`^${prefix.replace('<own>', own)}`).test(target));
}

/** A browser has no `node:` modules. */
const webOnly = (layer: Layer, target: string) => /screens|^web$/.test(layer.name) && target.startsWith('node:');

/** One sentence per import that its layer does not allow. */
export function layerViolations(path: string, code: string): string[] {
  const layer = layers.find(({ files }) => files.test(path));
  if (layer === undefined) return path.startsWith('src/') ? [`${path} belongs to no layer`] : [];
  return specifiersIn(code)
    .map((specifier) => resolveSpecifier(path, specifier))
    .filter((target) => !isAllowed(layer, path, target))
    .map((target) => `${path} imports ${target}, but ${layer.because} (${layer.name})`);
}
