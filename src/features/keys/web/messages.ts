import { catalogue } from '#src/web/i18n/catalogue.ts';
import { ar } from './messages.ar.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

export const keysMessages = catalogue('keys', { ar, fr, en });
