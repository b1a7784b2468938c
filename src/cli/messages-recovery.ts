/** What the command line says of stopped links and restores, in the three languages. */
const english = {
  'partner.clock-ahead':
    'Its clock is {time} ahead of ours. Deadlines and reviews count by both: have both clocks checked.',
  'partner.clock-behind':
    'Its clock is {time} behind ours. Deadlines and reviews count by both: have both clocks checked.',
  'help.partner-resume': 'Officers of both services have spoken: take up a stopped link again',
  'help.recovery': 'Whether this node was restored from a backup; `go-on` issues again without waiting for partners',
  'partner.resumed': 'The link with {service} goes on.',
  'recovery.none': 'This node is not recovering from a restore.',
  'recovery.since':
    'Restored from a backup, noticed {at}. Nothing is issued until each partner has returned what it holds:',
  'recovery.done': '{service}  done, returned: {count}',
  'recovery.waits': '{service}  not done yet, returned: {count}',
};

const french: typeof english = {
  'partner.clock-ahead':
    'Son horloge avance de {time} sur la nôtre. Les échéances et les réexamens comptent sur les deux : faites vérifier les deux horloges.',
  'partner.clock-behind':
    'Son horloge retarde de {time} sur la nôtre. Les échéances et les réexamens comptent sur les deux : faites vérifier les deux horloges.',
  'help.partner-resume': 'Les officiers des deux services se sont parlé : reprendre une liaison arrêtée',
  'help.recovery': 'Si ce nœud a été restauré d’une sauvegarde ; `go-on` émet de nouveau sans attendre les partenaires',
  'partner.resumed': 'La liaison avec {service} reprend.',
  'recovery.none': 'Ce nœud ne se relève d’aucune restauration.',
  'recovery.since':
    'Restauré d’une sauvegarde, constaté le {at}. Rien n’est émis tant que chaque partenaire n’a pas rendu ce qu’il détient :',
  'recovery.done': '{service}  terminé, rendus : {count}',
  'recovery.waits': '{service}  pas encore terminé, rendus : {count}',
};

const arabic: typeof english = {
  'partner.clock-ahead':
    'ساعته متقدمة على ساعتنا بمقدار {time}. تُحسب المهل ومواعيد المراجعة بالساعتين معا، فليتحقق من كل منهما.',
  'partner.clock-behind':
    'ساعته متأخرة عن ساعتنا بمقدار {time}. تُحسب المهل ومواعيد المراجعة بالساعتين معا، فليتحقق من كل منهما.',
  'help.partner-resume': 'تكلّم ضباط الجهتين: استئناف وصلة موقوفة',
  'help.recovery': 'هل استُعيدت هذه العقدة من نسخة احتياطية؛ وgo-on يستأنف الإصدار دون انتظار الشركاء',
  'partner.resumed': 'استؤنفت الوصلة مع {service}.',
  'recovery.none': 'لا استعادة جارية في هذه العقدة.',
  'recovery.since': 'استُعيدت من نسخة احتياطية، ولوحظ ذلك في {at}. ولا يصدر شيء حتى يعيد كل شريك ما عنده:',
  'recovery.done': '{service}  أتمّ، وأعاد: {count}',
  'recovery.waits': '{service}  لم يُتمّ بعد، وأعاد: {count}',
};

export const recoveryMessages = { en: english, fr: french, ar: arabic };
