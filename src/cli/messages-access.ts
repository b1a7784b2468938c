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
};

export const accessMessages = { ar: arabic, fr: french, en: english };
