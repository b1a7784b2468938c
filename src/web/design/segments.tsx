import { useId } from 'react';
import styles from './segments.module.css';

/** One of a few, side by side: radio buttons that look like one control. */
export function Segments<V extends string>({
  label,
  options,
  value,
  onChange,
  hideLabel = false,
}: {
  label: string;
  options: readonly { readonly value: V; readonly label: string; readonly lang?: string }[];
  value: V;
  onChange: (value: V) => void;
  hideLabel?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={styles.segments}>
      <legend className={hideLabel ? 'visually-hidden' : styles.legend}>{label}</legend>
      <div className={styles.row}>
        {options.map((option) => (
          <label key={option.value} className={styles.segment} lang={option.lang}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
