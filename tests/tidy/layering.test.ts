import { describe, expect, it } from 'vitest';
import { allFiles, isTest, textOf } from './files.ts';
import { specifiersIn } from './imports.ts';
import { layerViolations } from './layers.ts';

const code = allFiles.filter((path) => /^(src|sim)\/.*\.tsx?$/.test(path) && !isTest(path));

describe('layers', () => {
  it('hold in every file', () => {
    expect(code.length).toBeGreaterThan(100);
    expect(code.flatMap((path) => layerViolations(path, textOf(path)))).toEqual([]);
  });

  it.each([
    ['src/protocol/record/a.ts', `import { readFile } from 'node:fs';`],
    ['src/protocol/record/a.ts', `import type { Kind } from '#src/kinds/kind.ts';`],
    ['src/protocol/record/a.ts', `import { Type } from 'typebox';`],
    ['src/protocol/record/a.ts', `const kinds = await import('../../kinds/index.ts');`],
    ['src/kinds/report/index.ts', `import { x } from '#src/engine/issue.ts';`],
    ['src/ports/store.ts', `export { kindOf } from '#src/kinds/index.ts';`],
    ['src/adapters/http.ts', `import { createEngine } from '../engine/engine.ts';`],
    ['src/engine/engine.ts', `import {\n  openPostgres,\n} from '#src/adapters/postgres/index.ts';`],
    ['src/engine/engine.ts', `import '#src/server/node.ts';`],
    ['src/features/inbox/server/index.ts', `import { view } from '../../records/server/view.ts';`],
    ['src/features/inbox/server/index.ts', `import { view } from '#src/features/records/server/view.ts';`],
    ['src/features/inbox/server/index.ts', `import { memoryStore } from '#src/adapters/memory/store.ts';`],
    ['src/features/inbox/web/inbox.tsx', `import type { Tables } from '#src/ports/tables.ts';`],
    ['src/features/inbox/web/inbox.tsx', `import { list } from '../server/index.ts';`],
    ['src/features/inbox/web/inbox.tsx', `import { Page } from '../../records/web/page.tsx';`],
    ['src/features/handlers.ts', `import { list } from './inbox/server/index.ts';`],
    ['src/web/shell/shell.tsx', `import { join } from 'node:path';`],
    ['src/web/shell/shell.tsx', `import { startNode } from '../../server/node.ts';`],
    ['src/server/node.ts', `import { run } from '#src/cli/run.ts';`],
    ['src/cli/main.ts', `import { list } from '#src/features/inbox/server/index.ts';`],
    ['src/elsewhere/a.ts', ''],
  ])('would find what %s must not import: %s', (path, text) => {
    expect(layerViolations(path, text)).toHaveLength(1);
  });

  it.each([
    ['src/protocol/record/a.ts', `import { utf8 } from '../encoding.ts';`],
    ['src/kinds/report/index.ts', `import { Type as T } from 'typebox';`],
    [
      'src/features/inbox/server/index.ts',
      `import { inbox } from '../contract.ts';\nimport { x } from '../../handlers.ts';`,
    ],
    ['src/features/inbox/web/inbox.tsx', `import { records } from '#src/features/records/contract.ts';`],
    ['src/features/api.ts', `import { inbox } from './inbox/contract.ts';`],
    ['src/server/node.ts', `import { openPostgres } from '#src/adapters/postgres/index.ts';`],
  ])('lets %s import what stands below it', (path, text) => {
    expect(layerViolations(path, text)).toEqual([]);
  });

  it('reads imports in every form, and not those in comments', () => {
    expect(
      specifiersIn(`// import x from 'a'
        /* import y from 'b' */
        import { z } from "c"; import type { w } from 'd';
        export * from 'e';
        const f = () => import('f');`).sort(),
    ).toEqual(['c', 'd', 'e', 'f']);
  });
});
