import type { RefusalCatalogue } from './catalogue.ts';

/** What is refused between two nodes: envelopes, sequences, keys, files. */
export const frenchExchange = {
  'envelope-malformed': {
    says: 'Ce qui est arrivé n’est pas une enveloppe Tansiq.',
    next: 'Vérifiez l’adresse du partenaire et la version de son nœud.',
  },
  'envelope-too-large': {
    says: 'L’enveloppe est trop volumineuse ({limit} octets au plus).',
    next: 'Envoyez moins de fiches à la fois.',
  },
  'envelope-version-unknown': {
    says: 'L’enveloppe suit une version du protocole que ce nœud ne connaît pas.',
    next: 'Mettez les deux nœuds à la même version.',
  },
  'envelope-suite-refused': {
    says: 'L’enveloppe est scellée par un autre procédé que celui convenu.',
    next: 'Demandez au partenaire d’employer le procédé convenu ; il ne se négocie jamais.',
  },
  'envelope-not-for-us': {
    says: 'L’enveloppe est adressée à un autre service.',
    next: 'Prévenez l’expéditeur qu’elle a été remise à la mauvaise adresse.',
  },
  'envelope-seal-broken': {
    says: 'L’enveloppe n’a pu être ouverte : modifiée en chemin, ou scellée pour une autre clé.',
    next: 'Le nœud de l’expéditeur la renvoie. Si cela se répète, comparez les clés de scellement.',
  },
  'envelope-key-unknown': {
    says: 'L’enveloppe est scellée pour une clé que ce nœud ne détient pas.',
    next: 'Remettez au partenaire votre carte de service actuelle.',
  },
  'envelope-signature-invalid': {
    says: 'L’enveloppe n’est pas signée par le service qu’elle nomme comme expéditeur.',
    next: 'Prévenez le partenaire de vive voix et notez l’heure d’arrivée.',
  },
  'envelope-binding-mismatch': {
    says: 'L’extérieur de l’enveloppe ne concorde pas avec ce qui est signé à l’intérieur.',
    next: 'Prévenez le partenaire de vive voix : elle a pu être modifiée en chemin.',
  },
  'payload-malformed': {
    says: 'Le contenu du lot est illisible.',
    next: 'Demandez à l’administrateur du partenaire de vérifier la version de son nœud.',
  },
  'payload-too-deep': {
    says: 'Le contenu du lot est trop imbriqué ({limit} niveaux au plus).',
    next: 'Demandez à l’administrateur du partenaire de vérifier son nœud.',
  },
  'message-type-unknown': {
    says: 'Le lot contient un type de message que ce nœud ne connaît pas.',
    next: 'Mettez les deux nœuds à la même version. Le reste du lot a été pris.',
  },
  'message-not-taken': {
    says: 'Le message n’a pas pu être pris : quelque chose en lui a provoqué un défaut du nœud qui l’a reçu. Le reste de son lot a été pris.',
    next: 'Prévenez l’administrateur du nœud qui l’a refusé, dont le journal technique garde le défaut, et le partenaire de vive voix. Renvoyez-le une fois le défaut corrigé.',
  },
  'message-not-sent': {
    says: 'L’envoi n’a pas pu être préparé : défaut de ce nœud. Il a été mis de côté, et ce qui attendait derrière est parti.',
    next: 'Prévenez votre administrateur, qui trouve le défaut dans le journal technique ; puis communiquez-le de nouveau.',
  },
  'envelope-not-taken': {
    says: 'L’enveloppe n’a pas pu être prise : quelque chose en elle a provoqué un défaut de ce nœud. Rien n’en a été enregistré.',
    next: 'Prévenez votre administrateur, qui trouve le défaut dans le journal technique. Le nœud de l’expéditeur la renvoie.',
  },
  'letter-too-large': {
    says: 'Le pli scellé est trop volumineux pour être acheminé par un autre service (au plus {limit} octets).',
    next: 'Envoyez moins à la fois, ou établissez une liaison directe avec ce service.',
  },
  'letter-malformed': {
    says: 'Le pli scellé ne contient pas ce qu’un pli peut contenir.',
    next: 'Demandez à son auteur de le renvoyer ; si cela se reproduit, prévenez votre administrateur.',
  },
  'letter-not-ours': {
    says: 'Le pli est destiné à un service pour lequel ce nœud n’achemine rien de la part de son expéditeur.',
    next: 'Joignez ce service directement, ou par celui qui a transmis l’information.',
  },
  'letter-nested-too-deep': {
    says: 'Le pli contient trop de plis emboîtés (au plus {limit}).',
    next: 'Demandez à son auteur de choisir une voie plus courte.',
  },
  'holding-invalid': {
    says: 'La déclaration de détention de cette fiche n’est pas signée par celui qu’elle nomme, ou ne correspond pas à ce qui est connu ici.',
    next: 'Ne vous y fiez pas. Interrogez de vive voix le partenaire concerné.',
  },
  'sequence-gap': {
    says: 'Un lot antérieur de cette liaison n’est pas encore arrivé.',
    next: 'Rien à faire : l’expéditeur reprend au premier lot manquant.',
  },
  'sequence-reused': {
    says: 'Le partenaire a employé le même numéro pour deux lots différents.',
    next: 'La liaison est arrêtée. Parlez à l’administrateur du partenaire : son nœud a pu être restauré d’une ancienne sauvegarde.',
  },
  'sequence-chain-broken': {
    says: 'Le lot ne fait pas suite à celui qui a été pris avant lui.',
    next: 'Parlez à l’administrateur du partenaire avant de rouvrir la liaison.',
  },
  'epoch-unknown': {
    says: 'Le lot relève d’une période de la liaison que ce nœud ne connaît pas.',
    next: 'Parlez à l’administrateur du partenaire : l’un des deux nœuds a pu être restauré.',
  },
  'receipt-invalid': {
    says: 'L’accusé de réception ne peut être vérifié comme étant celui du partenaire.',
    next: 'Rien n’est perdu : il est renvoyé. Si cela se répète, comparez les empreintes.',
  },
  'receipt-mismatch': {
    says: 'L’accusé de réception confirme un autre contenu que celui envoyé.',
    next: 'La liaison est arrêtée. Parlez à l’administrateur du partenaire.',
  },
  'receipt-ahead': {
    says: 'L’accusé de réception confirme un lot qui n’a jamais été envoyé d’ici.',
    next: 'La liaison est arrêtée. Vérifiez si ce nœud a été restauré d’une sauvegarde.',
  },
  'query-invalid': {
    says: 'Le partenaire a demandé ce que ce nœud a reçu de lui, dans une forme ou avec une signature qui ne tient pas.',
    next: 'Rien n’a été pris. Si cela se répète, prévenez votre administrateur.',
  },
  'node-cloned': {
    says: 'Le partenaire a des messages au nom de ce service que ce nœud n’a jamais envoyés : une deuxième copie du nœud est en marche, ou sa base de données a été remplacée pendant qu’il tournait.',
    next: 'Plus rien ne passe sur cette liaison. Trouvez l’autre copie et arrêtez-la, puis rouvrez la liaison, avec un motif.',
  },
  'node-recovering': {
    says: 'Ce nœud a été restauré à partir d’une sauvegarde et il lui manque peut-être des fiches à lui que des partenaires détiennent. Tant qu’ils ne les ont pas rendues, il n’en émet aucune.',
    next: 'Attendez la réponse des partenaires, ou qu’un directeur décide de continuer sans eux, avec un motif.',
  },
  'bundle-malformed': {
    says: 'Ce n’est pas un fichier .tansiq, ou ce qui s’y trouve à cet endroit n’est pas une enveloppe.',
    next: 'Rien n’a été pris à cet endroit. Demandez au partenaire d’exporter le fichier à nouveau.',
  },
  'bundle-truncated': {
    says: 'Le fichier s’arrête au milieu d’une enveloppe : il n’a pas été copié en entier.',
    next: 'Ce qui précède a été pris. Copiez le fichier à nouveau et importez-le encore une fois ; rien n’est pris deux fois.',
  },
  'bundle-mixed': {
    says: 'Le fichier contient une enveloppe d’un autre service que celui du début.',
    next: 'Cette enveloppe n’a pas été prise. Demandez à chaque partenaire un fichier à lui.',
  },
  'link-stopped': {
    says: 'La liaison avec ce partenaire est arrêtée car les deux côtés diffèrent sur ce qui a été envoyé.',
    next: 'Les administrateurs des deux services doivent en régler la cause avant de la rouvrir.',
  },
  'link-window-full': {
    says: 'Trop de lots attendent l’accusé de réception de ce partenaire ({limit} au plus).',
    next: 'Rien à faire : l’envoi reprend dès que le partenaire répond.',
  },
  'peer-unknown': {
    says: 'L’expéditeur n’est pas connu comme partenaire confirmé.',
    next: 'Ajoutez le partenaire à partir de sa carte de service, comparez les empreintes de vive voix et confirmez, des deux côtés.',
  },
  'peer-unconfirmed': {
    says: 'L’empreinte de ce partenaire n’a pas encore été comparée de vive voix.',
    next: 'Appelez le partenaire, comparez les huit groupes de chiffres et confirmez.',
  },
  'fingerprint-mismatch': {
    says: 'L’empreinte lue n’est pas celle de la carte de ce partenaire.',
    next: 'Ne confirmez pas. Obtenez la carte par une autre voie et comparez de nouveau.',
  },
  'record-key-revoked': {
    says: 'La fiche est signée avec une clé que son origine a révoquée.',
    next: 'Ne vous y fiez pas. L’origine peut en donner la révision suivante, signée avec sa clé actuelle.',
  },
  'keys-invalid': {
    says: 'Cette déclaration de clés n’est pas de celles que le service lui-même aurait pu faire après la précédente.',
    next: 'Ne vous y fiez pas. Demandez de vive voix au service s’il a changé ses clés.',
  },
  'keys-gap': {
    says: 'Une déclaration antérieure des clés de ce service manque.',
    next: 'Rien à faire : le service envoie de nouveau ses déclarations, dans l’ordre.',
  },
  'keys-contradict': {
    says: 'Le service a signé deux déclarations différentes de ses clés sous le même numéro.',
    next: 'Sa clé est peut-être volée. Parlez de vive voix à ses officiers avant que la liaison ne reprenne.',
  },
  'keys-too-many': {
    says: 'La déclaration d’un service ne peut nommer davantage de clés de signature (au plus {limit}).',
    next: 'Gardez la clé actuelle ; ce que les anciennes ont signé doit rester vérifiable.',
  },
  'recovery-secret-invalid': {
    says: 'Ce n’est pas le secret de la clé de secours que connaissent les partenaires.',
    next: 'Saisissez-le de nouveau d’après le papier, tous les groupes ; un seul caractère faux est remarqué.',
  },
  'recovery-key-missing': {
    says: 'Aucune clé de secours n’a jamais été annoncée aux partenaires.',
    next: 'Créez-en une tant que la clé de signature est en bonnes mains. Sans elle, une clé perdue oblige à tout recommencer.',
  },
  'rate-exceeded': {
    says: 'Trop de demandes sont arrivées en trop peu de temps.',
    next: 'Attendez une minute et réessayez.',
  },
} as const satisfies Partial<RefusalCatalogue>;
