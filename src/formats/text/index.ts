export { portionsOfText, type TextInPortions, textOfPortions } from './portions-of-text.ts';
