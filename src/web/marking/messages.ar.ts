/** The words of the fields that mark and grade what is written, for any form. */
export const ar = {
  level: 'درجة السرية',
  compartments: 'دوائر الاطلاع',
  handling: 'شروط الاستعمال',
  notInCourt: 'لا يُستعمل أمام القضاء دون إذننا',
  notOnward: 'لا يُحال إلى طرف ثالث دون إذننا',
  condition: 'شرط آخر',
  free: 'لا شرط فوق الغرض المذكور',
  source: 'المصدر',
  information: 'المعلومة',
};
export type MarkingMessages = typeof ar;
