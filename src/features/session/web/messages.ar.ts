export const ar = {
  title: 'الدخول',
  what: 'تنسيق بين أجهزة أمنية لا تتقاسم قاعدة بيانات: معلومة تُرسَل، وقرار يُتَّخذ، ونتيجة تعود إلى من أرسل.',
  login: 'اسم الدخول',
  passphrase: 'عبارة المرور',
  submit: 'دخول',
  demo: {
    title: 'ادخل بضغطة واحدة',
    text: 'هذا عرض تجريبي. اختر ضابطا لترى ما يراه.',
    neighbours: 'الأجهزة الأخرى في العرض',
  },
};
export type SessionMessages = typeof ar;
