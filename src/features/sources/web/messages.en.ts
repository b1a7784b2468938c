import { plural } from '#src/web/i18n/catalogue.ts';
import type { SourcesMessages } from './messages.ar.ts';

export const en: SourcesMessages = {
  title: 'Sources',
  cites: 'Draws on',
  citedBy: 'Drawn on by',
  sameSource: plural({
    one: '{{count}} other record goes back to the same source: they are one source, not two',
    other: '{{count}} other records go back to the same source: together they are one source',
  }),
  circular: 'They do not confirm each other: do not raise the grading because they agree.',
  showPath: 'How they go back to one source',
  pathHere: 'From this record to the source',
  pathThere: 'From the source to the other record',
  source: 'common source',
  notHeld: 'A record that we do not hold or that is not open to you',
  more: 'There are more than these; the nearest are shown.',
  revision: 'revision {{number}}',
};
