import styles from './fingerprint.module.css';

/**
 * Eight groups of four digits, large, in two rows of four: they are read out over the telephone. Left to right and
 * numbered in every language, so that both know at which group they are; the style sheet counts, for what is copied is
 * the fingerprint alone.
 */
export function Fingerprint({ spoken }: { spoken: string }) {
  return (
    <ol className={styles.groups} dir="ltr">
      {spoken.split(' ').map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells two equal groups apart
        <li key={place}>{group} </li>
      ))}
    </ol>
  );
}
