import { plural } from '#src/web/i18n/catalogue.ts';
import type { KeyMessages } from './messages.ar.ts';

export const fr: KeyMessages = {
  title: 'Nos clés',
  table: { key: 'Clé', use: 'Usage', state: 'État', since: 'Depuis' },
  use: { signing: 'signature', sealing: 'scellement' },
  state: { current: 'en service', retired: 'retirée', revoked: 'révoquée' },
  stateMeans: {
    signing: {
      current: 'signe désormais',
      retired: 'ce qu’elle a signé reste valable',
      revoked: 'plus rien de nouveau signé par elle n’est cru',
    },
    sealing: {
      current: 'ce qui part est scellé pour elle',
      retired: 'ouvre ce qui lui fut scellé, jusqu’à sa destruction',
      revoked: 'plus rien n’est scellé pour elle',
    },
  },
  statement: 'Déclaration de clés nº {{version}}.',
  everyone: 'Tous les partenaires l’ont confirmée.',
  unconfirmed: 'Pas encore confirmée par {{services}}.',
  kept: plural({
    one: '{{count}} ancienne clé de scellement est gardée tant que quelque chose scellé pour elle peut être en route, puis détruite.',
    many: '{{count}} anciennes clés de scellement sont gardées tant que quelque chose scellé pour elles peut être en route, puis détruites.',
    other:
      '{{count}} anciennes clés de scellement sont gardées tant que quelque chose scellé pour elles peut être en route, puis détruites.',
  }),
  reason: 'Motif',
  rotate: {
    button: { signing: 'Nouvelle clé de signature', sealing: 'Nouvelle clé de scellement' },
    text: {
      signing:
        'Une nouvelle clé est créée, signée par l’actuelle, et annoncée aux partenaires. Ce qui est déjà signé reste valable. Si la clé actuelle est volée, n’utilisez pas ceci mais la clé de secours.',
      sealing:
        'Une nouvelle clé est créée et annoncée aux partenaires. L’ancienne est gardée jusqu’à ce que chacun ait confirmé la nouvelle et que sept jours aient passé, puis détruite : ce qui fut intercepté reste alors fermé.',
    },
    done: {
      signing: 'La nouvelle clé de signature est en service.',
      sealing: 'La nouvelle clé de scellement est en service.',
    },
  },
  recovery: {
    title: 'Clé de secours',
    none: 'Votre service n’a pas de clé de secours. Si la clé de signature est perdue ou volée, aucun partenaire ne vous croira plus avant de recommencer avec chacun, fiche et empreinte.',
    exists:
      'Elle révoque une clé de signature perdue ou volée et la remplace, sans tout recommencer avec les partenaires. Son secret n’est pas sur ce nœud.',
    id: 'Sa moitié publique',
    make: 'Créer la clé de secours',
    renew: 'Créer une autre clé de secours',
    makeTitle: 'Clé de secours',
    makeText:
      'Le secret s’affiche une seule fois et n’est gardé nulle part. Imprimez-le ou recopiez-le, retapez-le ici pour vous assurer que vous l’avez, et mettez-le dans un coffre, loin de ce nœud.',
    replaces: 'Elle remplace la clé précédente, dont le secret ne vaut plus rien.',
    makeSubmit: 'Afficher le secret maintenant',
    secret: 'Le secret, affiché cette fois seulement',
    print: 'Imprimer',
    typed: 'Retapez-le tel qu’il est sur le papier',
    typedHint: 'Espaces, tirets et majuscules ne comptent pas',
    mismatch: 'Ce n’est pas le même. Comparez signe par signe.',
    typedSubmit: 'Je l’ai, c’est fini',
    made: 'La clé de secours est créée.',
    leaving: 'Si vous fermez maintenant, ce secret ne s’affichera plus jamais ; il faudra créer une autre clé.',
    leave: 'Fermer quand même',
    stay: 'Revenir au secret',
    sheet: 'Clé de secours hors ligne',
    sheetText:
      'Elle révoque la clé de signature du service, si celle-ci est perdue ou volée, et la remplace. Qui la détient parle au nom du service. À garder dans un coffre, loin du nœud et de ses sauvegardes.',
    sheetMade: 'Créée le {{when}}',
  },
  recover: {
    button: 'Clé de signature perdue ou volée',
    title: 'Reprendre avec la clé de secours',
    text: 'La clé de signature actuelle est révoquée aussitôt : aucun partenaire ne croira plus rien de nouveau qu’elle signe. De nouvelles clés de signature et de scellement sont créées ; une déclaration signée par la clé de secours part vers tous les partenaires. Ce qui fut signé et reçu auparavant reste.',
    secret: 'Secret de la clé de secours',
    submit: 'Révoquer la clé et continuer avec une autre',
    done: 'L’ancienne clé est révoquée, la nouvelle est en service.',
  },
  partner: {
    title: 'Ses clés',
    text: 'D’après ses déclarations signées. Changer de clé ne change pas son empreinte ; on ne la compare pas de nouveau.',
    former: plural({
      one: '{{count}} ancienne clé',
      many: '{{count}} anciennes clés',
      other: '{{count}} anciennes clés',
    }),
  },
  stopped: {
    title: 'La liaison est arrêtée',
    contradict:
      'Deux déclarations différentes portant le même numéro ont été signées au nom de {{service}} ; les deux sont gardées comme preuves. Ou sa clé est volée, ou son nœud a été copié.',
    kept: 'Ce qui se contredit est gardé comme preuve. Ce qui attend l’envoi reste là ; rien n’est perdu.',
    resume: 'Reprendre la liaison',
    resumeTitle: 'Reprendre la liaison avec {{service}}',
    resumeText:
      'Parlez d’abord à votre homologue, à un numéro que vous connaissiez déjà, et entendez-vous sur ce qui s’est passé. La liaison reprend ensuite avec une nouvelle numérotation ; ce qui n’a pas d’accusé de réception repart, et rien ne prend effet deux fois.',
    resumeReason: 'À qui vous avez parlé, et ce qui s’est passé',
    resumed: 'La liaison reprend.',
  },
  revoke: {
    title: 'Révocation',
    lead: 'Lorsque plus rien ne peut être confié à {{service}}.',
    button: 'Révoquer ce partenaire',
    dialogTitle: 'Révoquer {{service}}',
    does: 'Ce que cela fait',
    doesNot: 'Ce que cela ne fait pas',
    doesList: {
      stop: 'Plus rien ne part de chez nous vers lui, dès maintenant, pas même ce qui attendait l’envoi.',
      permissions:
        'Toutes les autorisations qui le nomment sont révoquées ; ceux qui détiennent nos informations sont avertis de ne plus les lui transmettre.',
      refuse: 'Plus rien de nouveau n’est admis de lui.',
    },
    doesNotList: {
      held: 'Cela n’efface ni ne reprend ce qu’il détient.',
      relays:
        'Un service pas encore averti peut lui transmettre jusqu’à ce qu’il le soit, ou jusqu’à la fin de l’autorisation.',
      ours: 'Cela n’efface rien de ce que nous avons reçu de lui ; tout reste au journal.',
    },
    submit: 'Révoquer maintenant',
    done: plural({
      one: 'Partenaire révoqué, et {{count}} autorisation avec lui.',
      many: 'Partenaire révoqué, et {{count}} autorisations avec lui.',
      other: 'Partenaire révoqué, et {{count}} autorisations avec lui.',
    }),
    already: 'Révoqué {{when}}. Rien ne part vers lui et rien n’est admis de lui.',
  },
  restore: {
    title: 'Restauration d’une sauvegarde',
    banner:
      'Ce nœud a été restauré d’une sauvegarde ; il n’émet rien tant que les partenaires n’ont pas rendu ce qui peut manquer.',
    bannerLink: 'Où en est-on',
    text: 'La base est plus ancienne que ce qui est sorti de ce nœud : il peut y manquer des fiches de votre service que les partenaires détiennent. Chacun rend ce qu’il a des vôtres, puis vous émettez de nouveau. Lire et recevoir restent possibles.',
    since: 'Commencée {{when}}.',
    partner: 'Partenaire',
    returned: 'Fiches rendues',
    state: 'État',
    done: 'a tout rendu',
    waiting: 'attendu',
    none: 'Aucun partenaire n’a rien à rendre.',
    over: 'Le nœud est complet : aucune restauration en cours.',
    goOn: 'Continuer sans attendre',
    goOnTitle: 'Continuer sans attendre les autres',
    goOnText:
      '{{services}} : peut-être une révision d’une de vos fiches, inconnue de ce nœud. Si vous émettez la même, il y aura chez eux deux révisions du même numéro, et la liaison s’arrêtera.',
    goneOn: 'Le nœud émet de nouveau.',
  },
};
