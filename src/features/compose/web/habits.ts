import { type Draft, levels, purposes } from './draft.ts';

const kept = 'tansiq.habits';
type Habits = Partial<Pick<Draft, 'level' | 'purpose' | 'legalBasis'>>;

/** What this officer's last report had and the next one most likely has too: no content, only its frame. */
export const habits = {
  read(): Habits {
    try {
      const { level, purpose, legalBasis } = JSON.parse(window.localStorage.getItem(kept) ?? '{}') as Habits;
      return {
        ...(levels.some((one) => one === level) && level !== undefined ? { level } : {}),
        ...(purposes.some((one) => one === purpose) && purpose !== undefined ? { purpose } : {}),
        ...(typeof legalBasis === 'string' ? { legalBasis } : {}),
      };
    } catch {
      // Not JSON: somebody else's value under our name; a new draft simply starts without habits.
      return {};
    }
  },
  write({ level, purpose, legalBasis }: Draft): void {
    window.localStorage.setItem(kept, JSON.stringify({ level, purpose, legalBasis: legalBasis.trim() }));
  },
};
