/** Two lines that meet from two sides: the sign of the house. */
export function Emblem({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round">
        <path d="M7 12.5h10.5" />
        <path d="M14.5 19.5H25" />
      </g>
      <circle cx="21.5" cy="12.5" r="2.6" fill="var(--on-accent)" />
      <circle cx="10.5" cy="19.5" r="2.6" fill="var(--on-accent)" />
    </svg>
  );
}
