import { plural } from '#src/web/i18n/catalogue.ts';
import type { SourcesMessages } from './messages.ar.ts';

export const fr: SourcesMessages = {
  title: 'Sources',
  cites: 'S’appuie sur',
  citedBy: 'Sert d’appui à',
  sameSource: plural({
    one: '{{count}} autre fiche remonte à la même source : elles font une source, non deux',
    many: '{{count}} autres fiches remontent à la même source : ensemble, elles font une source',
    other: '{{count}} autres fiches remontent à la même source : ensemble, elles font une source',
  }),
  circular: 'Elles ne se confirment pas l’une l’autre : ne relevez pas la cotation parce qu’elles concordent.',
  showPath: 'Comment elles remontent à une même source',
  pathHere: 'De cette fiche à la source',
  pathThere: 'De la source à l’autre fiche',
  source: 'source commune',
  notHeld: 'Fiche que nous ne détenons pas, ou qui ne vous est pas ouverte',
  more: 'Il y en a d’autres ; les plus proches sont affichées.',
  revision: 'révision {{number}}',
};
