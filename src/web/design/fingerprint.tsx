import styles from './fingerprint.module.css';

/** Eight groups of four digits, large, in two rows of four: they are read out over the telephone. */
export function Fingerprint({ spoken }: { spoken: string }) {
  return (
    <p className={styles.groups} dir="ltr">
      {spoken.split(' ').map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells two equal groups apart
        <span key={place}>{group} </span>
      ))}
    </p>
  );
}
