import { describe, expect, it } from 'vitest';
import { ruleOfRefusal } from '#src/protocol/refusal.ts';
import { allFiles, isTest, textOf } from './files.ts';

const headings = (path: string) =>
  [...textOf(path).matchAll(/^(?:#+ |\| )\**([A-Z]{3}-\d{1,2})\**/gm)].map((match) => match[1] ?? '');
const protocolRules = headings('spec/protocol.md');
const accountabilityRules = headings('spec/accountability.md');
const known = new Set([...protocolRules, ...accountabilityRules]);

describe('rules', () => {
  it('each stands once', () => {
    expect(protocolRules.length).toBeGreaterThan(10);
    expect(accountabilityRules.length).toBe(22);
    expect(known.size).toBe(protocolRules.length + accountabilityRules.length);
  });

  it('every refusal names one that is written down', () => {
    expect(Object.entries(ruleOfRefusal).filter(([, rule]) => !known.has(rule))).toEqual([]);
  });

  it('code and tests name none that is not written down', () => {
    const code = allFiles.filter((path) => /^(src|sim|db|tests|tools|bench|conformance)\/.*\.(tsx?|sql)$/.test(path));
    const named = code.flatMap((path) =>
      [...textOf(path).matchAll(/\b(TXT|REC|REQ|MRK|REL|PRM|COR|EXC|ADM|KEY|JRN|HIT|ACC)-\d{1,2}\b/g)]
        .filter(([rule]) => !known.has(rule))
        .map(([rule]) => `${path}: ${rule}`),
    );
    expect(named).toEqual([]);
  });

  it('every accountability rule that is called enforced has a test titled with it', () => {
    const titles = allFiles.filter(isTest).map(textOf).join('\n');
    const enforced = [...textOf('spec/accountability.md').matchAll(/^\| (ACC-\d\d) .*\| yes\b[^|]*\|$/gm)].map(
      (match) => match[1] ?? '',
    );
    expect(enforced.length).toBeGreaterThan(3);
    expect(enforced.filter((rule) => !new RegExp(`\\[[^\\]\\n]*\\b${rule}\\b`).test(titles))).toEqual([]);
  });

  it('every rule that the specification calls tested has a test titled with it', () => {
    const titles = allFiles.filter(isTest).map(textOf).join('\n');
    const spec = textOf('spec/protocol.md');
    const claimed = protocolRules.filter((rule) => !new RegExp(`^#+ ${rule}\\b.*not yet`, 'm').test(spec));
    expect(claimed.length).toBeGreaterThan(5);
    expect(claimed.filter((rule) => !new RegExp(`\\[[^\\]\\n]*\\b${rule}\\b[^\\]\\n]*\\]`).test(titles))).toEqual([]);
  });
});
