import { kindOf } from '#src/kinds/index.ts';
import { base64url } from '#src/protocol/encoding.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { RecordDraft, RecordLink, RecordReference } from '#src/protocol/record/record.ts';
import { good } from '#tests/kinds/bodies.ts';
import { draftOf, openMarking, testRecordId } from './drafts.ts';
import type { Party } from './parties.ts';

/** A right draft of any kind: by this service, about this record where its kind speaks of one. */
export function draftOfKind(
  by: Party,
  name: string,
  about: RecordReference,
  change: Partial<RecordDraft> = {},
): RecordDraft {
  const kind = kindOf(name);
  if (!kind) throw new Error(`no kind ${name}`);
  const { grading, portions, ...draft } = draftOf(by, { id: testRecordId(by, 30), kind: name });
  const links = kind.requires.map((type): RecordLink => {
    return { ...(name === 'correction' && type === 'about' ? next(about, by) : about), type };
  });
  const body = { ...good[name], ...bodyOf(by, name, about) };
  const { nothingElse } = kind;
  if (nothingElse === undefined) {
    return { ...draft, ...(grading && { grading }), portions, links, body, ...change };
  }
  const names = Object.values((body['names'] ?? {}) as { readonly [language: string]: string });
  const titles = { own: ['Convention'], names }[nothingElse.titles as 'own' | 'names'] ?? nothingElse.titles;
  const [title = ''] = titles as readonly string[];
  const text = [{ text: 'Nous coopérons.', nature: 'fact' as const, marking: openMarking }];
  return {
    ...draft,
    ...(kind.foundsTrust && { purpose: 'administration' as const }),
    marking: openMarking,
    title,
    portions: nothingElse.portions ? text : [],
    links,
    body,
    ...change,
  };
}

/** A correction is about the revision that follows. */
const next = (about: RecordReference, by: Party) => ({ ...about, revision: about.revision + 1, hash: by.id });

function bodyOf(by: Party, kind: string, about: RecordReference): { readonly [field: string]: Json } {
  switch (kind) {
    case 'correction':
      return { record: about.record, hash: next(about, by).hash };
    case 'permission':
      return { record: about.record, hash: about.hash };
    case 'assent':
      return { agreement: { ...about } };
    case 'service':
      return { inceptionKey: base64url(by.publicKey) };
    default:
      return {};
  }
}
