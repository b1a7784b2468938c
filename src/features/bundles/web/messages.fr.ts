import { plural } from '#src/web/i18n/catalogue.ts';
import type { BundleMessages } from './messages.ar.ts';

export const fr: BundleMessages = {
  title: 'Comment voyagent les lots',
  carrier: {
    link: 'Par la liaison',
    file: 'Par un fichier porté à la main',
    'one-way': 'Par une diode, à sens unique',
  },
  means: {
    link: 'Ils partent d’eux-mêmes par le réseau, et les accusés de réception reviennent par le même chemin.',
    file: 'Ils sont exportés dans un fichier porté au partenaire ; sa réponse, un fichier aussi, confirme ce qu’il a reçu.',
    'one-way':
      'Ils sont exportés dans un fichier dont la réponse ne revient pas par le même chemin : non confirmés jusqu’à un accusé venu d’ailleurs.',
  },
  change: 'Changer',
  choose: { title: 'Comment les lots vont à {{service}}', submit: 'Enregistrer', done: 'Enregistré. {{carrier}}.' },
  out: {
    button: 'Exporter un fichier',
    whileLink:
      'Si la liaison est coupée, le fichier peut être porté à la main ; ce qui arrive deux fois ne vaut qu’une.',
    done: plural({
      one: '{{file}} contient {{count}} lot.',
      many: '{{file}} contient {{count}} lots.',
      other: '{{file}} contient {{count}} lots.',
    }),
    next: 'Portez-le au partenaire. Il reste non confirmé jusqu’au retour de sa réponse, et peut être exporté de nouveau.',
    again: 'Télécharger de nouveau',
  },
  list: {
    title: 'Fichiers exportés',
    none: 'Aucun fichier n’a encore été exporté pour ce partenaire.',
    when: 'Quand',
    officer: 'Par qui',
    what: 'Contenu',
    state: 'État',
    batch: 'lot {{from}}',
    batches: 'lots {{from}} à {{through}}',
    receiptOnly: 'notre accusé de réception seul',
    messages: plural({ one: '{{count}} message', many: '{{count}} messages', other: '{{count}} messages' }),
    unconfirmed: 'exporté, non confirmé',
    confirmed: 'confirmé {{when}}',
  },
  in: {
    button: 'Recevoir un fichier',
    title: 'Recevoir un fichier porté à la main',
    text: 'Choisissez un fichier .tansiq qui vous a été porté, ou déposez-le ici. Sa signature et tout son contenu sont vérifiés avant d’être admis.',
    pick: 'Choisir un fichier',
    drop: 'ou déposez le fichier ici',
    reading: 'Lecture et vérification du fichier…',
    tooLarge: 'Le fichier dépasse 36 Mo. Demandez au partenaire de répartir son contenu en plusieurs fichiers.',
    from: 'Fichier de {{service}}.',
    taken: plural({
      one: '{{count}} nouveau lot reçu.',
      many: '{{count}} nouveaux lots reçus.',
      other: '{{count}} nouveaux lots reçus.',
    }),
    known: plural({
      one: '{{count}} lot était déjà arrivé et n’a pas pris effet une seconde fois.',
      many: '{{count}} lots étaient déjà arrivés et n’ont pas pris effet une seconde fois.',
      other: '{{count}} lots étaient déjà arrivés et n’ont pas pris effet une seconde fois.',
    }),
    receipts: plural({
      one: '{{count}} accusé de réception de nos envois.',
      many: '{{count}} accusés de réception de nos envois.',
      other: '{{count}} accusés de réception de nos envois.',
    }),
    refused: 'Refusé :',
    answer:
      'Portez cette réponse à {{service}} : elle contient notre accusé de réception, qui confirme chez eux ce qui est arrivé.',
    noAnswer: 'Il n’y a pas de réponse à porter.',
    saveAnswer: 'Télécharger la réponse {{file}}',
    another: 'Recevoir un autre fichier',
  },
};
