import type { KindWords } from '../kind.ts';

export const serviceWords: KindWords = {
  caption: { ar: 'بطاقة جهاز', fr: 'Fiche de service', en: 'Service card' },
  captions: {
    code: { ar: 'الرمز', fr: 'Code', en: 'Code' },
    names: { ar: 'تسمية الجهاز', fr: 'Dénomination', en: 'Name' },
    ar: { ar: 'بالعربية', fr: 'En arabe', en: 'In Arabic' },
    fr: { ar: 'بالفرنسية', fr: 'En français', en: 'In French' },
    en: { ar: 'بالإنجليزية', fr: 'En anglais', en: 'In English' },
    url: { ar: 'عنوان العقدة', fr: 'Adresse du nœud', en: 'Address of the node' },
    inceptionKey: { ar: 'مفتاح التأسيس', fr: 'Clé d’origine', en: 'Inception key' },
    signingKeys: { ar: 'مفاتيح التوقيع', fr: 'Clés de signature', en: 'Signing keys' },
    sealingKey: { ar: 'مفتاح تشفير المراسلات', fr: 'Clé de scellement', en: 'Sealing key' },
    id: { ar: 'مُعرّف المفتاح', fr: 'Identifiant de la clé', en: 'Key identifier' },
    suite: { ar: 'منظومة التشفير المعتمدة', fr: 'Suite cryptographique retenue', en: 'Cryptographic suite' },
    'suite/647a-0001-0002': {
      ar: 'تشفير هجين مقاوم للحوسبة الكمية (X-Wing، HKDF-SHA256، AES-256-GCM)',
      fr: 'Chiffrement hybride post-quantique (X-Wing, HKDF-SHA256, AES-256-GCM)',
      en: 'Post-quantum hybrid encryption (X-Wing, HKDF-SHA256, AES-256-GCM)',
    },
    publicKey: { ar: 'المفتاح العمومي', fr: 'Clé publique', en: 'Public key' },
  },
};
