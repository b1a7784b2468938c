import { plural } from '#src/web/i18n/catalogue.ts';
import type { BundleMessages } from './messages.ar.ts';

export const en: BundleMessages = {
  title: 'How batches travel',
  carrier: { link: 'Over the link', file: 'In a file carried by hand', 'one-way': 'Through a one-way diode' },
  means: {
    link: 'They go over the network by themselves, and receipts come back the same way.',
    file: 'They are exported in a file that is carried to the partner; its answer, a file too, confirms what it has.',
    'one-way':
      'They are exported in a file whose answer does not come back the same way: unconfirmed until a receipt comes by another.',
  },
  change: 'Change',
  choose: { title: 'How batches travel to {{service}}', submit: 'Save', done: 'Saved. {{carrier}}.' },
  out: {
    button: 'Export a file',
    whileLink: 'If the link is down, the file can be carried by hand; what arrives twice takes effect once.',
    done: plural({ one: '{{file}} holds {{count}} batch.', other: '{{file}} holds {{count}} batches.' }),
    next: 'Carry it to the partner. It stays unconfirmed until the answer comes back, and can be exported again.',
    again: 'Save the file again',
  },
  list: {
    title: 'Exported files',
    none: 'No file has been exported for this partner yet.',
    when: 'When',
    officer: 'By whom',
    what: 'Content',
    state: 'State',
    batch: 'batch {{from}}',
    batches: 'batches {{from}} to {{through}}',
    receiptOnly: 'our receipt alone',
    messages: plural({ one: '{{count}} message', other: '{{count}} messages' }),
    unconfirmed: 'exported, unconfirmed',
    confirmed: 'confirmed {{when}}',
  },
  in: {
    button: 'Take in a file',
    title: 'Take in a file carried by hand',
    text: 'Choose a .tansiq file that was carried to you, or drop it here. Its signature and everything in it is verified before it is admitted.',
    pick: 'Choose a file',
    drop: 'or drop the file here',
    reading: 'Reading and verifying the file…',
    tooLarge: 'The file is larger than 36 MB. Ask the partner to divide it into several files.',
    from: 'The file is from {{service}}.',
    taken: plural({ one: '{{count}} new batch taken.', other: '{{count}} new batches taken.' }),
    known: plural({
      one: '{{count}} batch had come before and did not take effect again.',
      other: '{{count}} batches had come before and did not take effect again.',
    }),
    receipts: plural({
      one: '{{count}} receipt for what we sent.',
      other: '{{count}} receipts for what we sent.',
    }),
    refused: 'Refused:',
    answer: 'Carry this answer to {{service}}: it holds our receipt, which confirms to them what has arrived.',
    noAnswer: 'There is no answer to carry.',
    saveAnswer: 'Save the answer {{file}}',
    another: 'Take in another file',
  },
};
