/** What the command line says of proxies, sign-in and the own account, in the three languages. */
const english = {
  'help.officer-slow-downs': 'Which tries to sign in have to wait now',
  'option.partner-network':
    'internal network (10.8.0.0/16) in which partners may be looked for; may be repeated; also TANSIQ_PARTNER_NETWORK',
  'option.trusted-proxy':
    'address or network (10.0.0.0/8) of a proxy whose X-Forwarded-For is believed; may be repeated; also TANSIQ_TRUSTED_PROXY',
  'usage.networks': '{option} takes addresses or networks, e.g. 127.0.0.1 or 10.0.0.0/8.',
  'officer.slowed-day': 'slowed here in the last 24 hours: {count}',
  'officer.slowed-until': 'until {until}',
  'officer.slowed-nobody': 'nobody’s login, or all of this address',
  'help.passphrase-change': 'Change your own passphrase; your other sessions end',
  'help.sessions-list': 'Your own open sessions',
  'help.sessions-end': 'End one of your sessions; “others” ends all but this one',
  'option.current-passphrase-file': 'file with the passphrase that is used now; default: asked for',
  'ask.current-passphrase': 'Passphrase now: ',
  'passphrase.changed': 'The passphrase is changed. Other sessions ended: {count}',
  'sessions.here': 'this one',
  'sessions.line-seen': 'last used {at}',
  'sessions.ended': 'Sessions ended: {count}',
  'usage.passphrase-files': 'Without a terminal, give --current-passphrase-file and --passphrase-file.',
};

const french: typeof english = {
  'help.officer-slow-downs': 'Les essais de connexion qui doivent attendre en ce moment',
  'option.partner-network':
    'réseau interne (10.8.0.0/16) où des partenaires peuvent se trouver ; peut être répété ; ou TANSIQ_PARTNER_NETWORK',
  'option.trusted-proxy':
    'adresse ou réseau (10.0.0.0/8) d’un proxy dont on croit l’en-tête X-Forwarded-For ; peut être répété ; ou TANSIQ_TRUSTED_PROXY',
  'usage.networks': '{option} prend des adresses ou des réseaux, par exemple 127.0.0.1 ou 10.0.0.0/8.',
  'officer.slowed-day': 'ralentissements notés ces dernières 24 heures : {count}',
  'officer.slowed-until': 'jusqu’à {until}',
  'officer.slowed-nobody': 'l’identifiant de personne, ou toute cette adresse',
  'help.passphrase-change': 'Changer sa propre phrase secrète ; vos autres sessions se ferment',
  'help.sessions-list': 'Vos sessions ouvertes',
  'help.sessions-end': 'Fermer une de vos sessions ; « others » ferme toutes les autres',
  'option.current-passphrase-file': 'fichier de la phrase secrète actuelle ; par défaut, elle est demandée',
  'ask.current-passphrase': 'Phrase secrète actuelle : ',
  'passphrase.changed': 'La phrase secrète est changée. Autres sessions fermées : {count}',
  'sessions.here': 'celle-ci',
  'sessions.line-seen': 'dernière activité {at}',
  'sessions.ended': 'Sessions fermées : {count}',
  'usage.passphrase-files': 'Sans terminal, donnez --current-passphrase-file et --passphrase-file.',
};

const arabic: typeof english = {
  'help.officer-slow-downs': 'محاولات الدخول التي عليها أن تنتظر الآن',
  'option.partner-network':
    'شبكة داخلية (10.8.0.0/16) يجوز أن يكون فيها شركاء؛ يجوز تكرارها؛ أو المتغير TANSIQ_PARTNER_NETWORK',
  'option.trusted-proxy':
    'عنوان أو شبكة (10.0.0.0/8) لخادم وسيط يُصدَّق ما يذكره في X-Forwarded-For؛ يجوز تكراره؛ أو المتغير TANSIQ_TRUSTED_PROXY',
  'usage.networks': '{option} يأخذ عناوين أو شبكات، مثل 127.0.0.1 أو 10.0.0.0/8.',
  'officer.slowed-day': 'ما سُجّل من إبطاء في آخر 24 ساعة: {count}',
  'officer.slowed-until': 'حتى {until}',
  'officer.slowed-nobody': 'اسم دخول ليس لأحد، أو كل ما يأتي من هذا العنوان',
  'help.passphrase-change': 'تغيير عبارة مرورك؛ وتُغلق جلساتك الأخرى',
  'help.sessions-list': 'جلساتك المفتوحة',
  'help.sessions-end': 'إغلاق إحدى جلساتك؛ وothers يغلق ما سوى هذه',
  'option.current-passphrase-file': 'ملف عبارة المرور الحالية؛ والأصل أن تُطلب منك',
  'ask.current-passphrase': 'عبارة المرور الحالية: ',
  'passphrase.changed': 'تغيّرت عبارة المرور. الجلسات الأخرى التي أُغلقت: {count}',
  'sessions.here': 'هذه',
  'sessions.line-seen': 'آخر استعمال {at}',
  'sessions.ended': 'الجلسات التي أُغلقت: {count}',
  'usage.passphrase-files': 'بلا طرفية أعط ‎--current-passphrase-file‎ و‎--passphrase-file‎.',
};

export const accessMessages = { ar: arabic, fr: french, en: english };
