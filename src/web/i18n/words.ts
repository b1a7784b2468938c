import { catalogue } from './catalogue.ts';
import { ar } from './words.ar.ts';
import { en } from './words.en.ts';
import { fr } from './words.fr.ts';

export const words = catalogue('words', { ar, fr, en });
