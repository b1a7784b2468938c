import type { KindWords } from '../kind.ts';

export const agreementWords: KindWords = {
  caption: { ar: 'اتفاق', fr: 'Accord', en: 'Agreement' },
  captions: {
    parties: { ar: 'الطرفان', fr: 'Parties', en: 'Parties' },
    ceiling: { ar: 'أعلى درجة سرية مسموح بتبادلها', fr: 'Classification maximale', en: 'Highest classification' },
    compartments: { ar: 'دوائر الاطلاع المشمولة', fr: 'Cercles d’accès couverts', en: 'Compartments covered' },
    purposes: { ar: 'أغراض التبادل', fr: 'Finalités de l’échange', en: 'Purposes of the exchange' },
    'purposes/terrorism-prevention': {
      ar: 'الوقاية من الإرهاب',
      fr: 'Prévention du terrorisme',
      en: 'Prevention of terrorism',
    },
    'purposes/terrorism-investigation': {
      ar: 'البحث في قضايا الإرهاب',
      fr: 'Enquête en matière de terrorisme',
      en: 'Investigation of terrorism',
    },
    'purposes/organised-crime': {
      ar: 'مكافحة الجريمة المنظمة',
      fr: 'Lutte contre le crime organisé',
      en: 'Organised crime',
    },
    'purposes/border-security': { ar: 'أمن الحدود', fr: 'Sécurité des frontières', en: 'Border security' },
    'purposes/administration': {
      ar: 'تدبير العلاقة بين الجهازين',
      fr: 'Gestion de la relation entre services',
      en: 'Relations between the services',
    },
    validFrom: { ar: 'يسري ابتداءً من', fr: 'En vigueur à compter du', en: 'In force from' },
    validUntil: { ar: 'ينتهي العمل به بعد', fr: 'Valable jusqu’au', en: 'Valid through' },
    oversightIncluded: {
      ar: 'يشمل اطلاع هيئة الرقابة على معلومات الشريك',
      fr: 'L’organe de contrôle lit les informations du partenaire',
      en: 'Oversight reads the partner’s information',
    },
    suite: { ar: 'منظومة التشفير المعتمدة', fr: 'Suite cryptographique retenue', en: 'Cryptographic suite' },
    'suite/647a-0001-0002': {
      ar: 'تشفير هجين مقاوم للحوسبة الكمية (X-Wing، HKDF-SHA256، AES-256-GCM)',
      fr: 'Chiffrement hybride post-quantique (X-Wing, HKDF-SHA256, AES-256-GCM)',
      en: 'Post-quantum hybrid encryption (X-Wing, HKDF-SHA256, AES-256-GCM)',
    },
    levelNames: {
      ar: 'تسميات درجات السرية لدى كل طرف',
      fr: 'Noms des niveaux chez chaque partie',
      en: 'Each party’s names of the levels',
    },
  },
};
