/** Every form of the protocol as a file of `spec/schema`: JSON Schema, draft 2020-12. */
import { kinds } from '#src/kinds/index.ts';
import { titlesOfTakenBack } from '#src/protocol/correction/taken-back.ts';
import { messageTypes } from '#src/protocol/exchange/message.ts';
import { handlingCodes, levels, papLabels, tlpLabels } from '#src/protocol/marking/marking.ts';
import { languages } from '#src/protocol/primitives.ts';
import {
  informationCredibilities,
  linkTypes,
  portionNatures,
  purposes,
  recordStatuses,
  sourceReliabilities,
} from '#src/protocol/record/record.ts';
import { exchangeForms } from './exchange-schemas.ts';
import type { Form } from './form.ts';
import { allRecordForms } from './record-schemas.ts';

export const forms: readonly Form[] = [...exchangeForms, ...allRecordForms];

export function schemaOf({ name, says, schema, beyond = [] }: Form): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:tansiq:1:${name}`,
    description: says,
    ...(beyond.length > 0 && { $comment: `Beyond this schema: ${beyond.join('. ')}.` }),
    ...schema,
  };
}

/** The closed lists, in the order that counts where one does. */
const lists = {
  about: 'The closed lists of the protocol. Where `order` is said, joins and comparisons go by it (MRK-1).',
  levels: { order: 'from open to strict', values: levels },
  tlp: { order: 'from strict to open; absent is the most open', values: tlpLabels },
  pap: { order: 'from strict to open; absent is the most open', values: papLabels },
  handling: { values: handlingCodes },
  statuses: { values: recordStatuses },
  languages: { values: languages },
  purposes: { values: purposes },
  natures: { values: portionNatures },
  sources: { order: 'from reliable to unreliable; F cannot be judged', values: sourceReliabilities },
  information: { order: 'from confirmed to improbable; 6 cannot be judged', values: informationCredibilities },
  links: { values: linkTypes },
  messages: { values: messageTypes },
  takenBack: { about: 'COR-1: the only titles of a revision that is withdrawn or erased.', titles: titlesOfTakenBack },
  kinds: {
    values: [...kinds.values()].map(
      ({ name, graded, foundsTrust, byRelay, portionsMin, requires, speaksOf, ...kind }) => {
        const rules = { name, graded, foundsTrust, byRelay: byRelay ?? 'with-permission', portionsMin, requires };
        return { ...rules, speaksOf: speaksOf ?? 'any', nothingElse: kind.nothingElse ?? null };
      },
    ),
  },
};

/** File name under `spec/schema` to its text. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const text = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ...forms.map((form) => [`${form.name}.json`, text(schemaOf(form))] as const),
    ['lists.json', text(lists)] as const,
  ]);
}
