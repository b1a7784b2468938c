/** ADM-2: whatever is within the bounds can be shown, in the terminal and on the screen, in every language. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speak } from '#src/cli/messages.ts';
import { moment, spell } from '#src/cli/time.ts';
import { calendarDateOf, dateLimits } from '#src/protocol/calendar.ts';
import { languages } from '#src/protocol/primitives.ts';
import { duration, fullInstant, longDay, relativeInstant, shortInstant } from '#src/web/i18n/format.ts';

const lastMs = dateLimits.lastSecond * 1_000 + 999;
const instants = fc.oneof(fc.constantFrom(0, lastMs), fc.integer({ min: 0, max: lastMs }));

describe.each(languages)('[ADM-2] in %s', (language) => {
  it('every instant and every distance within the bounds is shown, a deadline moved by a pause as long as all of them too', () => {
    const say = speak(language);
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        const shown = [one, other, one + other].flatMap((at) => {
          const instant = new Date(at).toISOString();
          const whole = [fullInstant(instant, language), shortInstant(instant, language), moment(instant, say)];
          return [...whole, relativeInstant(instant, other, language)];
        });
        shown.push(duration(Math.abs(one - other), language), spell(Math.abs(one - other), say));
        shown.push(longDay(calendarDateOf(Math.floor(one / 1_000)), language));
        for (const text of shown) expect(text).not.toMatch(/^$|Invalid|NaN/);
      }),
      { numRuns: 200 },
    );
    for (const day of [dateLimits.firstDay, dateLimits.lastDay]) expect(longDay(day, language)).toMatch(/1900|2199/);
  });
});
