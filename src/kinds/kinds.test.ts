import type { TSchema } from 'typebox';
import { describe, expect, it } from 'vitest';
import { languages } from '#src/protocol/primitives.ts';
import { bytes, good } from '#tests/kinds/bodies.ts';
import { atlas, meridian, sahara } from '#tests/record/drafts.ts';
import { kindOf, kinds } from './index.ts';
import type { Body, Kind } from './kind.ts';
import { kindWords } from './words.ts';

const bodyProblem = (kind: Kind, body: Body) => kind.problem(body);
const problem = (kind: string, body: Body) => bodyProblem(kindOf(kind) as Kind, body);

/** Every field at any depth, and every word of a closed list under its field. */
function namesIn(schema: TSchema, field: string): string[] {
  const {
    properties,
    items,
    anyOf,
    const: word,
    patternProperties,
  } = schema as {
    properties?: { [name: string]: TSchema };
    items?: TSchema;
    anyOf?: TSchema[];
    const?: unknown;
    patternProperties?: { [pattern: string]: TSchema };
  };
  if (typeof word === 'string') return [`${field}/${word}`];
  const fields = Object.entries(properties ?? {}).flatMap(([name, inner]) => [name, ...namesIn(inner, name)]);
  const inner = [...(anyOf ?? []), ...(items ? [items] : []), ...Object.values(patternProperties ?? {})];
  return [...fields, ...inner.flatMap((each) => namesIn(each, field))];
}

describe.each([...kinds.values()].map((kind) => [kind.name, kind] as const))('kind %s', (name, kind) => {
  it('[REC-2] takes a good body, and nothing more or less', () => {
    const body = good[name] as Body;
    expect(bodyProblem(kind, body)).toBeNull();
    expect(bodyProblem(kind, { ...body, extra: 1 })).toBe('/extra');
    const properties = (kind.body as unknown as { required: string[] }).required;
    expect(properties.length).toBeGreaterThan(0);
    for (const field of properties) {
      const { [field]: _, ...without } = body;
      expect(bodyProblem(kind, without)).toBe(`/${field}`);
      expect(bodyProblem(kind, { ...body, [field]: { not: 'this' } })).toMatch(new RegExp(`^/${field}`));
    }
  });

  it('has a caption in each language for itself, every field and every word of a closed list', () => {
    const names = [...new Set(namesIn(kind.body, ''))];
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((each) => !Object.hasOwn(kind.captions, each))).toEqual([]);
    // And none for what is not there.
    expect(Object.keys(kind.captions).filter((each) => !names.includes(each))).toEqual([]);
    for (const caption of [kind.caption, ...Object.values(kind.captions)]) {
      expect(languages.every((language) => caption[language].trim().length > 0)).toBe(true);
      expect(caption.ar).toMatch(/\p{Script=Arabic}/u);
      expect(caption.fr).not.toMatch(/\p{Script=Arabic}|'/u);
    }
  });

  it('gives the screen its words without the schema', () => {
    expect(kindWords[name]).toEqual({ caption: kind.caption, captions: kind.captions });
    expect(Object.keys(kindWords)).toEqual([...kinds.keys()]);
  });
});

describe('the rules that no schema says', () => {
  it('report: the day of the answer exists', () => {
    expect(problem('report', { ...good.report, respondBy: null })).toBeNull();
    expect(problem('report', { reportType: 'information', urgency: 'routine' })).toBeNull();
    expect(problem('report', { ...good.report, respondBy: '2025-02-30' })).toBe('/respondBy');
  });

  it('[ACC-11] disposition: every decision but to act has its reason', () => {
    expect(problem('disposition', { decision: 'act' })).toBeNull();
    for (const decision of ['no-action', 'already-known', 'need-more']) {
      expect(problem('disposition', { decision, reason: 'لأن' })).toBeNull();
      expect(problem('disposition', { decision })).toBe('/reason');
      expect(problem('disposition', { decision, reason: ' \n ' })).toBe('/reason');
    }
  });

  it('outcome: none yet stands alone and uncounted, and nothing is counted twice', () => {
    expect(problem('outcome', { results: [{ result: 'none-yet', count: null }] })).toBeNull();
    const arrests = { result: 'arrests', count: 4 };
    for (const results of [
      [{ result: 'none-yet', count: 1 }],
      [arrests, { result: 'none-yet', count: null }],
      [arrests, arrests],
      [],
    ]) {
      expect(problem('outcome', { results })).toBe('/results');
    }
    expect(problem('outcome', { results: [{ ...arrests, count: -1 }] })).toBe('/results/0/count');
  });

  it('agreement: two parties, days in order, level names of the parties alone, one suite', () => {
    const agreement = (change: Body) => problem('agreement', { ...(good.agreement as Body), ...change });
    expect(agreement({ parties: [atlas.id, atlas.id] })).toBe('/parties');
    expect(agreement({ validFrom: '2025-02-29' })).toBe('/validFrom');
    expect(agreement({ validUntil: '2025-09-30' })).toBe('/validUntil');
    expect(agreement({ purposes: [] })).toBe('/purposes');
    expect(agreement({ suite: '0020-0001-0001' })).toBe('/suite');
    expect(agreement({ levelNames: { [sahara.id]: ['1', '2', '3', '4', '5'] } })).toBe('/levelNames');
    expect(agreement({ levelNames: { [atlas.id]: ['1', '2', '3', '4'] } })).toMatch(/^\/levelNames/);
    expect(agreement({ levelNames: { atlas: ['1', '2', '3', '4', '5'] } })).toMatch(/^\/levelNames/);
    expect(agreement({ ceiling: 5 })).toBe('/ceiling');
  });

  it('[PRM-1] a permission grants with an end and by digest, or says why not; and names whom and what it is for', () => {
    const { digests, portions, validUntil, conditions, onwardTo, ...rest } = good['permission'] as Body;
    const permission = (change: Body) => problem('permission', { ...(good['permission'] as Body), ...change });
    const bare = (change: Body) => problem('permission', { ...rest, ...change } as Body);
    expect(bare({ onwardTo: sahara.id, decision: 'revoked', ground: 'trust-ended' })).toBeNull();
    expect(bare({ use: 'judicial', validUntil: '2025-12-31' })).toBeNull();
    expect(bare({ use: 'other-purpose', purpose: 'border-security', validUntil: '2025-12-31' })).toBeNull();
    expect(bare({ use: 'judicial' })).toBe('/validUntil');
    expect(permission({ validUntil: '2025-02-30' })).toBe('/validUntil');
    expect(bare({ use: 'onward', validUntil: '2025-12-31' })).toBe('/onwardTo');
    expect(permission({ onwardTo: meridian.id })).toBe('/onwardTo');
    expect(permission({ use: 'judicial' })).toBe('/onwardTo');
    expect(bare({ onwardTo: sahara.id, validUntil: '2025-12-31' })).toBe('/digests');
    expect(bare({ use: 'judicial', digests: [bytes(32)], validUntil: '2025-12-31' })).toBe('/digests');
    expect(bare({ use: 'other-purpose', validUntil: '2025-12-31' })).toBe('/purpose');
    expect(bare({ use: 'judicial', decision: 'refused' })).toBe('/ground');
    expect(permission({ ground: 'not-necessary' })).toBe('/ground');
    expect(bare({ use: 'judicial', decision: 'refused', ground: 'not-necessary', portions: [0] })).toBe('/portions');
    const request = (change: Body) =>
      problem('permission-request', { ...(good['permission-request'] as Body), ...change });
    expect(request({ use: 'publication' })).toBe('/onwardTo');
    expect(problem('permission-request', { use: 'publication', reason: 'x', onwardCard: 'x' })).toBe('/onwardCard');
    expect(problem('permission-request', { use: 'other-purpose', reason: 'x' })).toBe('/purpose');
    expect(problem('permission-request', { use: 'publication', reason: ' ' })).toBe('/reason');
    expect(request({ until: '2025-02-30' })).toBe('/until');
  });

  it('[REL-3] what may reach a service by way of another is a closed list', () => {
    const byRelay = [...kinds.values()].filter((kind) => kind.byRelay).map(({ name, byRelay }) => [name, byRelay]);
    expect(byRelay).toEqual([
      ['correction', 'to-holders'],
      ['correction-answer', 'to-origin'],
      ['permission-request', 'to-origin'],
      ['permission', 'to-holders'],
    ]);
  });

  it('service: keys of the right length, an address of the web or none', () => {
    const service = (change: Body) => problem('service', { ...(good.service as Body), ...change });
    expect(service({ url: null })).toBeNull();
    expect(service({ url: 'file:///etc/passwd' })).toBe('/url');
    expect(service({ inceptionKey: bytes(31) })).toBe('/inceptionKey');
    expect(service({ signingKeys: {} })).toBe('/signingKeys');
    expect(service({ signingKeys: { key: bytes(32) } })).toMatch(/^\/signingKeys/);
    expect(service({ sealingKey: { ...(good.service?.['sealingKey'] as Body), publicKey: bytes(1_215) } })).toBe(
      '/sealingKey/publicKey',
    );
  });

  it('[COR-2] an answer to a correction says in which case and at what stage, or on which ground it is refused', () => {
    const answered = (body: Body) => problem('correction-answer', body);
    for (const answer of ['replaced', 'quarantined', 'erased']) {
      expect(answered({ answer })).toBeNull();
      expect(answered({ answer, case: '2025/118', stage: 'trial' })).toBe('/case');
      expect(answered({ answer, stage: 'trial' })).toBe('/stage');
      expect(answered({ answer, ground: 'not-held' })).toBe('/ground');
    }
    expect(answered({ answer: 'relied-on', stage: 'trial' })).toBe('/case');
    expect(answered({ answer: 'relied-on', case: '2025/118' })).toBe('/stage');
    expect(answered({ answer: 'relied-on', case: '2025/118', stage: 'trial', ground: 'not-held' })).toBe('/ground');
    expect(answered({ answer: 'refused' })).toBe('/ground');
    expect(answered({ answer: 'refused', ground: 'evidence-in-proceedings', explanation: 'x' })).toBeNull();
  });

  it('[COR-1] a correction goes to the holders and its answer to the origin, by relays too; its date exists', () => {
    expect(kindOf('correction')?.byRelay).toBe('to-holders');
    expect(kindOf('correction-answer')?.byRelay).toBe('to-origin');
    const correction = good.correction as Body;
    expect(problem('correction', { ...correction, respondBy: '2025-02-30' })).toBe('/respondBy');
  });

  it('[REC-5] what founds trust is just what makes an agreement; answers name what they answer', () => {
    const where = (is: (kind: Kind) => boolean) => [...kinds.values()].filter(is).map(({ name }) => name);
    expect(where((kind) => kind.foundsTrust)).toEqual(['agreement', 'assent', 'service']);
    expect(where((kind) => kind.graded)).toEqual(['report']);
    expect(where((kind) => kind.requires.includes('replies-to'))).toEqual([
      'disposition',
      'outcome',
      'answer',
      'correction-answer',
    ]);
    expect(where((kind) => kind.requires.includes('about'))).toEqual([
      'assent',
      'correction',
      'permission-request',
      'permission',
    ]);
    expect(where((kind) => kind.portionsMin > 0)).toEqual(['report', 'outcome', 'request', 'agreement']);
    expect(kindOf('toString')).toBeUndefined();
  });
});
