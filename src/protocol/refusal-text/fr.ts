import type { RefusalCatalogue } from './catalogue.ts';
import { frenchExchange } from './fr-exchange.ts';

export const french: RefusalCatalogue = {
  // A record that cannot be believed or read
  'record-malformed': {
    says: 'Ceci n’est pas une fiche dans la forme que le protocole prescrit.',
    next: 'Demandez à son origine de la renvoyer ; si cela se répète, avertissez votre administrateur.',
  },
  'record-signature-invalid': {
    says: 'La signature de cette fiche n’est pas celle de son origine, ou la fiche a été modifiée.',
    next: 'Ne vous y fiez pas. Prévenez l’origine de vive voix et notez l’heure d’arrivée.',
  },
  'record-key-unknown': {
    says: 'La fiche est signée avec une clé inconnue pour cette origine.',
    next: 'Demandez à l’origine sa carte de service actuelle et comparez l’empreinte de vive voix.',
  },
  'record-disclosure-unmatched': {
    says: 'La fiche porte une partie que son origine n’a pas signée.',
    next: 'Ne vous y fiez pas. Prévenez l’origine qu’une partie a été ajoutée en chemin.',
  },
  'record-disclosure-missing': {
    says: 'Il manque à cette fiche une partie que toute copie doit porter.',
    next: 'Demandez à son origine de la communiquer à nouveau.',
  },
  'record-kind-unknown': {
    says: 'Ce nœud ne connaît pas ce type de fiche.',
    next: 'Mettez ce nœud à jour, ou demandez à l’origine d’envoyer le contenu sous forme de rapport.',
  },
  'record-body-invalid': {
    says: 'Un champ de la fiche manque ou contient ce que son type n’admet pas.',
    next: 'Corrigez le champ indiqué et réessayez.',
  },
  'record-says-more': {
    says: 'Une fiche qui fonde la confiance, autorise, rectifie ou répond à une rectification dit plus que ses propres champs.',
    next: 'Le service d’origine l’émet de nouveau sans le reste, et communique les informations dans un rapport.',
  },
  'text-unfit': {
    says: 'Un texte contient un caractère invisible, qui pilote un terminal ou qui change l’ordre des autres (caractère numéro {limit}).',
    next: 'Supprimez-le, ou saisissez de nouveau le passage au lieu de le copier. S’il vient d’un partenaire, demandez-lui le texte de nouveau.',
  },
  'text-blank': {
    says: 'Un texte n’a ni lettre ni chiffre : personne ne peut rien y lire.',
    next: 'Écrivez de quoi il s’agit.',
  },
  'record-title-too-long': {
    says: 'Le titre est trop long ({limit} caractères au plus).',
    next: 'Abrégez le titre et placez le détail dans le texte.',
  },
  'record-too-large': {
    says: 'La fiche est trop volumineuse ({limit} octets au plus).',
    next: 'Répartissez-la en plusieurs fiches qui se citent.',
  },
  'record-too-deep': {
    says: 'La fiche imbrique trop de listes ou de champs ({limit} niveaux au plus).',
    next: 'Demandez à son origine de l’envoyer dans la forme prescrite.',
  },
  'record-too-many-parts': {
    says: 'La fiche comporte trop de parties ({limit} au plus).',
    next: 'Répartissez-la en plusieurs fiches qui se citent.',
  },
  'record-portion-nature-missing': {
    says: 'Un paragraphe ne dit pas s’il s’agit d’un fait ou d’une appréciation.',
    next: 'Indiquez pour chaque paragraphe s’il s’agit d’un fait ou d’une appréciation.',
  },
  'record-grading-missing': {
    says: 'La fiche n’a pas de cotation de la source, et son type ne peut sortir sans elle.',
    next: 'Cotez la source et l’information, puis renvoyez.',
  },
  'record-review-date-invalid': {
    says: 'La date de réexamen manque, est passée ou se trouve à plus de trois ans.',
    next: 'Fixez une date de réexamen dans les trois ans à venir.',
  },
  'marking-below-envelope': {
    says: 'Un paragraphe porte un marquage inférieur à celui de la fiche qui le contient.',
    next: 'Relevez le marquage du paragraphe, ou abaissez celui de la fiche entière.',
  },
  'marking-below-sources': {
    says: 'Le rapport porte un marquage inférieur à celui d’une fiche qu’il cite.',
    next: 'Relevez le marquage au niveau exigé par ses sources, ou ne citez que ce sur quoi il repose vraiment.',
  },
  'marking-above-record': {
    says: 'Sa classification dépasse celle de la fiche qu’elle retire ou sur laquelle elle statue : ceux qui suivent cette fiche pourraient ne pas la voir.',
    next: 'Le service d’origine l’émet de nouveau, au niveau et dans les cercles d’accès de cette fiche.',
  },
  'above-own-clearance': {
    says: 'Le niveau ou un cercle d’accès demandé dépasse votre habilitation.',
    next: 'Abaissez la classification si cela se justifie, ou confiez la rédaction à un collègue habilité.',
  },
  'record-not-by-origin': {
    says: 'Seul le service qui a écrit une fiche peut la réviser ; cette révision vient d’un autre.',
    next: 'Rédigez votre propre fiche et liez-la à celle-ci.',
  },
  'record-id-foreign': {
    says: 'L’identifiant de cette fiche appartient à un autre service.',
    next: 'Ne vous y fiez pas et prévenez son origine : nul ne peut occuper l’identifiant de la fiche d’un autre.',
  },
  'revision-gap': {
    says: 'Une révision antérieure de cette fiche n’est pas encore arrivée.',
    next: 'Rien à faire : elle est mise en attente et sera prise dès l’arrivée de la précédente.',
  },
  'revision-equivocation': {
    says: 'L’origine a signé deux textes différents comme une même révision de cette fiche.',
    next: 'N’utilisez ni l’un ni l’autre. Les deux sont gardés comme preuve ; demandez à l’origine de vive voix lequel vaut.',
  },
  'link-target-unknown': {
    says: 'La fiche renvoie à une autre fiche qui n’est pas ici.',
    next: 'Rien à faire : elle est mise en attente et sera prise dès l’arrivée de l’autre.',
  },
  'assent-hash-mismatch': {
    says: 'L’assentiment porte sur un autre texte que la révision en vigueur ici.',
    next: 'Lisez la révision actuelle et donnez de nouveau votre assentiment.',
  },
  // A record that may not leave, or may not come in
  'agreement-not-in-force': {
    says: 'Aucun accord n’est en vigueur aujourd’hui avec ce partenaire.',
    next: 'Demandez à votre directeur de conclure ou de renouveler l’accord.',
  },
  'agreement-purpose-not-covered': {
    says: 'L’accord avec ce partenaire ne couvre pas cette finalité.',
    next: 'Choisissez la finalité qui s’applique réellement, ou demandez à votre directeur d’étendre l’accord.',
  },
  'agreement-ceiling-exceeded': {
    says: 'Le niveau ou un cercle d’accès dépasse ce que permet l’accord avec ce partenaire.',
    next: 'Retirez ce qui dépasse, ou demandez à votre directeur d’étendre l’accord.',
  },
  'release-not-visible-to-partner': {
    says: 'Ce partenaire n’est pas de ceux à qui la fiche est communicable.',
    next: 'Demandez à l’auteur d’ajouter ce partenaire dans une nouvelle révision.',
  },
  'release-nothing-left': {
    says: 'Il ne resterait de la fiche rien que ce partenaire puisse voir.',
    next: 'Rédigez une version au marquage moins élevé, ou choisissez un autre destinataire.',
  },
  'onward-not-permitted': {
    says: 'La fiche vient d’un service tiers, qui n’a pas permis de la transmettre.',
    next: 'Demandez l’autorisation à son origine, ou demandez-lui de l’envoyer directement.',
  },
  'permission-expired': {
    says: 'L’autorisation donnée par l’origine a expiré.',
    next: 'Demandez une nouvelle autorisation à l’origine.',
  },
  'permission-revoked': {
    says: 'L’origine a retiré son autorisation.',
    next: 'N’allez pas plus loin. Interrogez l’origine si vous devez en connaître la raison.',
  },
  'permission-digests-exceeded': {
    says: 'La copie contient plus que ce que l’origine a permis.',
    next: 'Ne transmettez que les paragraphes que l’autorisation nomme.',
  },
  'use-not-permitted': {
    says: 'L’origine de l’information n’a pas permis cet usage.',
    next: 'Demandez d’abord son autorisation ; la demande se fait depuis la fiche elle-même.',
  },
  'originator-permission-missing': {
    says: 'La fiche repose sur des informations dont l’origine n’a pas permis la transmission.',
    next: 'Demandez à cette origine la permission de transmettre l’information à ce service.',
  },
  'no-way-to-service': {
    says: 'Aucune voie vers ce service n’est connue : il n’est pas partenaire, et aucun partenaire n’a rien transmis entre vous.',
    next: 'Établissez une liaison avec lui, ou demandez à un partenaire de transmettre l’affaire.',
  },
  'sealing-key-unusable': {
    says: 'Aucun message scellé ne peut être fait pour ce service : la clé qu’il a déclarée est inutilisable.',
    next: 'Demandez de vive voix à ce service de changer sa clé de scellement ; ce qui est envoyé ensuite lui parvient.',
  },
  'release-held-back': {
    says: 'Celui qui a communiqué la fiche n’a pas transmis ce paragraphe à ce partenaire.',
    next: 'Si le partenaire en a besoin, communiquez-lui de nouveau la fiche entière.',
  },
  'record-withdrawn': {
    says: 'Le service d’origine a retiré ou effacé cette fiche ; elle n’est plus communiquée à personne.',
    next: 'Ouvrez-la pour traiter la rectification ; n’en citez et n’en transmettez rien.',
  },
  'revision-superseded': {
    says: 'Une révision plus récente a remplacé celle-ci avant son envoi.',
    next: 'Rien à faire : la révision plus récente part à sa place.',
  },
  'record-not-correctable': {
    says: 'Cette fiche ne peut pas être rectifiée ainsi : sa nature suit une autre voie, ou elle est déjà retirée ou effacée.',
    next: 'Rectifiez un rapport, une demande, une réponse ou un résultat ; une fiche retirée peut encore être effacée.',
  },
  'revision-not-empty': {
    says: 'Une révision qui retire ou efface une fiche en dit encore quelque chose.',
    next: 'Le service d’origine émet de nouveau le retrait ou l’effacement, sans aucun contenu.',
  },
  'correction-mismatch': {
    says: 'L’avis de rectification et ses liens ne visent pas la même révision.',
    next: 'Demandez au service d’origine d’émettre de nouveau la rectification.',
  },
  'correction-answer-unfit': {
    says: 'Cette réponse ne convient pas à la rectification : seule une fiche rectifiée est remplacée, seule une fiche effacée est effacée.',
    next: 'Choisissez la réponse qui dit ce qui a été fait de la fiche.',
  },
  'revision-incomplete-here': {
    says: 'Vous ne voyez pas tous les paragraphes de cette fiche, et une nouvelle révision supprimerait ceux que vous ne voyez pas.',
    next: 'Confiez la rectification à un officier qui voit la fiche entière.',
  },
  ...frenchExchange,
  // People at the screen
  'not-found': {
    says: 'Il n’y a rien ici que vous puissiez voir.',
    next: 'Vérifiez l’adresse, ou demandez à votre bureau de liaison.',
  },
  'not-allowed': { says: 'Votre rôle ne le permet pas.', next: 'Demandez à un officier dont le rôle le permet.' },
  'sign-in-failed': {
    says: 'L’identifiant ou la phrase secrète est inexact.',
    next: 'Réessayez. Si vous avez oublié la phrase secrète, demandez à votre administrateur.',
  },
  'address-internal': {
    says: 'L’adresse du partenaire mène dans un réseau interne, où ce nœud ne cherche aucun partenaire.',
    next: 'Si le partenaire s’y trouve vraiment, l’exploitant nomme ce réseau : --partner-network.',
  },
  'sign-in-slowed': {
    says: 'Trop de phrases secrètes fausses ont été essayées ici : il faut désormais attendre entre deux essais (encore {limit} secondes).',
    next: 'Patientez, puis réessayez. Depuis un appareil sur lequel vous vous êtes déjà connecté, les essais des autres ne vous ralentissent pas.',
  },
  'sign-in-required': {
    says: 'Vous n’êtes pas connecté, ou votre session a pris fin.',
    next: 'Reconnectez-vous ; votre brouillon est gardé.',
  },
  'request-forged': {
    says: 'La demande ne vient pas des pages de ce site.',
    next: 'Revenez à la page et recommencez à partir d’elle.',
  },
  'input-invalid': {
    says: 'Une saisie manque ou n’a pas la forme attendue.',
    next: 'Corrigez le champ indiqué et réessayez.',
  },
  'input-too-large': {
    says: 'Ce qui a été envoyé est trop volumineux ({limit} octets au plus).',
    next: 'Abrégez-le ou répartissez-le.',
  },
  'input-too-deep': {
    says: 'Ce qui a été envoyé est trop imbriqué ({limit} niveaux au plus).',
    next: 'Envoyez-le dans la forme que décrit l’interface.',
  },
  'edit-conflict': {
    says: 'Ceci a été modifié ailleurs après que vous l’avez ouvert.',
    next: 'Rouvrez-le, comparez, puis refaites votre modification.',
  },
  'already-decided': {
    says: 'Une décision a déjà été prise sur cette fiche.',
    next: 'Lisez cette décision ; joignez votre propre fiche s’il faut ajouter quelque chose.',
  },
  'not-decided-to-act': {
    says: 'Votre service n’a pas encore décidé d’agir sur cette information : aucun résultat ne peut y être rattaché.',
    next: 'Enregistrez d’abord la décision d’agir, puis communiquez le résultat.',
  },
  'reason-missing': {
    says: 'Cette décision doit être motivée pour que le service d’origine la comprenne.',
    next: 'Indiquez le motif en une ou deux phrases, puis renvoyez.',
  },
  'result-count-invalid': {
    says: 'Le nombre indiqué ne correspond pas au type de résultat.',
    next: 'Donnez un nombre pour chaque résultat ; « aucun résultat à ce stade » ne se combine avec aucun autre.',
  },
  'request-deadline-invalid': {
    says: 'L’échéance de réponse est déjà passée ou distante de plus d’un an.',
    next: 'Fixez une échéance dans l’année qui vient.',
  },
  'request-closed': {
    says: 'Cette demande a déjà reçu sa réponse définitive.',
    next: 'Lisez cette réponse ; posez une nouvelle question ou transmettez vos éléments sous forme de rapport.',
  },
  'answer-incomplete': {
    says: 'Un élément que cette réponse exige manque, ou n’a pas sa place ici.',
    next: 'Complétez le champ signalé : une information exige son texte et sa cotation, un refus son motif, une demande de précisions ses termes.',
  },
  'passphrase-common': {
    says: 'Cette phrase secrète est de celles qu’on essaie d’abord : courante, courante avec une terminaison, ou tirée d’un nom d’ici.',
    next: 'Choisissez quelques mots qui ne vont pas ensemble et que personne n’associe à vous.',
  },
  'passphrase-wrong': {
    says: 'Ce n’est pas la phrase secrète que vous utilisez actuellement.',
    next: 'Saisissez celle de votre connexion. Si vous l’avez oubliée, demandez à votre administrateur.',
  },
  'passphrase-too-weak': {
    says: 'La phrase secrète est trop courte ou trop facile à deviner ({limit} caractères au moins).',
    next: 'Choisissez plusieurs mots sans rapport entre eux.',
  },
  'login-taken': { says: 'Un autre officier a déjà cet identifiant.', next: 'Choisissez un autre identifiant.' },
  'set-up-already-done': {
    says: 'Ce nœud est déjà installé.',
    next: 'Connectez-vous, ou demandez à votre administrateur.',
  },
  'idempotency-key-reused': {
    says: 'La même clé de demande a servi pour une autre demande.',
    next: 'Refaites la demande avec une nouvelle clé.',
  },
};
