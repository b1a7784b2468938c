/** As the contracts have it: told before the request, so that a form need not be refused for its shape. */
export const isLogin = (login: string): boolean => /^[a-z][a-z0-9.-]{1,39}$/.test(login);

export const passphraseCharactersMin = 12;
export const isLongEnough = (passphrase: string): boolean => passphrase.length >= passphraseCharactersMin;
